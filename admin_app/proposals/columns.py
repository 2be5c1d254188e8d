"""Columns: what one row of the approvals page says, and how it is written into a file."""

from PySide6.QtCore import QCoreApplication

from admin_app.exporting import full_time
from admin_app.proposals.impact import changes_of
from admin_app.proposals.question import Document
from admin_app.proposals.words import proposal_name, reason_word
from admin_app.refunds.words import progress_look
from core.base.money import naira
from core.proposals import Kind, Progress, Proposal
from core.qt.line import LineState, moment
from core.qt.rows import LEFT, Column

SPARE = (2,)  # columns that step aside: why (the details show it)

translate = QCoreApplication.translate


def columns(line: LineState) -> tuple[Column[Document], ...]:
    """Return the table's columns. Rows that are only the last known ones stand back."""

    def tone(row: Document) -> str | None:
        return "muted" if line.offline_since else None

    def state_tone(row: Document) -> str | None:
        return tone(row) or progress_look(row.proposal.state).token

    def when(row: Document) -> str:
        return f"{moment(row.proposal.confirmed_at or row.proposal.created_at, line.now())}\n{row.proposal.made_by}"

    def what(row: Document) -> str:
        return f"{proposal_name(row.proposal, row.names)}\n{figures(row.proposal)}".strip()

    def became(row: Document) -> str:
        return f"{progress_look(row.proposal.state).word}\n{by_whom(row.proposal, line)}".strip()

    return (
        Column(translate("proposals", "When"), when, LEFT, 150, 500, tone),
        Column(translate("proposals", "What"), what, tone=tone),
        Column(translate("proposals", "Why"), why, LEFT, 220, tone=tone),
        Column(
            translate("proposals", "Outcome"), became, LEFT, 210, tone=state_tone,
            icon=lambda row: progress_look(row.proposal.state).icon,
        ),
    )  # fmt: skip


def why(row: Document) -> str:
    return f"{reason_word(row.proposal.code)}\n{row.proposal.reason or ''}".strip()


def figures(found: Proposal) -> str:
    """Say what limits would be then; "" of all else."""
    if found.kind is not Kind.LIMITS:
        return ""
    words = translate("proposals", "{once} at once, {a_day} a day")
    return words.format(once=naira(found.impact["refund_alone"]), a_day=naira(found.impact["refund_a_day"]))


def by_whom(found: Proposal, line: LineState) -> str:
    """Say who agreed or ended it, or until when it waits."""
    if found.state is Progress.AWAITING_APPROVAL and found.approve_by:
        return translate("proposals", "until {time}").format(time=moment(found.approve_by, line.now()))
    if found.approved_by:
        return translate("proposals", "approved by {name}").format(name=found.approved_by)
    return translate("proposals", "by {name}").format(name=found.ended_by) if found.ended_by else ""


def titles() -> list[str]:
    """Return the titles of what cells() writes."""
    return [
        translate("proposals", "What"), translate("proposals", "Changes"), translate("proposals", "Outcome"),
        translate("proposals", "Made by"), translate("proposals", "Login"), translate("proposals", "Reason"),
        translate("proposals", "Note"), translate("proposals", "Confirmed"), translate("proposals", "Approved by"),
        translate("proposals", "Approved"), translate("proposals", "Ended by"), translate("proposals", "Ended"),
        translate("proposals", "Why it ended"), translate("proposals", "Id"),
    ]  # fmt: skip


def cells(row: Document) -> list[str]:
    found = row.proposal
    changes = "; ".join(f"{each.name}: {each.before} → {each.after}" for each in changes_of(found, row.names, found.created_at))
    return [
        proposal_name(found, row.names), changes, progress_look(found.state).word, found.made_by, found.login, reason_word(found.code),
        found.reason or "", full_time(found.confirmed_at), found.approved_by or "", full_time(found.approved_at), found.ended_by or "",
        full_time(found.ended_at), found.ended_why or "", str(found.id),
    ]  # fmt: skip
