"""Freezes: the end of a freeze of all money, in words: what is broken, what waits, and what letting money move again means."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from PySide6.QtCore import QCoreApplication

from admin_app.proposals.changes import Change
from admin_app.proposals.words import since_of, time_of
from core.base.money import naira
from core.qt.line import moment

translate = QCoreApplication.translate
Impact = Mapping[str, Any]


def checks_of(impact: Impact) -> list[Change]:
    """Say of each promise how many rows broke it then, and break it now."""
    right, kept = translate("proposals", "Kept again"), translate("proposals", "Kept then")
    return [
        Change(f"{each['name']}: {each['title']}", _rows_then(each["was"]) if each["was"] else kept,
               _rows(each["now"]) if each["now"] else right, _tone(each), _known(each))
        for each in impact["checks"]
    ]  # fmt: skip


def waits_of(impact: Impact) -> list[tuple[str, str]]:
    """Say what waits for the end of the freeze, each with its icon."""
    waits, said = impact["waits"], []
    if waits["refunds"]:
        words = translate("proposals", "Refunds that wait to go on: {n}, with {amount} left to give back.")
        said.append(("undo-2", words.format(n=f"{waits['refunds']:,}", amount=naira(waits["refunds_amount"]))))
    if waits["payments"]:
        words = translate("proposals", "Card payments without an answer: {n}, {amount} together. Those that were made are credited then.")
        said.append(("banknote", words.format(n=f"{waits['payments']:,}", amount=naira(waits["payments_amount"]))))
    return said or [("banknote", translate("proposals", "No refund and no card payment waits."))]


def means() -> list[tuple[str, str]]:
    """Say what it means that money moves again."""
    return [
        ("wallet", translate("proposals", "Orders, payments, cancellations and refunds are taken again, at once.")),
        ("shield-check", translate("proposals", "The promises are checked on. Money is frozen again when one of them gets worse.")),
    ]


def warnings_of(impact: Impact) -> list[str]:
    """Say what must not be overlooked: that something is still broken."""
    broken = [each["name"] for each in impact["checks"] if each["now"]]
    words = translate("proposals", "Still broken: {names}. Released like this, it does not freeze money again before it gets worse.")
    return [words.format(names=", ".join(broken))] if broken else []


def counted(impact: Impact, now: datetime) -> list[tuple[str, str]]:
    """Say when the promises were counted, and by whom they are again."""
    if not impact.get("counted"):  # it was proposed with an older program
        return []
    words = translate("proposals", "Counted {time}, by the worker’s newest check; it checks every five minutes.")
    return [("clipboard-check", words.format(time=moment(time_of(impact["counted"]), now)))]


def moved(before: Impact, after: Impact | None) -> list[str]:
    """Say what is different between two looks; None: the freeze has ended."""
    if after is None:
        return [translate("proposals", "Money is not frozen any more")]
    was = {each["name"]: each["now"] for each in before["checks"]}
    words = translate("proposals", "{name}: {was} then, {now} by now")
    by_now = {each["name"]: each["now"] for each in after["checks"]}
    return [
        words.format(name=name, was=_rows_then(was.get(name, 0)), now=_rows(by_now.get(name, 0)))
        for name in sorted(was | by_now) if was.get(name, 0) != by_now.get(name, 0)
    ]  # fmt: skip


def stands_since(impact: Impact, now: datetime) -> str:
    return translate("proposals", "Money has been frozen since {time}.").format(time=moment(since_of(impact), now))


def _tone(check: Mapping[str, Any]) -> str:
    """What is no worse than before the freeze is no news."""
    if not check["now"]:
        return "ok"
    return "warn" if check["now"] <= check.get("known", 0) else "danger"


def _known(check: Mapping[str, Any]) -> str:
    """Say what of it is older than the freeze, or that it broke in it."""
    known = check.get("known", 0)
    if not check["was"]:
        return translate("proposals", "It broke after money was frozen.")
    if known >= check["was"]:
        return translate("proposals", "Not why: it was broken as much before money was frozen.")
    if known == 1:
        return translate("proposals", "1 row broke it before money was frozen already.")
    return translate("proposals", "{n} rows broke it before money was frozen already.").format(n=f"{known:,}") if known else ""


def _rows_then(many: int) -> str:
    return translate("proposals", "1 row broke it") if many == 1 else translate("proposals", "{n} rows broke it").format(n=f"{many:,}")


def _rows(many: int) -> str:
    return translate("proposals", "1 row breaks it") if many == 1 else translate("proposals", "{n} rows break it").format(n=f"{many:,}")
