"""Words for whoever decides: what they type, what rejecting does, and what became of a refund that no longer waits."""

from datetime import datetime

from PySide6.QtCore import QCoreApplication

from admin_app.proposals.acting import Act
from admin_app.proposals.approving import Typing, is_amount
from admin_app.proposals.words import no_longer_waits
from admin_app.refunds.approve_reading import Case
from admin_app.refunds.words import reason_word, refund_name
from core.base.money import naira
from core.proposals import Outcome, Proposal, reject_proposal

translate = QCoreApplication.translate


def why(found: Proposal) -> str:
    return f"{reason_word(found.code)}: “{found.reason}”" if found.code else ""


def typing(found: Proposal) -> Typing:
    """Say that the total must be typed, with or without ₦ and commas."""
    act = translate("refunds", "Approve {amount}").format(amount=naira(found.total))
    return Typing(
        refund_name(found), translate("refunds", "Type the total to approve"), translate("refunds", "Type the total first."),
        translate("refunds", "Matches the total."), translate("refunds", "This is not the total of this refund."), act,
        lambda text: is_amount(text, found.total),
    )  # fmt: skip


def rejecting() -> Act[Case]:
    """Return the act of saying no."""
    return Act(
        "reject", translate("refunds", "Reject"), "ban", translate("refunds", "Reject this refund?"), _reject_effects,
        lambda case: translate("refunds", "Reject {amount}").format(amount=naira(case.standing.set_aside)), True, True, reject_proposal,
    )  # fmt: skip


def came_of_it(answer: Proposal, me: str) -> str:
    """Say what came of approving."""
    if answer.outcome is Outcome.IMPACT_CHANGED:
        return translate("refunds", "Something changed meanwhile, so nothing was refunded. It must be proposed again.")
    if answer.outcome is Outcome.REPLAYED and answer.approved_by != me:
        return translate("refunds", "{name} approved it a moment ago. It runs once, not twice.").format(name=answer.approved_by)
    return translate("refunds", "You approved it.")


def over(found: Proposal, now: datetime) -> str:
    return no_longer_waits(found, now, translate("refunds", "It needs nobody's approval."))


def _reject_effects(case: Case) -> list[tuple[str, str]]:
    free = translate("refunds", "{amount} becomes free again: it can be refunded by another proposal.")
    told = translate("refunds", "{name} reads your reason.")
    return [
        ("ban", translate("refunds", "Nothing of it runs. It ends for good.")),
        ("undo-2", free.format(amount=naira(case.standing.set_aside))),
        ("user", told.format(name=case.proposal.made_by)),
    ]
