"""States: how an order's state is said and shown: a word, an icon and a tone."""

from PySide6.QtCore import QCoreApplication

from core.orders import State

ICONS = {
    State.AWAITING_PAYMENT: "hourglass", State.PLACED: "bell", State.ACCEPTED: "clipboard-check", State.PREPARING: "flame",
    State.READY: "package", State.OUT: "bike", State.DELIVERED: "circle-check", State.CANCELLED: "ban", State.EXPIRED: "clock",
}  # fmt: skip
TONES = {
    State.PLACED: "info", State.ACCEPTED: "info", State.PREPARING: "warn", State.READY: "ok", State.OUT: "ok",
    State.CANCELLED: "danger",
}  # fmt: skip

translate = QCoreApplication.translate


def word(state: State) -> str:
    return {
        State.AWAITING_PAYMENT: translate("orders", "Not yet paid"),
        State.PLACED: translate("orders", "Placed"),
        State.ACCEPTED: translate("orders", "Accepted"),
        State.PREPARING: translate("orders", "Cooking"),
        State.READY: translate("orders", "Ready"),
        State.OUT: translate("orders", "On the way"),
        State.DELIVERED: translate("orders", "Delivered"),
        State.CANCELLED: translate("orders", "Cancelled"),
        State.EXPIRED: translate("orders", "Expired"),
    }[state]


def token(state: State) -> str:
    """Return the colour of the word and the icon; an order that is over, or not begun, is quiet."""
    return f"{TONES[state]}Text" if state in TONES else "muted"
