"""Rights: whether somebody may approve what was proposed, why not, and who could. The database decides; this says it before the click."""

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import QCoreApplication

from core.proposals import Limits, Proposal
from core.qt.line import moment
from core.staff import Me, Role

APPROVING = frozenset({Role.FINANCE_ADMIN, Role.OWNER_ADMIN})

translate = QCoreApplication.translate


def why_not(me: Me, found: Proposal, mine: Limits | None, now: datetime) -> str:
    """Say why somebody may not decide about what waits; "" where they may. `mine` are the limits of whoever asks."""
    if me.person_id == found.person_id:
        return translate("proposals", "You made this. A second person must look at it.")
    if me.role not in APPROVING or mine is None or mine.approver_since is None:
        return translate("proposals", "Only an approver may do this.")
    if _is_about(found, mine):
        return translate("proposals", "This is about you. Another approver must look at it.")
    if mine.approves_from and mine.approves_from > now:
        words = translate("proposals", "You may approve from {time} on. Whoever becomes an approver may approve a day later.")
        return words.format(time=moment(mine.approves_from, now))
    if found.approve_by and found.approve_by <= now:
        return translate("proposals", "Nobody agreed in time. It must be proposed again.")
    return ""


def who_could(me: Me, found: Proposal, approvers: Sequence[Limits], now: datetime) -> str:
    """Name those who may approve it, besides whoever asks; "" where nobody can any more."""
    if found.approve_by and found.approve_by <= now:
        return ""
    others = [each for each in approvers if each.person_id not in (found.person_id, me.person_id) and not _is_about(found, each)]
    return who_can(others, now) or translate("proposals", "There is no other approver. Ask the owner to name one.")


def who_can(approvers: Sequence[Limits], now: datetime) -> str:
    """Say which of these may approve, or from when on the first of them may; "" where there is none."""
    ripe = [each for each in approvers if each.approves_from and each.approves_from <= now]
    if ripe:
        return translate("proposals", "{names} can approve it.").format(names=_either(ripe))
    if approvers:
        first = min(approvers, key=lambda each: each.approves_from or now)
        words = translate("proposals", "{name} can approve it from {time} on.")
        return words.format(name=first.name, time=moment(first.approves_from or now, now))
    return ""


def _is_about(found: Proposal, each: Limits) -> bool:
    """Nobody agrees to their own limits, or to what makes them an approver or ends that."""
    return found.asked.get("person") == str(each.person_id)


def _either(found: Sequence[Limits]) -> str:
    """Name one of a few people: "Ada Eze or Gbenga Alabi"."""
    *first, last = [each.name for each in found]
    return translate("proposals", "{first} or {last}").format(first=", ".join(first), last=last) if first else last
