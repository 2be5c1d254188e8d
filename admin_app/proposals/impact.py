"""Impact: what a proposal about people changes, as it was shown to whoever confirmed it, in words; and how two impacts differ."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from PySide6.QtCore import QCoreApplication

from admin_app.proposals.changes import Change
from admin_app.proposals.freezes import checks_of
from admin_app.roles import role_word
from core.base.money import naira
from core.proposals import Kind, Proposal
from core.qt.line import moment
from core.staff import Role

translate = QCoreApplication.translate
Impact = Mapping[str, Any]
Names = Mapping[UUID, str]
NOTHING: Names = {}


def changes_of(found: Proposal, names: Names, now: datetime) -> list[Change]:
    """Say what it changes. `names` are those of customers, by id."""
    if found.kind is Kind.SUSPENSION:
        return [*customers_of(found.impact, names), *logins_of(found.impact)]
    if found.kind is Kind.RELEASE:
        return checks_of(found.impact)
    return limits_of(found.impact) if found.kind is Kind.LIMITS else [approver_of(found.impact, now)]


def customers_of(impact: Impact, names: Names, below: Names = NOTHING) -> list[Change]:
    """Say what becomes of each customer; `below` is what else to know of them, by id."""
    active, suspended = translate("proposals", "Active"), translate("proposals", "Suspended")
    after, tone = (suspended, "danger") if impact["suspend"] else (active, "ok")
    said = []
    for each in impact["customers"]:
        also = below.get(UUID(each["customer"]), "")
        said.append(Change(name_of(each["customer"], names), active if each["active"] else suspended, after, tone, also))
    return said


def logins_of(impact: Impact) -> list[Change]:
    """Say what becomes of each login; those that stay as they are are left out."""
    after, tone = (translate("proposals", "Shut out"), "danger") if impact["suspend"] else (translate("proposals", "In use"), "ok")
    words = translate("proposals", "{login}, {role}")
    return [
        Change(words.format(login=each["login"], role=role_word(Role(each["role"]))), login_word(each), after, tone)
        for person in impact["people"] for each in person["logins"] if each["active" if impact["suspend"] else "suspended"]
    ]  # fmt: skip


def limits_of(impact: Impact) -> list[Change]:
    """Say both limits before and after; what is raised is pointed out."""
    said = (
        (translate("proposals", "May refund alone, at once"), impact["was_alone"], impact["refund_alone"]),
        (translate("proposals", "May refund alone, in a day"), impact["was_a_day"], impact["refund_a_day"]),
    )
    return [Change(name, naira(was), naira(now), "warn" if now > was else None, _way(was, now)) for name, was, now in said]


def approver_of(impact: Impact, now: datetime) -> Change:
    name, since = translate("proposals", "{name} agrees to what others propose").format(name=impact["name"]), impact["was_since"]
    yes = translate("proposals", "From a day after it takes effect")
    if since:
        at = datetime.fromisoformat(f"{since}+00:00")
        before = translate("proposals", "Approver since {time}").format(time=moment(at, now))
    else:
        before = translate("proposals", "No approver")
    return Change(name, before, yes, "ok") if impact["is_approver"] else Change(name, before, translate("proposals", "No longer"), "danger")


def difference(before: Impact, after: Impact, names: Names) -> list[str]:
    """Say what is different between two impacts of one proposal."""
    if "customers" in before:
        return [*_standings(before, after, names), *_logins(before, after)]
    if "was_alone" in before:
        return [*_amounts(before, after)]
    gone, come = (set(one["approvers"]) - set(other["approvers"]) for one, other in ((before, after), (after, before)))
    said = translate("proposals", "Who approves is different by now: {come} more, {gone} fewer")
    itself = translate("proposals", "{name} is an approver by now"), translate("proposals", "{name} is no approver by now")
    own = [itself[after["was_since"] is None].format(name=after["name"])] if before["was_since"] != after["was_since"] else []
    return own or ([said.format(come=len(come), gone=len(gone))] if come or gone else [])


def name_of(customer_id: str, names: Names) -> str:
    return names.get(UUID(customer_id), translate("proposals", "A customer"))


def login_word(login: Mapping[str, Any]) -> str:
    """Say how a login stands."""
    if login["active"]:
        return translate("proposals", "In use")
    return translate("proposals", "Suspended") if login["suspended"] else translate("proposals", "Ended")


def _way(was: int, now: int) -> str:
    if was == now:
        return translate("proposals", "Stays as it is")
    return translate("proposals", "Raised") if now > was else translate("proposals", "Lowered")


def _standings(before: Impact, after: Impact, names: Names) -> Iterator[str]:
    was = {each["customer"]: each["active"] for each in before["customers"]}
    words = translate("proposals", "{name} is active by now"), translate("proposals", "{name} is suspended by now")
    for each in after["customers"]:
        if was.get(each["customer"]) != each["active"]:
            yield words[not each["active"]].format(name=name_of(each["customer"], names))


def _logins(before: Impact, after: Impact) -> Iterator[str]:
    was = {each["login"]: each for person in before["people"] for each in person["logins"]}
    for person in after["people"]:
        for each in person["logins"]:
            if was.get(each["login"]) != each:
                words = translate("proposals", "{login}, {role}: {state} by now")
                state = login_word(each).lower()
                yield words.format(login=each["login"], role=role_word(Role(each["role"])), state=state)
    if [each["approver"] for each in before["people"]] != [each["approver"] for each in after["people"]]:
        yield translate("proposals", "Whether they approve what others propose is different by now")


def _amounts(before: Impact, after: Impact) -> Iterator[str]:
    words = translate("proposals", "{name}: was {was}, is {now} by now")
    for name, field in ((translate("proposals", "At once"), "was_alone"), (translate("proposals", "In a day"), "was_a_day")):
        if before[field] != after[field]:
            yield words.format(name=name, was=naira(before[field]), now=naira(after[field]))
