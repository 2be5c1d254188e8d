"""Audit: the trail of what was done, its seals, and whether it is still what was sealed.  SQL twins: core/audit/*.sql."""

from core.audit.check import Verdict, check
from core.audit.head import STREAMS, Head, Stream, read_code
from core.audit.kept import KeptHead, KeptHeads, Verifier, read_heads
from core.audit.report import MOST_LINES, Report, file_report, refuse_report, report, reports_of, sign_report, waiting_reports
from core.audit.seal import seal_trail
from core.audit.signing import Key
from core.audit.statement import Statement, Told, in_pem, one_line, read_statement, statement_of
from core.audit.trail import (
    MOST_COUNTED,
    MOST_FOUND,
    TrailFilter,
    TrailLine,
    TrailLogin,
    count_trail,
    find_trail,
    trail,
    trail_logins,
)  # fmt: skip
from core.audit.verify import Step, Wrong, verify_trail
from core.audit.views import Seal, first_head, head_before, heads, newest_seals, seals_at

__all__ = [
    "MOST_COUNTED", "MOST_FOUND", "MOST_LINES", "STREAMS", "Head", "KeptHead", "KeptHeads", "Key", "Report", "Seal", "Statement",
    "Step", "Stream", "Told", "TrailFilter", "TrailLine", "TrailLogin", "Verdict", "Verifier", "Wrong", "check", "count_trail",
    "file_report", "find_trail", "first_head", "head_before", "heads", "in_pem", "newest_seals", "one_line", "read_code",
    "read_heads", "read_statement", "refuse_report", "report", "reports_of", "seal_trail", "seals_at", "sign_report", "statement_of",
    "trail", "trail_logins", "verify_trail", "waiting_reports",
]  # fmt: skip
