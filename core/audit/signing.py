"""Signing: a key that lies outside the database, and what it says of a head. Ed25519, as RFC 8032 has it."""

import os
from base64 import b64decode, b64encode
from contextlib import suppress
from pathlib import Path
from tempfile import mkstemp

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
    load_pem_public_key,
)

from core.base.errors import Invalid, Refused


class Key:
    """A private key of this machine; whoever has its public half can tell that it signed."""

    def __init__(self, private: Ed25519PrivateKey) -> None:
        self._private = private

    @classmethod
    def of(cls, path: Path) -> "Key":
        """Return the key in a file, made at the first time and closed to others. Raises Refused."""
        try:
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            if not path.exists():
                _write(path, Ed25519PrivateKey.generate().private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
            private = load_pem_private_key(path.read_bytes(), None)
        except (OSError, ValueError) as error:
            raise Refused(f"The key {path} cannot be used: {error}") from error
        if not isinstance(private, Ed25519PrivateKey):
            raise Refused(f"The key {path} is not of the kind Ed25519.")
        return cls(private)

    @property
    def public(self) -> str:
        """Return the public half, in PEM: for whoever checks what was signed."""
        return self._private.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()

    def sign(self, message: str) -> str:
        """Return the signature (base64) of a text."""
        return b64encode(self.sign_bytes(message.encode())).decode()

    def sign_bytes(self, content: bytes) -> bytes:
        """Return the signature of a file, as `openssl pkeyutl -rawin` takes it."""
        return self._private.sign(content)


def signed_by(public: str, message: str, signature: str) -> bool:
    """Tell whether the key with this public half (PEM) signed the text. Raises Invalid when it is no such key."""
    try:
        key = load_pem_public_key(public.encode())
    except ValueError as error:
        raise Invalid(f"This is no public key: {error}") from error
    if not isinstance(key, Ed25519PublicKey):
        raise Invalid("This public key is not of the kind Ed25519.")
    try:
        key.verify(b64decode(signature), message.encode())
    except (InvalidSignature, ValueError):
        return False
    return True


def _write(path: Path, content: bytes) -> None:
    """Write a new file that is closed to others from its first moment on, and whole once it bears its name.

    Of two programs that make one at once the first one's stays: the other takes that, or it would sign with what nobody can check.
    """
    number, name = mkstemp(prefix=path.name, dir=path.parent)
    draft = Path(name)
    try:
        with open(number, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        with suppress(FileExistsError):
            os.link(draft, path)
    finally:
        draft.unlink()
