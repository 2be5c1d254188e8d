"""States: how an order's state is said and shown, the same on all screens: a word, an icon and a tone."""

from PySide6.QtCore import QCoreApplication

from core.orders import RECALLED, State, Step

ICONS = {
    State.AWAITING_PAYMENT: "hourglass", State.PLACED: "bell", State.ACCEPTED: "clipboard-check", State.PREPARING: "flame",
    State.READY: "package", State.OUT: "bike", State.DELIVERED: "circle-check", State.CANCELLED: "ban", State.EXPIRED: "clock",
}  # fmt: skip
TONES = {
    State.PLACED: "info", State.ACCEPTED: "info", State.PREPARING: "warn", State.READY: "ok", State.OUT: "ok",
    State.CANCELLED: "danger",
}  # fmt: skip

translate = QCoreApplication.translate


def state_word(state: State) -> str:
    return {
        State.AWAITING_PAYMENT: translate("states", "Awaiting payment"),
        State.PLACED: translate("states", "Placed"),
        State.ACCEPTED: translate("states", "Accepted"),
        State.PREPARING: translate("states", "Cooking"),
        State.READY: translate("states", "Ready"),
        State.OUT: translate("states", "Out"),
        State.DELIVERED: translate("states", "Delivered"),
        State.CANCELLED: translate("states", "Cancelled"),
        State.EXPIRED: translate("states", "Expired"),
    }[state]


def step_word(step: Step) -> str:
    """Say what the order was then: its state, or that it went back to it."""
    back = translate("states", "Back to “{state}”") if step.reason == RECALLED else "{state}"
    return back.format(state=state_word(step.state))


def token(state: State) -> str:
    """Return the colour of the word and the icon; an order that is over, or not begun, is quiet."""
    return f"{TONES[state]}Text" if state in TONES else "muted"
