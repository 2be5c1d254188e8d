"""Audit: the trail of what was done, its seals, and whether it is still what was sealed.  SQL twins: core/audit/*.sql."""

from core.audit.check import Verdict, check
from core.audit.head import STREAMS, Head, Stream, read_code
from core.audit.kept import KeptHead, KeptHeads, read_heads
from core.audit.seal import seal_trail
from core.audit.signing import Key
from core.audit.verify import Step, Wrong, verify_trail
from core.audit.views import Seal, first_head, heads, newest_seals

__all__ = [
    "STREAMS", "Head", "KeptHead", "KeptHeads", "Key", "Seal", "Step", "Stream", "Verdict", "Wrong", "check", "first_head", "heads",
    "newest_seals", "read_code", "read_heads", "seal_trail", "verify_trail",
]  # fmt: skip
