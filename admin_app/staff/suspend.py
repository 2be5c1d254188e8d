"""Suspending somebody who works here, or taking them back: all their logins, what they have open, and what they proposed."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from PySide6.QtCore import QCoreApplication

from admin_app.proposals.impact import NOTHING, difference, logins_of
from admin_app.proposals.subject import Subject, Told, manner_of, typed_name
from admin_app.proposals.words import bare_name
from admin_app.staff.consequences import approvers_left, closed, few_approvers, lapsing
from admin_app.staff.words import only_owner
from core.database.gateway import Database
from core.proposals import Kind, Progress, Proposal, preview_suspension, proposals
from core.qt.texts import cut
from core.staff import ListedLogin, OpenSession, Role, Standing, other_owners, sessions

LONGEST = 40  # signs of a name on a button

translate = QCoreApplication.translate


@dataclass(frozen=True)
class Found:
    """What it would do. `lapse`: what they proposed and waits; `approvers_left` by name, None where they are no approver."""

    proposed: Proposal
    sessions: list[OpenSession]
    lapse: list[Proposal]
    other_owners: int
    approvers_left: list[str] | None

    @property
    def person(self) -> Mapping[str, Any]:
        person: Mapping[str, Any] = self.proposed.impact["people"][0]
        return person

    @property
    def is_owner(self) -> bool:
        return any(each["active"] and each["role"] == Role.OWNER_ADMIN for each in self.person["logins"])


class SuspendPerson(Subject):
    """Whoever is suspended comes back with the same logins and passwords; ending a login is for ever."""

    def __init__(self, login: ListedLogin) -> None:
        assert login.person_id
        self.login, self.person_id, self.name = login, login.person_id, cut(login.name, LONGEST)
        self.suspends = login.state is not Standing.SUSPENDED
        self.icon, self.token = ("lock", "dangerText") if self.suspends else ("undo-2", "primaryText")
        title = translate("staff", "Suspend {name}?") if self.suspends else translate("staff", "Take back {name}?")
        super().__init__(title.format(name=self.name), manner_of(Kind.SUSPENSION, **typed_name(login.name)), {self.person_id: login.name})

    def look(self, db: Database, command_id: UUID) -> Found:
        proposed = preview_suspension(db, command_id, [], [self.person_id], self.suspends)
        logins = [each["login"] for each in proposed.impact["people"][0]["logins"] if each["active"]]
        return Found(
            proposed, [each for login in logins for each in sessions(db, login)],
            proposals(db, states=[Progress.AWAITING_APPROVAL], person_id=self.person_id), other_owners(db, self.login.login),
            approvers_left(db, self.person_id),
        )  # fmt: skip

    def figure(self, found: Found) -> str | None:
        """Nobody need type anything to take somebody back."""
        return bare_name(self.login.name) if self.suspends else None

    def told(self, found: Found, now: datetime) -> Told:
        changes = logins_of(found.proposed.impact)
        if self.suspends:
            return Told(changes, suspending(found, now), warnings(found))
        return Told(changes, taking_back(found))

    def act(self, found: Found, now: datetime) -> tuple[str, str, bool]:
        words = translate("staff", "Suspend {name}") if self.suspends else translate("staff", "Take back {name}")
        return words.format(name=self.name), "", self.suspends

    def what_moved(self, before: Mapping[str, Any], after: Mapping[str, Any]) -> list[str]:
        return difference(before, after, NOTHING)


def suspending(found: Found, now: datetime) -> list[tuple[str, str]]:
    """Say what happens, each with its icon."""
    back = translate("staff", "This is for a time: an owner can take them back, with the same logins, passwords and roles.")
    for_ever = translate("staff", "To shut somebody out for ever, end their logins instead: nobody gets an ended login again.")
    nowhere = [("monitor", translate("staff", "They are signed in nowhere now."))]
    return [*(closed(found.sessions, now) or nowhere), *lapsing(found.lapse), ("undo-2", back), ("ban", for_ever)]


def taking_back(found: Found) -> list[tuple[str, str]]:
    said = [("lock-open", translate("staff", "They can sign in again at once, with the passwords they had."))]
    if any(not each["active"] and not each["suspended"] for each in found.person["logins"]):
        said.append(("ban", translate("staff", "Logins that were ended stay ended.")))
    if found.person["approver"]:
        said.append(("shield-check", translate("staff", "They agree to what others propose again, as before.")))
    return [*said, ("hourglass", translate("staff", "What they had proposed before has lapsed. It must be proposed again."))]


def warnings(found: Found) -> list[str]:
    """Say what must not be overlooked."""
    said = [only_owner()] if found.is_owner and found.other_owners <= 1 else []
    if found.person["approver"]:
        words = translate(
            "staff", "{name} agrees to what others propose. Suspended they agree to nothing, and still count as one of the approvers: "
            "nobody is named alone in their place."
        )  # fmt: skip
        said.append(words.format(name=found.person["name"]))
    return [*said, *few_approvers(found.approvers_left)]
