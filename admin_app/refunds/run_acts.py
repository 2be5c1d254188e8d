"""Acts on a refund that was confirmed: stop it, let it go on, withdraw the rest. Each says first, in its place, what it will do."""

from PySide6.QtCore import QCoreApplication

from admin_app.desk import Desk
from admin_app.proposals.acting import Act
from admin_app.refunds.run_reading import Standing
from admin_app.refunds.run_words import resume_effects, stop_effects, withdraw_effects
from core.base.money import naira
from core.proposals import Progress, resume_proposal, stop_proposal, withdraw_proposal
from core.staff import Role

IN_CHARGE = frozenset({Role.FINANCE_ADMIN, Role.OWNER_ADMIN})
MAKERS = IN_CHARGE | {Role.SUPPORT}

translate = QCoreApplication.translate


def acts_of(standing: Standing) -> list[Act[Standing]]:
    """Return what can be done about a refund where it stands."""
    return {
        Progress.AWAITING_APPROVAL: [_withdraw(translate("refunds", "Withdraw"), translate("refunds", "Withdraw this refund?"))],
        Progress.RUNNING: [_stop()],
        Progress.STOPPED: [_resume(), _withdraw(translate("refunds", "Withdraw the rest"), translate("refunds", "Withdraw the rest?"))],
    }.get(standing.proposal.state, [])


def why_not(desk: Desk, standing: Standing) -> str:
    """Say why this person may do nothing about it; "" where they may."""
    made_by, own = standing.proposal.made_by, desk.me.person_id == standing.proposal.person_id
    waits = standing.proposal.state is Progress.AWAITING_APPROVAL
    if own and desk.me.role in MAKERS or desk.me.role in IN_CHARGE and not waits:
        return ""
    if waits:
        return translate("refunds", "Only {name}, who made it, can withdraw it.").format(name=made_by)
    return translate("refunds", "{name}, who made it, or somebody of finance can stop it.").format(name=made_by)


def _stop() -> Act[Standing]:
    return Act(
        "stop", translate("refunds", "Stop"), "pause", translate("refunds", "Stop this refund?"), stop_effects,
        lambda standing: translate("refunds", "Stop the other {amount}").format(amount=naira(standing.set_aside)), False, False,
        lambda db, command_id, proposal_id, _: stop_proposal(db, command_id, proposal_id),
    )  # fmt: skip


def _resume() -> Act[Standing]:
    return Act(
        "resume", translate("refunds", "Resume"), "undo-2", translate("refunds", "Let it go on?"), resume_effects,
        lambda standing: translate("refunds", "Refund the other {amount}").format(amount=naira(standing.set_aside)), False, True,
        lambda db, command_id, proposal_id, _: resume_proposal(db, command_id, proposal_id),
    )  # fmt: skip


def _withdraw(name: str, title: str) -> Act[Standing]:
    return Act(
        "withdraw", name, "ban", title, withdraw_effects,
        lambda standing: translate("refunds", "Withdraw {amount}").format(amount=naira(standing.set_aside)), True, True, withdraw_proposal,
    )  # fmt: skip
