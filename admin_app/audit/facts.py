"""Facts: what was before and after, made readable: only what changed, its name in words, amounts as naira, states in words."""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any, NamedTuple

from PySide6.QtCore import QCoreApplication

from admin_app.audit.things import code_word
from admin_app.exporting import full_time
from admin_app.promises.titles import named
from admin_app.refunds.words import progress_look
from admin_app.roles import role_word
from core.audit import TrailLine
from core.base.money import naira
from core.base.times import Endless
from core.orders import State
from core.proposals import Progress
from core.qt.states import state_word
from core.staff import Role

MONEY = frozenset({
    "total", "reversed", "refunded", "reserved", "amount", "price", "prices", "balance", "paid", "refund_alone", "refund_a_day",
})  # fmt: skip
MOST = 12  # of a list told one by one

translate = QCoreApplication.translate


class Fact(NamedTuple):
    """One thing that is otherwise now, or that is told of it: None where it was, or is, not told."""

    name: str
    before: str | None
    after: str | None


def facts(line: TrailLine) -> list[Fact]:
    """Return what changed; where nothing was told of before, what is told of it now."""
    before, after = line.before or {}, line.after or {}
    keys = [*before, *(key for key in after if key not in before)]
    changed = [key for key in keys if key not in before or key not in after or before[key] != after[key]]
    return [Fact(name(key), _said(before, key, line.noun), _said(after, key, line.noun)) for key in changed]


def when(at: datetime | None) -> str:
    """Write a line's time in full; one that is none of this world as the database tells it: a file must show it too."""
    if isinstance(at, Endless):
        return translate("trail", "no time: {told}").format(told=at.told)
    return full_time(at) or translate("trail", "no time")


def name(key: str) -> str:
    """Name what a word of the trail stands for; one that is new here, as it is."""
    return _names().get(key) or key.replace("_", " ").capitalize()


def value(key: str, found: Any, noun: str = "") -> str:
    """Write a value of the trail for people."""
    if found is None:
        return translate("trail", "nothing")
    if isinstance(found, bool):
        return translate("trail", "yes") if found else translate("trail", "no")
    if isinstance(found, list):
        return _list(key, found, noun)
    if key == "red" and isinstance(found, dict):
        return _red(found)
    if isinstance(found, dict):
        return json.dumps(found, ensure_ascii=False)
    if key in MONEY and isinstance(found, int):
        return naira(found)
    if key == "code":
        return code_word(str(found))
    if key == "state":
        return _state(str(found), noun)
    if key == "role" and found in list(Role):
        return role_word(Role(found))
    if key == "rule":
        return _rule(str(found))
    return f"{found:,}" if isinstance(found, int) and key != "version" else str(found)


def _said(told: Mapping[str, Any], key: str, noun: str) -> str | None:
    return value(key, told[key], noun) if key in told else None


def _list(key: str, found: list[Any], noun: str) -> str:
    told = "\n".join(value(key, each, noun) for each in found[:MOST])
    rest = len(found) - MOST
    if not found:
        return translate("trail", "none")
    return f"{told}\n{translate('trail', 'and {n} more').format(n=f'{rest:,}')}" if rest > 0 else told


def _red(found: Mapping[str, int]) -> str:
    """Say which promises are broken, one a line, by how many rows."""
    one, many = translate("trail", "{promise}: 1 row"), translate("trail", "{promise}: {n} rows")
    told = [(one if rows == 1 else many).format(promise=named(promise), n=f"{rows:,}") for promise, rows in found.items()]
    return "\n".join(told) or translate("trail", "none")


def _state(found: str, noun: str) -> str:
    if noun in ("orders", "refunds") and found in list(State):
        return state_word(State(found))
    if noun == "proposals" and found in list(Progress):
        return progress_look(Progress(found)).word
    return {
        "pending": translate("trail", "Pending"), "success": translate("trail", "Paid"), "failed": translate("trail", "Failed"),
        "mismatch": translate("trail", "Paid otherwise than asked"),
    }.get(found, found.replace("_", " ").capitalize())  # fmt: skip


def _rule(found: str) -> str:
    """Say why a connection was ended."""
    return {
        "left": translate("trail", "The login was ended"),
        "transaction": translate("trail", "A transaction was left open"),
        "statement": translate("trail", "A statement ran for too long"),
    }.get(found, found)


def _names() -> dict[str, str]:
    return {
        "state": translate("trail", "State"), "version": translate("trail", "Version"), "total": translate("trail", "Total"),
        "reversed": translate("trail", "Given back"), "refunded": translate("trail", "Refunded"),
        "reserved": translate("trail", "Set aside for refunds"), "amount": translate("trail", "Amount"),
        "price": translate("trail", "Price"), "prices": translate("trail", "Prices"), "balance": translate("trail", "Balance"),
        "frozen": translate("trail", "Frozen"), "active": translate("trail", "In use"), "role": translate("trail", "Role"),
        "kitchen_ids": translate("trail", "Kitchens"), "login": translate("trail", "Login"), "approver": translate("trail", "Approver"),
        "refund_alone": translate("trail", "May refund alone"), "refund_a_day": translate("trail", "May refund in a day"),
        "on_hand": translate("trail", "On hand, smallest units"), "held": translate("trail", "Held, smallest units"),
        "movement": translate("trail", "Movement"), "lines": translate("trail", "Lines"), "code": translate("trail", "Reason chosen"),
        "digest": translate("trail", "Fingerprint of what was shown"), "proposal": translate("trail", "Proposal"),
        "currency": translate("trail", "Currency"), "provider_id": translate("trail", "Id at the provider"),
        "order": translate("trail", "Order"), "found": translate("trail", "Customers found"), "dish": translate("trail", "Dish"),
        "dishes": translate("trail", "Dishes"), "items": translate("trail", "Items"), "quantities": translate("trail", "Quantities"),
        "ready": translate("trail", "Ready"), "name": translate("trail", "Name"), "district": translate("trail", "District"),
        "suspended": translate("trail", "Suspended"), "ended_at": translate("trail", "Ended"), "person_id": translate("trail", "Person"),
        "ended_by": translate("trail", "Ended by"), "ended_why": translate("trail", "Why it ended"),
        "sha256": translate("trail", "SHA-256 of the file"), "size": translate("trail", "Bytes of the file"),
        "trail_position": translate("trail", "Verified up to position"), "public_key": translate("trail", "Public key"),
        "created_at": translate("trail", "Made"), "id": translate("trail", "Id"), "red": translate("trail", "Broken promises"),
        "rule": translate("trail", "Why"), "seconds": translate("trail", "Age in seconds"),
    }  # fmt: skip
