"""What moved between the look at many corrections and their confirmation: shelves and orders, as they were and as they are."""

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QFrame

from admin_app.listing import empty
from admin_app.stock.correct_words import corrected
from core.qt.widgets import column, label, picture, row

MOST = 6  # named one by one

translate = QCoreApplication.translate


class MovedCorrections(QFrame):
    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "note")
        self.setProperty("tone", "warn")
        self.title, self.rest = label("", 16, 600, wrap=True), label("", 14, 400, wrap=True)
        self.place = column(spacing=2)
        inside = column(self.title, self.place, self.rest, spacing=6)
        self.setLayout(row(column(picture("triangle-alert", "warnText"), None), (inside, 1), margins=(16, 12, 16, 12), spacing=12))
        self.hide()

    def show_moved(self, moved: Mapping[str, Any] | None) -> None:
        """Show it; None: it is only known that something changed."""
        found = sentences(moved["before"], moved["after"]) if moved else []
        self.title.setText(translate("stock", "Nothing was corrected. Something changed since these figures were made."))
        empty(self.place)
        for words in found[:MOST]:
            self.place.addWidget(label(words, 15, 500, wrap=True))
        again = translate("stock", "Your entries are kept. Check again: you see what it would do now.")
        more = translate("stock", "And {n} more.").format(n=len(found) - MOST) if len(found) > MOST else ""
        self.rest.setText(f"{more} {again}".strip())
        self.show()


def sentences(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[str]:
    """Say what is different, shelves first: "Rice: was 10 kg, is now 15 kg"."""
    return [*_shelves(before, after), *_orders(before["short"], after["short"])]


def _shelves(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[str]:
    versions = {each["item"]: each["version"] for each in before["items"]}
    moved = {each["item"] for each in after["items"] if versions.get(each["item"]) != each["version"]}
    was = {each.id: each for each in corrected(before)}
    words = translate("stock", "{item}: was {was}, is now {now}")
    same = translate("stock", "{item}: {now} again, but it moved")
    found = [(was[each.id], each) for each in corrected(after) if str(each.id) in moved and each.id in was]
    return [
        (words if old.was != new.was else same).format(item=new.name, was=new.amount(old.was), now=new.amount(new.was))
        for old, new in found
    ]  # fmt: skip


def _orders(before: Sequence[Mapping[str, Any]], after: Sequence[Mapping[str, Any]]) -> list[str]:
    """Say which orders are short besides, and which no longer."""
    was, now = ({each["order_id"]: each for each in orders} for orders in (before, after))
    said = (
        (translate("stock", "Order {number} would be left short too"), [each for each in after if each["order_id"] not in was]),
        (translate("stock", "Order {number} would not be left short any more"), [each for each in before if each["order_id"] not in now]),
        (
            translate("stock", "Order {number} would lack something else"),
            [each for each in after if each["order_id"] in was and each["items"] != was[each["order_id"]]["items"]],
        ),
    )
    return [words.format(number=each["number"]) for words, orders in said for each in orders]
