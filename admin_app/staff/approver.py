"""Naming somebody who agrees to what others propose, or ending that: what it means, who they are now, and who must agree."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from PySide6.QtCore import QCoreApplication

from admin_app.proposals.impact import NOTHING, approver_of, difference
from admin_app.proposals.meaning import means
from admin_app.proposals.rights import who_can
from admin_app.proposals.subject import Subject, Told, manner_of
from admin_app.proposals.words import and_all
from admin_app.staff.consequences import few_approvers
from core.database.gateway import Database
from core.proposals import Kind, Limits, Proposal, all_limits, preview_approver
from core.qt.texts import cut

LONGEST, ENOUGH = 40, 2  # signs of a name on a button; approvers, from whom on another one must agree
DAY = timedelta(days=1)

translate = QCoreApplication.translate


@dataclass(frozen=True)
class Found:
    """What it would do, and everybody in the office, among them those who approve now."""

    proposed: Proposal
    known: list[Limits]

    @property
    def approvers(self) -> list[Limits]:
        return [each for each in self.known if each.approver_since]


class NameApprover(Subject):
    """`maker` is who asks."""

    icon, token = "shield-check", "primaryText"

    def __init__(self, person: Limits, maker: UUID | None) -> None:
        self.person, self.maker, self.names_them = person, maker, person.approver_since is None
        self.name = cut(person.name, LONGEST)
        title = translate("staff", "Let {name} approve?") if self.names_them else translate("staff", "No longer let {name} approve?")
        super().__init__(title.format(name=self.name), manner_of(Kind.APPROVER), {person.person_id: person.name})

    def look(self, db: Database, command_id: UUID) -> Found:
        return Found(preview_approver(db, command_id, self.person.person_id, self.names_them), all_limits(db))

    def told(self, found: Found, now: datetime) -> Told:
        others = [each for each in found.approvers if each.person_id != self.person.person_id]
        return Told(
            [approver_of(found.proposed.impact, now)],
            [*means(self.names_them, self._from(found, now), now), who_now(found.approvers), who_must(found.approvers)],
            self._warnings(found, others),
        )  # fmt: skip

    def act(self, found: Found, now: datetime) -> tuple[str, str, bool]:
        if len(found.approvers) >= ENOUGH:
            return translate("staff", "Send for approval"), self._second(found, now), False
        words = translate("staff", "Let {name} approve") if self.names_them else translate("staff", "No longer let {name} approve")
        return words.format(name=self.name), "", not self.names_them

    def what_moved(self, before: Mapping[str, Any], after: Mapping[str, Any]) -> list[str]:
        return difference(before, after, NOTHING)

    def _from(self, found: Found, now: datetime) -> datetime | None:
        """Return from when on they approve; None where that is not known before somebody agrees."""
        return now + DAY if len(found.approvers) < ENOUGH else None

    def _others(self, found: Found) -> list[Limits]:
        """Return those who could agree: neither who asks, nor whom it is about."""
        return [each for each in found.approvers if each.person_id not in (self.maker, self.person.person_id)]

    def _second(self, found: Found, now: datetime) -> str:
        takes = translate("staff", "There are two approvers or more.")
        return f"{takes} {who_can(self._others(found), now)}".strip()

    def _warnings(self, found: Found, others: Sequence[Limits]) -> list[str]:
        """Say what must not be overlooked."""
        said = [] if self.names_them else few_approvers([each.name for each in others])
        if self.names_them and not others:
            said.append(translate("staff", "One alone is not enough: nobody agrees to their own proposals. Name a second one."))
        if len(found.approvers) >= ENOUGH and not self._others(found):
            words = translate(
                "staff", "Nobody could agree to this: nobody agrees to what they propose, or to what is about themselves. Where {name} has "
                "left, end their login instead."
            )  # fmt: skip
            said.append(words.format(name=self.person.name))
        return said


def who_now(approvers: Sequence[Limits]) -> tuple[str, str]:
    """Say who the approvers are."""
    if not approvers:
        return "users", translate("staff", "Nobody approves now.")
    words = translate("staff", "Approvers now: {names}.")
    return "users", words.format(names=and_all([each.name for each in approvers]))


def who_must(approvers: Sequence[Limits]) -> tuple[str, str]:
    """Say whether a second person must agree, and why."""
    if len(approvers) >= ENOUGH:
        return "clock", translate("staff", "Until another approver agrees nothing changes. After 24 hours it lapses.")
    alone = translate(
        "staff", "There are fewer than two, so you decide alone. Where one is suspended, or left this week, they still count, and another "
        "approver must agree."
    )  # fmt: skip
    return "user", alone
