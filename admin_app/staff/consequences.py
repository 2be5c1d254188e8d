"""Consequences: what shutting somebody out does, exactly, and what must not be overlooked, in words."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from PySide6.QtCore import QCoreApplication

from admin_app.staff.words import only_owner, place, program_word, signed_in
from core.base.money import naira
from core.database.gateway import Database
from core.proposals import Progress, Proposal, approvers, proposals
from core.staff import ListedLogin, OpenSession, Role, Standing, list_staff, other_owners, sessions

MOST = 1000  # logins

translate = QCoreApplication.translate


@dataclass(frozen=True)
class Consequences:
    """What is known of what ending a login does."""

    sessions: list[OpenSession]
    other_owners: int
    lapse: list[Proposal]  # theirs, that wait for a second person
    approvers_left: list[str] | None  # by name; None where the person is none, or keeps another login


def find_out(db: Database, login: ListedLogin) -> Consequences:
    """Read it. Blocks."""
    leaves = login.person_id is not None and not login.other_logins
    lapse = proposals(db, states=[Progress.AWAITING_APPROVAL], person_id=login.person_id) if leaves else []
    left = approvers_left(db, login.person_id) if leaves else None
    return Consequences(sessions(db, login.login), other_owners(db, login.login), lapse, left)


def approvers_left(db: Database, person_id: UUID | None) -> list[str] | None:
    """Return by name who still approves when this person does not; None where they do not now. Blocks."""
    named = approvers(db)
    if person_id not in {each.person_id for each in named}:
        return None
    working = {each.person_id for each in list_staff(db, state=Standing.ACTIVE, limit=MOST)}
    return [each.name for each in named if each.person_id in working - {person_id}]


def effects(login: ListedLogin, found: Consequences, now: datetime) -> list[tuple[str, str]]:
    """Say what happens, line by line, each with its icon."""
    what = place(login.role, login.kitchens)
    said = [("ban", translate("staff", "{login} ({what}) never signs in again, and nobody gets this login any more.").format(
        login=login.login, what=what))]  # fmt: skip
    said += closed(found.sessions, now) or [("monitor", translate("staff", "It is signed in nowhere now."))]
    said += lapsing(found.lapse)
    said.append(("history", translate("staff", "What was done with it stays, under the name of {name}.").format(name=login.name)))
    return said


def closed(found: Sequence[OpenSession], now: datetime) -> list[tuple[str, str]]:
    """Say which programs are sent back to the door."""
    words = translate("staff", "{program} {where}: closed at once. What is typed there and not saved is lost.")
    return [("monitor", words.format(program=program_word(each.program), where=signed_in(each, now))) for each in found]


def lapsing(found: Sequence[Proposal]) -> list[tuple[str, str]]:
    """Say which proposals of somebody who is shut out end by themselves; nothing where there are none."""
    if not found:
        return []
    one = translate("staff", "1 proposal of theirs that waits for a second person lapses.")
    many = translate("staff", "{n} proposals of theirs that wait for a second person lapse.")
    free = translate("staff", "{amount} set aside for that are free again.").format(amount=naira(sum(each.total for each in found)))
    said = (one if len(found) == 1 else many).format(n=len(found))
    return [("hourglass", f"{said} {free}" if any(each.total for each in found) else said)]


def warnings(login: ListedLogin, found: Consequences) -> list[str]:
    """Say what must not be overlooked."""
    said = [only_owner()] if login.role is Role.OWNER_ADMIN and found.other_owners <= 1 else []
    said += few_approvers(found.approvers_left)
    if login.other_logins:
        words = translate("staff", "{name} also signs in as {logins}. That stays open: end it too if {name} has left.")
        said.append(words.format(name=login.name, logins=login.other_logins))
    return said


def few_approvers(left: Sequence[str] | None) -> list[str]:
    """Warn where one approver or none is left; None: nothing changes."""
    if left is None or len(left) > 1:
        return []
    if not left:
        return [translate("staff", "Then nobody is left who agrees to what others propose: above the limits nothing can be refunded.")]
    words = translate("staff", "Then only {name} is left to agree to what others propose, and nobody to what {name} proposes.")
    return [words.format(name=left[0])]
