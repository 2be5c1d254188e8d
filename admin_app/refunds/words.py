"""Words: how refunds are said: where one is, what became of each line and why, and for what reason it was made."""

from typing import NamedTuple

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from core.base.money import naira
from core.proposals import Progress, Proposal
from core.qt.widgets import column, label, picture, row
from core.refunds import Destination, LineState

translate = QCoreApplication.translate


class Look(NamedTuple):
    """A word with its icon and its tone: never the colour alone."""

    word: str
    icon: str
    tone: str | None = None

    @property
    def token(self) -> str:
        """The colour of the word and the icon; what has no tone is quiet."""
        return f"{self.tone}Text" if self.tone else "muted"


def refund_name(proposal: Proposal) -> str:
    """Name a refund by its total: "Refund of ₦234,500.00"."""
    return translate("refunds", "Refund of {amount}").format(amount=naira(proposal.total))


def progress_look(state: Progress) -> Look:
    """Say where a refund is."""
    return {
        Progress.PREVIEWED: Look(translate("refunds", "Not confirmed yet"), "eye"),
        Progress.STALE: Look(translate("refunds", "Changed before it was confirmed"), "history", "warn"),
        Progress.AWAITING_APPROVAL: Look(translate("refunds", "Waiting for approval"), "shield-check", "warn"),
        Progress.REJECTED: Look(translate("refunds", "Rejected"), "ban", "danger"),
        Progress.WITHDRAWN: Look(translate("refunds", "Withdrawn"), "undo-2"),
        Progress.LAPSED: Look(translate("refunds", "Lapsed"), "clock"),
        Progress.RUNNING: Look(translate("refunds", "Running"), "refresh-cw", "info"),
        Progress.STOPPED: Look(translate("refunds", "Stopped"), "pause", "warn"),
        Progress.DONE: Look(translate("refunds", "Done"), "circle-check", "ok"),
    }[state]


def line_look(state: LineState) -> Look:
    """Say what became of a line. What waits for the card's provider is never called done."""
    return {
        LineState.PROPOSED: Look(translate("refunds", "To be refunded"), "clipboard-list"),
        LineState.LEFT_OUT: Look(translate("refunds", "Left out"), "minus"),
        LineState.CONFIRMED: Look(translate("refunds", "Waiting to run"), "hourglass", "info"),
        LineState.SENDING: Look(translate("refunds", "Sending to card"), "banknote", "warn"),
        LineState.UNKNOWN: Look(translate("refunds", "Being checked"), "clock", "info"),
        LineState.DONE: Look(translate("refunds", "Done"), "circle-check", "ok"),
        LineState.FAILED: Look(translate("refunds", "Failed"), "circle-alert", "danger"),
    }[state]


def why_word(why: str) -> str:
    """Say why a line was left out or failed, to follow on "Left out:"; "" for no why."""
    return {
        "": "",
        "unpaid": translate("refunds", "not paid"),
        "reversed": translate("refunds", "given back when it was cancelled"),
        "refunded": translate("refunds", "already refunded"),
        "reserved": translate("refunds", "in another refund under way"),
        "less_left": translate("refunds", "fewer portions left than asked for"),
        "uncooked": translate("refunds", "part of an order that nobody cooks yet"),
        "no_card": translate("refunds", "paid from the wallet, not by card"),
        "exempt": translate("refunds", "exempted"),
        "rejected": translate("refunds", "the refund was rejected"),
        "withdrawn": translate("refunds", "the rest was withdrawn"),
        "lapsed": translate("refunds", "nobody approved in time"),
        "stale": translate("refunds", "something changed meanwhile"),
        "wallet_full": translate("refunds", "the wallet cannot hold so much"),
    }.get(why, why.replace("_", " "))


def card_waits() -> str:
    """Say why what goes to cards stays where it is."""
    return translate("refunds", "waits: the card provider is not connected yet")


def reason_word(code: str | None) -> str:
    """Say for what reason a refund was made; core.proposals.REASONS has the codes."""
    return {
        None: "",
        "late": translate("refunds", "Came late"),
        "missing": translate("refunds", "Something was missing"),
        "wrong": translate("refunds", "Wrong dish"),
        "quality": translate("refunds", "Food was not good"),
        "kitchen_failed": translate("refunds", "Kitchen could not cook"),
        "cancelled": translate("refunds", "Cancelled"),
        "charged_twice": translate("refunds", "Charged twice"),
        "goodwill": translate("refunds", "Goodwill"),
        "other": translate("refunds", "Something else"),
    }.get(code, str(code))


def paid_word(pay_with: str) -> str:
    """Say how an order was paid."""
    return translate("refunds", "Card") if pay_with == "card" else translate("refunds", "Wallet")


def goes_word(destination: Destination) -> str:
    """Say where money goes."""
    return translate("refunds", "to the card") if destination is Destination.CARD else translate("refunds", "to the wallet")


def lines_word(count: int) -> str:
    words = translate("refunds", "1 line") if count == 1 else translate("refunds", "{n} lines")
    return words.format(n=f"{count:,}")


def orders_word(count: int) -> str:
    words = translate("refunds", "1 order") if count == 1 else translate("refunds", "{n} orders")
    return words.format(n=f"{count:,}")


def short_code(digest: str) -> str:
    """Write the first signs of a digest, so that two people can compare by word of mouth what they look at: "3f9a 12c4"."""
    return f"{digest[:4]} {digest[4:8]}"


def point(icon: str, sentence: str, token: str = "muted", px: int = 15) -> QWidget:
    """A sentence behind an icon."""
    holder = QWidget()
    holder.setLayout(row(column(picture(icon, token, 18), None), (label(sentence, px, 400, wrap=True), 1), spacing=10))
    return holder
