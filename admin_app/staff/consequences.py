"""Consequences: what ending a login does, exactly, and what must not be overlooked, in words."""

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
    left = _approvers_left(db, login.person_id) if leaves else None
    return Consequences(sessions(db, login.login), other_owners(db, login.login), lapse, left)


def _approvers_left(db: Database, person_id: UUID | None) -> list[str] | None:
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
    for each in found.sessions:
        words = translate("staff", "{program} {where}: closed at once. What is typed there and not saved is lost.")
        said.append(("monitor", words.format(program=program_word(each.program), where=signed_in(each, now))))
    if not found.sessions:
        said.append(("monitor", translate("staff", "It is signed in nowhere now.")))
    if found.lapse:
        one = translate("staff", "1 proposal of theirs that waits for a second person lapses.")
        many = translate("staff", "{n} proposals of theirs that wait for a second person lapse.")
        free = translate("staff", "{amount} set aside for that are free again.")
        n, amount = len(found.lapse), naira(sum(each.total for each in found.lapse))
        said.append(("hourglass", f"{(one if n == 1 else many).format(n=n)} {free.format(amount=amount)}"))
    said.append(("history", translate("staff", "What was done with it stays, under the name of {name}.").format(name=login.name)))
    return said


def warnings(login: ListedLogin, found: Consequences) -> list[str]:
    """Say what must not be overlooked."""
    said = [only_owner()] if login.role is Role.OWNER_ADMIN and found.other_owners <= 1 else []
    if found.approvers_left == []:
        said.append(translate("staff", "Then nobody is left who agrees to what others propose: above the limits nothing can be refunded."))
    elif found.approvers_left and len(found.approvers_left) == 1:
        words = translate("staff", "Then only {name} is left to agree to what others propose, and nobody to what {name} proposes.")
        said.append(words.format(name=found.approvers_left[0]))
    if login.other_logins:
        words = translate("staff", "{name} also signs in as {logins}. That stays open: end it too if {name} has left.")
        said.append(words.format(name=login.name, logins=login.other_logins))
    return said
