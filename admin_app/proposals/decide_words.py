"""Words for whoever decides about limits and approvers: what they type, what rejecting and withdrawing do, and what came of it."""

from datetime import datetime

from PySide6.QtCore import QCoreApplication

from admin_app.proposals.acting import Act
from admin_app.proposals.approving import Typing, is_amount
from admin_app.proposals.deciding import Manner
from admin_app.proposals.question import Case
from admin_app.proposals.words import bare_name, no_longer_waits, proposal_name
from core.base.money import naira
from core.proposals import Kind, Outcome, Proposal, reject_proposal, withdraw_proposal
from core.qt.texts import cut

LONGEST = 24  # signs of a name on a button

translate = QCoreApplication.translate


def manner() -> Manner:
    return Manner(typing, rejecting, came_of_it, over, withdrawing)


def typing(found: Proposal) -> Typing:
    """Say what must be typed: the limit that is raised, the name of the approver, or that money moves again."""
    if found.kind is Kind.RELEASE:
        return _release(found)
    return _limit(found) if found.kind is Kind.LIMITS else _name(found)


def rejecting() -> Act[Case]:
    return Act(
        "reject", translate("proposals", "Reject"), "ban", translate("proposals", "Reject this proposal?"), _reject_effects,
        lambda case: _on_button(translate("proposals", "Reject\n{name}"), proposal_name(case.proposal)), True, True, reject_proposal,
    )  # fmt: skip


def withdrawing() -> Act[Case]:
    return Act(
        "withdraw", translate("proposals", "Withdraw"), "undo-2", translate("proposals", "Withdraw this proposal?"), _withdraw_effects,
        lambda case: _on_button(translate("proposals", "Withdraw\n{name}"), proposal_name(case.proposal)), True, True, withdraw_proposal,
    )  # fmt: skip


def came_of_it(answer: Proposal, me: str) -> str:
    """Say what came of approving."""
    if answer.outcome is Outcome.IMPACT_CHANGED:
        return translate("proposals", "Something changed meanwhile, so nothing was done. It must be proposed again.")
    if answer.outcome is Outcome.REPLAYED and answer.approved_by != me:
        return translate("proposals", "{name} approved it a moment ago. It was done once, not twice.").format(name=answer.approved_by)
    return translate("proposals", "You approved it. It is in force.")


def over(found: Proposal, now: datetime) -> str:
    return no_longer_waits(found, now, translate("proposals", "Nobody else had to agree."))


def _limit(found: Proposal) -> Typing:
    impact = found.impact
    at_once = impact["refund_alone"] > impact["was_alone"]
    amount = impact["refund_alone"] if at_once else impact["refund_a_day"]
    once = translate("proposals", "Type the new limit at once to approve")
    a_day = translate("proposals", "Type the new limit a day to approve")
    act = translate("proposals", "Approve {once} at once\nand {a_day} a day")
    return Typing(
        proposal_name(found), once if at_once else a_day, translate("proposals", "Type the amount first."),
        translate("proposals", "Matches the new limit."), translate("proposals", "This is not the new limit."),
        act.format(once=naira(impact["refund_alone"]), a_day=naira(impact["refund_a_day"])),
        lambda text: is_amount(text, amount), translate("proposals", "₦ and commas are optional."),
    )  # fmt: skip


def _name(found: Proposal) -> Typing:
    name = str(found.impact["name"])
    named, ended = translate("proposals", "Approve {name}\nas an approver"), translate("proposals", "Approve that {name}\nis none any more")
    return Typing(
        proposal_name(found), translate("proposals", "Type the name to approve"), translate("proposals", "Type the name first."),
        translate("proposals", "That is the name."), translate("proposals", "This is not the name."),
        _on_button(named if found.impact["is_approver"] else ended, name),
        lambda text: bare_name(text) == bare_name(name), name,
    )  # fmt: skip


def _release(found: Proposal) -> Typing:
    word = translate("proposals", "release")
    return Typing(
        proposal_name(found), translate("proposals", "Type the word “{word}” to approve").format(word=word),
        translate("proposals", "Type the word first."), translate("proposals", "That is the word."),
        translate("proposals", "This is not the word."), translate("proposals", "Approve:\nmoney moves again"),
        lambda text: bare_name(text) == bare_name(word), word,
    )  # fmt: skip


def _reject_effects(case: Case) -> list[tuple[str, str]]:
    told = translate("proposals", "{name} reads your reason.")
    return [
        ("ban", translate("proposals", "Nothing changes. It ends for good, and may be proposed anew.")),
        ("user", told.format(name=case.proposal.made_by)),
    ]


def _withdraw_effects(case: Case) -> list[tuple[str, str]]:
    return [("undo-2", translate("proposals", "Nothing changes. It ends for good, and may be proposed anew."))]


def _on_button(words: str, name: str) -> str:
    """Write a name on a button, as far as there is room."""
    return words.format(name=cut(name, LONGEST))
