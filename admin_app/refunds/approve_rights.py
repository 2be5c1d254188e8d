"""Rights: whether somebody may approve a refund, why not, and who could. The database decides; this says it before the click."""

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import QCoreApplication

from admin_app.refunds.approve_reading import Case
from core.proposals import Limits
from core.qt.line import moment
from core.staff import Me, Role

APPROVING = frozenset({Role.FINANCE_ADMIN, Role.OWNER_ADMIN})

translate = QCoreApplication.translate


def why_not(me: Me, case: Case, now: datetime) -> str:
    """Say why somebody may not decide about a refund that waits; "" where they may."""
    found, mine = case.proposal, case.mine
    if me.person_id == found.person_id:
        return translate("refunds", "You made this. A second person must look at it.")
    if me.role not in APPROVING or mine is None or mine.approver_since is None:
        return translate("refunds", "Only an approver may do this.")
    if mine.approves_from and mine.approves_from > now:
        words = translate("refunds", "You may approve from {time} on. Whoever becomes an approver may approve a day later.")
        return words.format(time=moment(mine.approves_from, now))
    if found.approve_by and found.approve_by <= now:
        return translate("refunds", "Nobody agreed in time. It must be proposed again.")
    return ""


def who_could(me: Me, case: Case, now: datetime) -> str:
    """Name those who may approve it; "" where nobody can any more."""
    found = case.proposal
    if found.approve_by and found.approve_by <= now:
        return ""
    others = [each for each in case.approvers if each.person_id not in (found.person_id, me.person_id)]
    ripe = [each for each in others if each.approves_from and each.approves_from <= now]
    if ripe:
        return translate("refunds", "{names} can approve it.").format(names=_either(ripe))
    if others:
        first = min(others, key=lambda each: each.approves_from or now)
        words = translate("refunds", "{name} can approve it from {time} on.")
        return words.format(name=first.name, time=moment(first.approves_from or now, now))
    return translate("refunds", "There is no other approver. Ask the owner to name one.")


def _either(found: Sequence[Limits]) -> str:
    """Name one of a few people: "Ada Eze or Gbenga Alabi"."""
    *first, last = [each.name for each in found]
    return translate("refunds", "{first} or {last}").format(first=", ".join(first), last=last) if first else last
