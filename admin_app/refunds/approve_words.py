"""Words for whoever decides: what rejecting does, and what became of a refund that no longer waits."""

from datetime import datetime

from PySide6.QtCore import QCoreApplication

from admin_app.refunds.run_acts import Act
from admin_app.refunds.run_facts import end
from admin_app.refunds.run_reading import Standing
from core.base.money import naira
from core.proposals import Outcome, Progress, Proposal, reject_proposal
from core.qt.line import moment

translate = QCoreApplication.translate


def rejecting() -> Act:
    """Return the act of saying no."""
    return Act(
        "reject", translate("refunds", "Reject"), "ban", translate("refunds", "Reject this refund?"), _reject_effects,
        lambda standing: translate("refunds", "Reject {amount}").format(amount=naira(standing.set_aside)), True, True, reject_proposal,
    )  # fmt: skip


def came_of_it(answer: Proposal, me: str) -> str:
    """Say what came of approving."""
    if answer.outcome is Outcome.IMPACT_CHANGED:
        return translate("refunds", "Something changed meanwhile, so nothing was refunded. It must be proposed again.")
    if answer.outcome is Outcome.REPLAYED and answer.approved_by != me:
        return translate("refunds", "{name} approved it a moment ago. It runs once, not twice.").format(name=answer.approved_by)
    return translate("refunds", "You approved it.")


def over(found: Proposal, now: datetime) -> str:
    """Say why there is nothing to decide any more; "" while it waits."""
    if found.state is Progress.AWAITING_APPROVAL:
        return ""
    if found.approved_at:
        words = translate("refunds", "{name} approved it, {time}.")
        return words.format(name=found.approved_by, time=moment(found.approved_at, now))
    if found.approve_by is None:
        return translate("refunds", "It needs nobody's approval.")
    return end(found, now)


def _reject_effects(standing: Standing) -> list[tuple[str, str]]:
    free = translate("refunds", "{amount} becomes free again: it can be refunded by another proposal.")
    told = translate("refunds", "{name} reads your reason.")
    return [
        ("ban", translate("refunds", "Nothing of it runs. It ends for good.")),
        ("undo-2", free.format(amount=naira(standing.set_aside))),
        ("user", told.format(name=standing.proposal.made_by)),
    ]
