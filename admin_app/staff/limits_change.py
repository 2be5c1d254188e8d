"""Changing what people refund alone: of one person, or of everybody without limits of their own; and who must agree to it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from PySide6.QtCore import QCoreApplication

from admin_app.proposals.impact import NOTHING, difference, limits_of
from admin_app.proposals.rights import who_can
from admin_app.proposals.subject import Subject, Told, manner_of
from admin_app.proposals.words import and_all
from core.base.money import naira
from core.database.gateway import Database
from core.proposals import Kind, Limits, Proposal, all_limits, preview_limits
from core.qt.texts import cut

LONGEST, MOST_NAMED = 40, 6  # signs of a name on a button; people named one by one

translate = QCoreApplication.translate


class Amounts(NamedTuple):
    """What may be refunded alone, in kobo."""

    at_once: int
    a_day: int

    def raises(self, was: "Amounts") -> bool:
        return self.at_once > was.at_once or self.a_day > was.a_day


@dataclass(frozen=True)
class Found:
    """What it would do, and everybody's limits as they are."""

    proposed: Proposal
    known: list[Limits]


class ChangeLimits(Subject):
    """`amounts` are what is wanted; `maker` is who asks."""

    icon, token = "banknote", "primaryText"

    def __init__(self, person: Limits | None, maker: UUID | None) -> None:
        self.person, self.maker = person, maker
        self.amounts = Amounts(0, 0)
        title = translate("staff", "Limits of {name}").format(name=cut(person.name, LONGEST)) if person else limits_for_everybody()
        super().__init__(title, manner_of(Kind.LIMITS), {person.person_id: person.name} if person else NOTHING)

    def look(self, db: Database, command_id: UUID) -> Found:
        person_id = self.person.person_id if self.person else None
        return Found(preview_limits(db, command_id, person_id, *self.amounts), all_limits(db))

    def told(self, found: Found, now: datetime) -> Told:
        raises = found.proposed.impact["raises"]
        return Told(limits_of(found.proposed.impact), [*takes_effect(raises), *for_whom(self.person, found.known), *in_a_day(self.amounts)])

    def act(self, found: Found, now: datetime) -> tuple[str, str, bool]:
        if found.proposed.impact["raises"]:
            return translate("staff", "Send for approval"), who_agrees(self.others(found.known), now), False
        name = cut(self.person.name, LONGEST) if self.person else ""
        lower = translate("staff", "Lower the limits of {name}").format(name=name)
        return lower if name else translate("staff", "Lower the limits for everybody"), "", False

    def what_moved(self, before: Mapping[str, Any], after: Mapping[str, Any]) -> list[str]:
        return difference(before, after, NOTHING)

    def others(self, known: Sequence[Limits]) -> list[Limits]:
        """Return the approvers who could agree: neither who asks, nor whom it is about."""
        own = {self.maker, self.person.person_id if self.person else None}
        return [each for each in known if each.approver_since and each.person_id not in own]


def limits_for_everybody() -> str:
    return translate("staff", "Limits for everybody")


def of_everybody(known: Sequence[Limits]) -> Amounts | None:
    """Return the limits of whoever has none of their own; None where everybody has."""
    return next((Amounts(each.refund_alone, each.refund_a_day) for each in known if not each.is_own), None)


def takes_effect(raises: bool) -> list[tuple[str, str]]:
    if raises:
        return [("clock", translate("staff", "Until somebody agrees nothing changes, also not what is lowered. After 24 hours it lapses."))]
    return [("check", translate("staff", "Lowering takes effect at once. Nobody else need agree."))]


def who_agrees(others: Sequence[Limits], now: datetime) -> str:
    """Say who could agree to what is raised."""
    nobody = translate("staff", "There is no other approver: name one first, nothing can be raised until then.")
    return who_can(others, now) or nobody


def for_whom(person: Limits | None, known: Sequence[Limits]) -> list[tuple[str, str]]:
    """Say whose limits they are then."""
    if person:
        words = translate("staff", "{name} has limits of their own then: what is changed for everybody does not change these.")
        return [] if person.is_own else [("user", words.format(name=person.name))]
    own, others = [each.name for each in known if each.is_own], sum(not each.is_own for each in known)
    said = [("users", translate("staff", "They hold for whoever has none of their own: {n} people now.").format(n=others))]
    keeps = translate("staff", "With limits of their own, which stay as they are: {names}.")
    return [*said, ("user", keeps.format(names=_few(own)))] if own else said


def in_a_day(amounts: Amounts) -> list[tuple[str, str]]:
    """Say that a day's limit below the other one holds it down."""
    words = translate("staff", "More than {amount} is never refunded alone: that is all of a day.")
    return [("info", words.format(amount=naira(amounts.a_day)))] if amounts.at_once > amounts.a_day else []


def _few(names: Sequence[str]) -> str:
    rest = len(names) - MOST_NAMED
    more = [translate("staff", "{n} others").format(n=rest)] if rest > 0 else []
    return and_all([*names[:MOST_NAMED], *more])
