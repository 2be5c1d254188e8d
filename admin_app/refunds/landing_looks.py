"""How a refund is said in the lists of the first page, and how it is written into a file."""

from PySide6.QtCore import QCoreApplication

from admin_app.exporting import full_time, plain_naira
from admin_app.lines import Line
from admin_app.refunds.run_reading import Standing
from admin_app.refunds.words import lines_word, orders_word, progress_look, reason_word, refund_name
from core.proposals import Progress, Proposal
from core.qt.line import LineState, moment

translate = QCoreApplication.translate


def waiting_line(found: Proposal, line: LineState) -> Line:
    """Say what waits for this person's word."""
    words = translate("refunds", "{name}: {reason}").format(name=found.made_by, reason=reason_word(found.code))
    until = translate("refunds", "until {time}").format(time=moment(found.approve_by, line.now())) if found.approve_by else ""
    return Line("shield-check", "warnText", refund_name(found), orders_word(found.impact["orders"]), "text", words, until)


def under_way_line(standing: Standing, line: LineState) -> Line:
    """Say how far one is that is under way."""
    found, look = standing.proposal, progress_look(standing.proposal.state)
    words = f"{found.made_by} · {moment(found.confirmed_at or found.created_at, line.now())}"
    return Line(look.icon, look.token, refund_name(found), look.word, look.token, words, far(standing))


def far(standing: Standing) -> str:
    """Say how far it is, in few words."""
    found = standing.proposal
    if found.state is Progress.AWAITING_APPROVAL:
        return orders_word(found.impact["orders"])
    return translate("refunds", "{done} of {lines}").format(done=f"{standing.progress.done:,}", lines=lines_word(found.lines))


def recent_line(found: Proposal, line: LineState) -> Line:
    """Say what became of one that is over."""
    look = progress_look(found.state)
    words = translate("refunds", "{name}: {reason}").format(name=found.made_by, reason=reason_word(found.code))
    at = moment(found.confirmed_at or found.created_at, line.now())
    return Line(look.icon, look.token, refund_name(found), look.word, look.token, words, at)


def spoken(line: Line) -> str:
    """What a screen reader hears."""
    return ", ".join(part for part in (line.words, line.figure, line.below, line.below_figure) if part)


def titles() -> list[str]:
    """Return the titles of what cells() writes."""
    return [
        translate("refunds", "Total, naira"), translate("refunds", "Orders"), translate("refunds", "Where it is"),
        translate("refunds", "Made by"), translate("refunds", "Reason"), translate("refunds", "Note"), translate("refunds", "Confirmed"),
        translate("refunds", "Approved by"), translate("refunds", "Approved"), translate("refunds", "Ended by"),
        translate("refunds", "Ended"), translate("refunds", "Why it ended"), translate("refunds", "Id"),
    ]  # fmt: skip


def cells(found: Proposal) -> list[str]:
    return [
        plain_naira(found.total), str(found.impact["orders"]), progress_look(found.state).word, found.made_by, reason_word(found.code),
        found.reason or "", full_time(found.confirmed_at), found.approved_by or "", full_time(found.approved_at), found.ended_by or "",
        full_time(found.ended_at), found.ended_why or "", str(found.id),
    ]  # fmt: skip

