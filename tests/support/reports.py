"""Reports of the trail in a test: made-up pages that are filed against the trail as it is sealed now, and signed."""

from base64 import b64encode
from hashlib import sha256
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from core.audit import Head, Key, Report, file_report, heads, seal_trail
from core.base.identifiers import new_id
from core.database.gateway import Database

FILTERS = "Who: Fúnmi Adé; When: today"


def sealed(worker: Database) -> Head:
    """Seal all there is, and return the head of the trail."""
    while seal_trail(worker):
        pass
    return next(head for head in heads(worker) if head.stream == "events")


def arguments(head: Head, content: bytes, note: str = "") -> dict[str, Any]:
    """Return what is filed of these pages."""
    told = {"sha256": sha256(content).hexdigest(), "size": len(content), "lines": 3, "filters": FILTERS, "note": note}
    return {**told, "trail_position": head.position, "trail_head": head.head}


def filed(db: Database, head: Head, content: bytes, note: str = "") -> Report:
    """File these pages."""
    return file_report(db, new_id(), **arguments(head, content, note))


def a_key() -> Key:
    """Return a key that no machine has."""
    return Key(Ed25519PrivateKey.generate())


def answer(report: Report, key: Key) -> dict[str, Any]:
    """Return what a worker with this key answers to a report."""
    body = "".join(key.public.splitlines()[1:-1])
    signature = b64encode(key.sign_bytes(report.statement.encode())).decode()
    return {"digest": sha256(report.statement.encode()).hexdigest(), "signature": signature, "public_key": body}
