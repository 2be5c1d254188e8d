"""The order queue in a test: one counter's window with the queue in front, worked by the words a person sees or a reader says."""

from PySide6.QtWidgets import QAbstractButton, QLabel, QWidget

from core.live import Changes
from core.orders import queue as read_queue


class Queue:
    """The queue of one counter (tests/kitchen/conftest.py)."""

    def __init__(self, counter) -> None:
        self.counter, self.window, self.page = counter, counter.window, counter.window.orders
        self.rail, self.lanes = self.page.rail, self.page.rail.lanes
        self.window.show_page(self.page)

    def read(self) -> "Queue":
        """Hear that something changed, and wait until it is shown."""
        self.page.heard(Changes(False, frozenset({"orders"})))
        self.counter.rest()
        return self

    def lane(self, title: str) -> list[str]:
        """The numbers in a lane, from top to bottom."""
        [lane] = [lane for lane in self.lanes.lanes.values() if lane.title.text() == title]
        assert lane.count.text() == str(len(lane.looks))
        return [look.name for look in lane.looks]

    def card(self, number: int):
        """The card of an order, brought into view."""
        [order_id] = [entry.order.id for entry in self.page.book.entries.values() if entry.order.number == number]
        return self.lanes.card(order_id)

    def says(self, number: int) -> str:
        """All that a card says."""
        return self.card(number).accessibleName()

    def find(self, text: str, where: QWidget | None = None) -> QAbstractButton:
        """The one button on screen that bears these words or is called so."""
        shown = [push for push in (where or self.window).findChildren(QAbstractButton) if push.isVisible()]
        found = [push for push in shown if text in (push.text(), push.accessibleName())]
        assert len(found) == 1, (text, [push.accessibleName() or push.text() for push in shown])
        return found[0]

    def offers(self, text: str) -> bool:
        """Whether there is such a button, and it is on."""
        shown = [push for push in self.window.findChildren(QAbstractButton) if push.isVisible() and push.isEnabled()]
        return any(text in (push.text(), push.accessibleName()) for push in shown)

    def press(self, text: str, number: int | None = None) -> None:
        """Press the button with these words; `number` brings its card into view first."""
        if number is not None:
            self.card(number)
        push = self.find(text)
        assert push.isEnabled(), f"“{text}” is off"
        push.click()

    def press_and_rest(self, text: str, number: int | None = None) -> None:
        self.press(text, number)
        self.counter.rest()

    def texts(self) -> list[str]:
        """The words of every label that can be seen."""
        return [words.text() for words in self.window.findChildren(QLabel) if words.isVisible() and words.text()]

    @property
    def tab(self) -> str:
        return self.window.chrome.pages.button(self.window.pages.indexOf(self.page)).text()

    def stands(self, number: int):
        """How the server has an order now."""
        [order] = [order for order in read_queue(self.page.db, self.page.kitchen.id) if order.number == number]
        return order
