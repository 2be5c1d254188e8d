"""Calling: what must reach somebody wherever they look: new orders on the tab and by sound, cancelled ones until they are seen."""

from pathlib import Path
from uuid import UUID

from PySide6.QtCore import QObject, Signal

from core.orders import State
from core.qt.line import LineState
from core.qt.sound import Bell
from kitchen_app.orders.alarm import Alarm
from kitchen_app.orders.book import Book
from kitchen_app.orders.shouts import Seen, Shouts, begun


class Calling(QObject):
    """It is told whenever the queue was read."""

    titled = Signal(str)  # what the page is called now: "Orders · 3 new"

    def __init__(self, book: Book, shouts: Shouts, bell: Bell, line: LineState, memory: Path | None, parent: QObject) -> None:
        """`memory` is the counter's file: which cancelled orders were seen."""
        super().__init__(parent)
        self.book, self.shouts = book, shouts
        self.alarm, self.seen = Alarm(bell, line, self), Seen(memory)
        shouts.seen.connect(self._see)

    def take(self) -> None:
        """Call for what waits, and shout what was cancelled and nobody has seen."""
        self.seen.forget_all_but(self.book.entries)
        unseen = [entry for entry in self.book.cancelled() if entry.order.id not in self.seen]
        self.shouts.show_entries(unseen)
        waiting = [entry.order.id for entry in self.book.lane(State.PLACED)]
        self.alarm.take(waiting, [entry.order.id for entry in unseen if begun(entry) and not self.book.is_own(entry.order)])
        counts = ((len(waiting), self.tr("{n} new")), (len(unseen), self.tr("{n} cancelled")))
        self.titled.emit(" · ".join([self.tr("Orders"), *(words.format(n=count) for count, words in counts if count)]))

    def _see(self, order_id: UUID) -> None:
        self.seen.add(order_id)
        self.take()
