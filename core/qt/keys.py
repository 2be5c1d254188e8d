"""Keys: a person's own sign-in in the system's keyring, where there is one. Where there is none nothing is kept anywhere."""

import json

import keyring
from keyring.backends import fail, null
from keyring.errors import KeyringError

from core.base.config import Server, SignIn

ENTRY = "sign-in"


class Keys:
    """One program's entry for one server. Each call may wait for the system to ask the person: not for the UI thread."""

    def __init__(self, program: str, server: Server) -> None:
        self._service = f"rachel-foods {program} {server.host}:{server.port}/{server.database}"

    def works(self) -> bool:
        """Say whether there is a keyring; one that only writes a plain file does not count."""
        backend = keyring.get_keyring()
        return not (isinstance(backend, fail.Keyring | null.Keyring) or type(backend).__module__.startswith("keyrings.alt"))

    def recall(self) -> SignIn | None:
        try:
            kept = json.loads(keyring.get_password(self._service, ENTRY) or "{}") if self.works() else {}
            return SignIn(kept["login"], kept["password"]) if kept else None
        except (KeyringError, ValueError, KeyError):
            return None  # locked, or not ours: the person is asked

    def keep(self, sign_in: SignIn) -> None:
        try:
            keyring.set_password(self._service, ENTRY, json.dumps({"login": sign_in.login, "password": sign_in.password}))
        except KeyringError:
            return  # the person said no to the keyring: they are asked the next time

    def forget(self) -> None:
        try:
            keyring.delete_password(self._service, ENTRY)
        except KeyringError:
            return  # there was nothing
