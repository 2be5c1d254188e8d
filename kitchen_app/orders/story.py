"""The open card: its order's steps, read when it is opened and when it moved on; and where it went when it left the lanes."""

from collections.abc import Sequence

from PySide6.QtCore import QObject, Signal

from core.database.gateway import Database
from core.orders import QueuedOrder, State, Step, order_history
from core.qt.task import run, unless_expected
from kitchen_app.orders import told
from kitchen_app.orders.book import LANES, Book
from kitchen_app.orders.look import Look
from kitchen_app.orders.looks import Looks


class Story(QObject):
    """At most one card is open."""

    changed = Signal()
    opened = Signal(object)  # the id of the open order: all of its card should be in view
    left = Signal(str)  # somebody else took the open order out of the lanes: what happened

    def __init__(self, db: Database, book: Book, looks: Looks, parent: QObject) -> None:
        super().__init__(parent)
        self.db, self.book, self.looks = db, book, looks

    def touch(self, look: Look) -> None:
        """Open a card, or close it again."""
        if look.is_open:
            self.close()
            return
        self.looks.open, self.looks.story = look.entry.order.id, ()
        self._read(look.entry.order)
        self.changed.emit()
        self.opened.emit(self.looks.open)

    def close(self) -> None:
        self.looks.open, self.looks.story = None, ()
        self.changed.emit()

    def order(self) -> QueuedOrder | None:
        """Return the open order as the book has it now."""
        return self.book.find(self.looks.open) if self.looks.open else None

    def follow(self, was: QueuedOrder | None) -> None:
        """The queue was read; `was` is the open order before that."""
        now = self.order()
        if was is None or was.state not in LANES:
            return
        if now is None or now.state not in LANES:
            self.close()
            if now and now.state is State.CANCELLED:  # that is shouted
                return
            run(self, lambda: order_history(self.db, was.id), then=lambda steps: self._say_where(was, steps), failed=unless_expected)
        elif now.version != was.version:
            self._read(now)

    def _read(self, order: QueuedOrder) -> None:
        def show(steps: Sequence[Step]) -> None:
            if self.looks.open == order.id:
                first, self.looks.story = not self.looks.story, told.story(order, steps)
                self.changed.emit()
                if first:
                    self.opened.emit(order.id)

        run(self, lambda: order_history(self.db, order.id), then=show, failed=unless_expected)

    def _say_where(self, order: QueuedOrder, steps: Sequence[Step]) -> None:
        if steps:
            self.left.emit(told.happened(order.number, steps[-1]))
