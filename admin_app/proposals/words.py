"""Words: how proposals about people are said: what each is called, why it was made, and how long it still waits."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from PySide6.QtCore import QCoreApplication

from admin_app.refunds.words import refund_name
from core.base.words import plain
from core.proposals import Kind, Progress, Proposal
from core.qt.line import moment

NOBODY: Mapping[UUID, str] = {}

translate = QCoreApplication.translate


def proposal_name(found: Proposal, names: Mapping[UUID, str] = NOBODY) -> str:
    """Name a proposal by what it is about: "Limits of Funmi Ade". `names` are those of customers, by id."""
    if found.kind is Kind.REFUND:
        return refund_name(found)
    if found.kind is Kind.STOCK:
        return translate("proposals", "Correction of stock")
    if found.kind is Kind.SUSPENSION:
        return _suspension(found.impact, names)
    if found.kind is Kind.RELEASE:
        return translate("proposals", "End of the freeze of {time}").format(time=moment(since_of(found.impact), found.created_at))
    return _limits(found.impact) if found.kind is Kind.LIMITS else _approver(found.impact)


def done_words(found: Proposal, names: Mapping[UUID, str] = NOBODY) -> tuple[str, str]:
    """Say for a toast what was done by confirming, and to whom."""
    impact, name = found.impact, proposal_name(found, names)
    if found.state is Progress.AWAITING_APPROVAL:
        return translate("proposals", "Sent for approval"), name
    if found.kind is Kind.LIMITS:
        return translate("proposals", "Limits changed"), impact["name"] or translate("proposals", "Everybody")
    if found.kind is Kind.APPROVER:
        named = translate("proposals", "Approver named") if impact["is_approver"] else translate("proposals", "No approver any more")
        return named, impact["name"]
    suspended = translate("proposals", "Suspended") if impact["suspend"] else translate("proposals", "Taken back")
    return suspended, _whom(impact, names)


def kind_word(kind: Kind) -> str:
    return {
        Kind.REFUND: translate("proposals", "Refund"),
        Kind.STOCK: translate("proposals", "Stock"),
        Kind.SUSPENSION: translate("proposals", "Suspensions"),
        Kind.LIMITS: translate("proposals", "Limits"),
        Kind.APPROVER: translate("proposals", "Approvers"),
        Kind.RELEASE: translate("proposals", "Freezes"),
    }[kind]


def reason_word(code: str | None) -> str:
    """Say for what reason people are suspended, or given more or less to do; core.proposals.REASONS has the codes."""
    return {
        None: "",
        "fraud": translate("proposals", "Fraud"),
        "abuse": translate("proposals", "Abuse"),
        "own_wish": translate("proposals", "Their own wish"),
        "left": translate("proposals", "Has left"),
        "mistake": translate("proposals", "It was a mistake"),
        "new_work": translate("proposals", "Other work"),
        "trust": translate("proposals", "Knows the work"),
        "repaired": translate("proposals", "It was repaired"),
        "explained": translate("proposals", "It is explained"),
        "false_alarm": translate("proposals", "A false alarm"),
        "other": translate("proposals", "Something else"),
    }.get(code, str(code))


def why(found: Proposal) -> str:
    """Say why it was made: "Fraud: “Paid with stolen cards”"."""
    return f"{reason_word(found.code)}: “{found.reason}”" if found.code else ""


def time_left(until: datetime, now: datetime) -> str:
    """Say how long it still waits: "23 h 10 min left"."""
    left = until - now
    if left <= timedelta(0):
        return translate("proposals", "its time is over")
    hours, minutes = divmod(int(left.total_seconds()) // 60, 60)
    words = translate("proposals", "{hours} h {minutes} min left") if hours else translate("proposals", "{minutes} min left")
    return words.format(hours=hours, minutes=minutes)


def waits_until(found: Proposal, now: datetime) -> str:
    """Say until when it waits for a second person; "" where it does not wait."""
    if found.state is not Progress.AWAITING_APPROVAL or found.approve_by is None:
        return ""
    words = translate("proposals", "Waits until {time}, {left}")
    return words.format(time=moment(found.approve_by, now), left=time_left(found.approve_by, now))


def end(found: Proposal, now: datetime) -> str:
    """Say when it ended, by whom where a person ended it, and why."""
    ended = {
        Progress.REJECTED: translate("proposals", "Rejected"),
        Progress.WITHDRAWN: translate("proposals", "Withdrawn"),
        Progress.LAPSED: translate("proposals", "Lapsed"),
        Progress.STALE: translate("proposals", "Changed meanwhile"),
    }.get(found.state, translate("proposals", "Done"))
    by = translate("proposals", " by {name}").format(name=found.ended_by) if found.ended_by else ""
    why = f"\n“{found.ended_why}”" if found.ended_why else ""
    return f"{ended}{by}, {moment(found.ended_at, now)}{why}" if found.ended_at else ended


def no_longer_waits(found: Proposal, now: datetime, unneeded: str) -> str:
    """Say why there is nothing to decide any more; "" while it waits. `unneeded` says that nobody else had to agree."""
    if found.state is Progress.AWAITING_APPROVAL:
        return ""
    if found.approved_at:
        words = translate("proposals", "{name} approved it, {time}.")
        return words.format(name=found.approved_by, time=moment(found.approved_at, now))
    return unneeded if found.approve_by is None else end(found, now)


def and_all(names: Sequence[str]) -> str:
    """Write several names as people say them: "Ada Eze, Funmi Ade and Gbenga Alabi"."""
    *first, last = names
    return translate("proposals", "{first} and {last}").format(first=", ".join(first), last=last) if first else last


def bare_name(text: str) -> str:
    """Return a name as it is compared: without accents, capitals and further blanks."""
    return plain(" ".join(text.split()))


def customers_word(count: int) -> str:
    words = translate("proposals", "1 customer") if count == 1 else translate("proposals", "{n} customers")
    return words.format(n=f"{count:,}")


def since_of(impact: Mapping[str, Any]) -> datetime:
    """Return since when a freeze is in force, from what its release would do."""
    return time_of(impact["since"])


def time_of(written: str) -> datetime:
    """Read a time as an impact has it: UTC, without its zone."""
    return datetime.fromisoformat(f"{written}+00:00")


def _limits(impact: Mapping[str, Any]) -> str:
    if impact["person"] is None:
        return translate("proposals", "Limits for everybody")
    return translate("proposals", "Limits of {name}").format(name=impact["name"])


def _approver(impact: Mapping[str, Any]) -> str:
    named, ended = translate("proposals", "{name} as an approver"), translate("proposals", "{name} no approver any more")
    return (named if impact["is_approver"] else ended).format(name=impact["name"])


def _suspension(impact: Mapping[str, Any], names: Mapping[UUID, str]) -> str:
    words = translate("proposals", "Suspension of {names}") if impact["suspend"] else translate("proposals", "{names} taken back")
    return words.format(names=_whom(impact, names))


def _whom(impact: Mapping[str, Any], names: Mapping[UUID, str]) -> str:
    """Name those who are suspended, or taken back."""
    people, customers = [each["name"] for each in impact["people"]], impact["customers"]
    many = [customers_word(len(customers))] if len(customers) > 1 else []
    one = [names.get(UUID(each["customer"]), translate("proposals", "a customer")) for each in customers if not many]
    return and_all([*people, *one, *many])
