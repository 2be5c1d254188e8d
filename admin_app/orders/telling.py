"""Telling: one thing that happened to an order, in words: what it was, who did it, and what was moved.  Facts: core/orders/story.py."""

from datetime import timedelta

from PySide6.QtCore import QCoreApplication

from core.base.money import naira
from core.base.quantity import shown
from core.orders import RECALLED, Happening, State, Told
from core.qt.reasons import reason
from core.qt.states import ICONS, state_word, token

OURS = "NGN"
ACT_ICONS = {"refund_failed": "circle-alert", "refund_unknown": "hourglass", "refund_sending": "hourglass"}
KIND_ICONS = {Told.STOCK: "package", Told.MONEY: "wallet", Told.CARD: "banknote", Told.DISH: "soup", Told.ACT: "shield-check"}
BAD = {"failed": "warnText", "mismatch": "dangerText", "refund_failed": "dangerText"}

translate = QCoreApplication.translate


def what(told: Happening, asked: int | None = None) -> str:
    """Say what happened. `asked`: how much the card was asked for, where that is known."""
    if told.kind is Told.STEP:
        back = translate("states", "Back to “{state}”") if told.reason == RECALLED else "{state}"
        return back.format(state=state_word(State(told.what)))
    if told.kind is Told.STOCK:
        return _stock(told)
    if told.kind is Told.DISH:
        said = translate("story", "{dish} is ready") if told.what == "ready" else translate("story", "{dish} is not ready after all")
        return said.format(dish=(told.facts or {}).get("dish") or translate("story", "A dish"))
    words = _act(told) if told.kind is Told.ACT else _money(told) if told.kind is Told.MONEY else _card(told)
    return words.format(amount=amount(told), asked=naira(asked or 0))


def amount(told: Happening) -> str:
    """Write how much, in the currency it was paid in; "" where nothing was moved."""
    currency = (told.facts or {}).get("currency") or OURS
    if told.amount is None:
        return ""
    return naira(told.amount) if currency == OURS else f"{currency} {naira(told.amount).lstrip('₦')}"


def items(told: Happening) -> tuple[str, ...]:
    """Write what moved on the shelf, an item each: "0.4 kg Rice"."""
    found = (told.facts or {}).get("items", ())
    return tuple(f"{shown(item['quantity'], item['unit_size'])} {item['unit']} {item['name']}" for item in found)


def who(told: Happening) -> str:
    """Name the person and their login, or the service by its login."""
    if told.by:
        return f"{told.by} ({told.login})"
    return translate("story", "Service {login}").format(login=told.login)


def why(told: Happening) -> str:
    """Say the reason as the person gave it; "" where there is none to tell."""
    return "" if told.reason == RECALLED else reason(told.reason or "")


def icon(told: Happening) -> str:
    if told.kind is Told.STEP:
        return ICONS[State(told.what)]
    return ACT_ICONS.get(told.what, KIND_ICONS[told.kind])


def tone(told: Happening) -> str:
    """Return the colour of the icon."""
    return token(State(told.what)) if told.kind is Told.STEP else BAD.get(told.what, "muted")


def took(length: timedelta) -> str:
    """Write how long it took: "40 s", "12 min", "3 h 05 min", "2 days"."""
    seconds = max(0, int(length.total_seconds()))
    if seconds < 60:
        return translate("orders", "{n} s").format(n=seconds)
    if seconds < 3600:
        return translate("orders", "{n} min").format(n=seconds // 60)
    if seconds < 2 * 86400:
        return translate("orders", "{hours} h {minutes} min").format(hours=seconds // 3600, minutes=f"{seconds % 3600 // 60:02}")
    return translate("orders", "{n} days").format(n=seconds // 86400)


def _stock(told: Happening) -> str:
    one = len(items(told)) == 1
    words = {
        "hold": translate("story", "1 item held on the shelf") if one else translate("story", "{n} items held on the shelf"),
        "use": translate("story", "1 item taken for cooking") if one else translate("story", "{n} items taken for cooking"),
    }.get(told.what, translate("story", "1 item free again") if one else translate("story", "{n} items free again"))
    return words.format(n=len(items(told)))


def _money(told: Happening) -> str:
    return {
        "payment": translate("story", "{amount} paid from the wallet"),
        "top_up": translate("story", "{amount} from the card into the wallet"),
        "reversal": translate("story", "{amount} given back to the wallet"),
    }.get(told.what, translate("story", "{amount} refunded to the wallet"))


def _card(told: Happening) -> str:
    return {
        "asked": translate("story", "{amount} asked of the card"),
        "success": translate("story", "The card paid {amount}"),
        "failed": translate("story", "The card payment failed"),
    }.get(told.what, translate("story", "The card paid {amount} where {asked} was asked. Nothing was credited."))


def _act(told: Happening) -> str:
    lapsed = (told.facts or {}).get("state") == "lapsed"
    return {
        "confirm_proposal": translate("story", "Refund of {amount} confirmed"),
        "approve_proposal": translate("story", "Refund of {amount} approved"),
        "reject_proposal": translate("story", "Refund of {amount} rejected"),
        "withdraw_proposal": translate("story", "Refund of {amount} withdrawn"),
        "stop_proposal": translate("story", "Refund of {amount} stopped"),
        "resume_proposal": translate("story", "Refund of {amount} goes on"),
        "release_refund": translate("story", "What was set aside for a refund was let go"),
        "refund_sending": translate("story", "{amount} on its way back to the card"),
        "refund_unknown": translate("story", "Whether {amount} reached the card is being checked"),
        "refund_done": translate("story", "{amount} is back on the card"),
        "refund_failed": translate("story", "{amount} could not be refunded"),
        "dismiss_case": translate("story", "No refund is due"),
    }.get(told.what, translate("story", "Refund of {amount} lapsed") if lapsed else _unknown(told.what))


def _unknown(verb: str) -> str:
    """Name what a newer server recorded and this program has no words for."""
    return verb.replace("_", " ").replace("{", "").replace("}", "").capitalize()
