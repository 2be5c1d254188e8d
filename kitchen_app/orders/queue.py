"""The order queue: what to cook next, at a glance; and each step of it at one touch.  Behaviour: core/orders/*.py."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget

from core.base.errors import Offline
from core.database.gateway import Database
from core.kitchens import Kitchen
from core.live import Changes
from core.orders import OrderLine, QueuedOrder, queue, queue_lines
from core.qt.line import LineState
from core.qt.settle import Settler
from core.qt.sound import Bell
from core.qt.task import run, unless_expected
from core.qt.widgets import column
from core.staff import Me
from kitchen_app.orders.answers import Answers
from kitchen_app.orders.book import Book
from kitchen_app.orders.calling import Calling
from kitchen_app.orders.cancelling import Cancelling
from kitchen_app.orders.looks import Looks
from kitchen_app.orders.rail import Rail
from kitchen_app.orders.steps import Steps
from kitchen_app.orders.story import Story

ONCE_MORE = 3000  # ms: it could not be read, though the line is there


class OrderQueue(QWidget):
    """Reads the queue, takes the steps somebody asks for, and says what became of them."""

    restless = Signal()  # something was recorded here, or got no answer: whoever watches the line should look at once

    def __init__(
        self, db: Database, kitchen: Kitchen, me: Me, line: LineState, settler: Settler, bell: Bell, memory: Path | None = None
    ) -> None:
        """`memory` is the counter's file: which cancelled orders were seen."""
        super().__init__()
        self.db, self.kitchen, self.line, self.settler = db, kitchen, line, settler
        self.book = Book(me, line)
        self.steps = Steps(db, line, self)
        self.looks = Looks(self.book, self.steps, settler, line, me)
        self.rail = Rail(self.book, self.looks, bell)
        self.calling = Calling(self.book, self.rail.shouts, bell, line, memory, self)
        self.cancelling = Cancelling(db, self.steps, self)
        self.answers = Answers(db, self.book, self.looks, self.steps, settler, self.cancelling)
        self.story = Story(db, self.book, self.looks, self)
        self.setLayout(column(self.rail))
        self.setFocusProxy(self.rail)
        self._reading = self._read_again = self._passed = self._unread = False
        self._listen()

    def _listen(self) -> None:
        lanes, steps, answers, rail = self.rail.lanes, self.steps, self.answers, self.rail
        lanes.touched.connect(self.story.touch)
        lanes.stepped.connect(partial(answers.begin, steps.advance))
        lanes.recalled.connect(partial(answers.begin, steps.recall))
        lanes.cancelled.connect(lambda look: self.cancelling.ask(look.entry))
        lanes.dish_ticked.connect(lambda look, dish_id, on: steps.tick(look.entry.order, dish_id, on))
        for anything in (lanes.touched, lanes.stepped, lanes.recalled):  # what stands above the lanes is read by then
            anything.connect(rail.notice.hide)
        answers.stepped.connect(self.calling.take)
        answers.restless.connect(self.restless)
        rail.searched.connect(self._search)
        rail.closed.connect(self.story.close)
        self.story.opened.connect(lanes.card)
        for told in (answers.homeless, self.story.left):
            told.connect(partial(rail.notice.say, "warn", "history"))
        answers.unread.connect(self._reread)
        for news in (self.settler.changed, rail.retried):
            news.connect(self.reload)
        for news in (steps.changed, answers.changed, self.story.changed, self.settler.changed, self.line.changed, self.line.ticked):
            news.connect(self.refresh)

    def heard(self, changes: Changes) -> None:
        """The server told what changed."""
        if changes.resync or "orders" in changes.nouns:
            self.reload()

    def reload(self) -> None:
        """Read the queue again; when asked while a reading is under way, once more after it."""
        self._read_again = self._reading
        if not self._reading:
            self._reading = True
            here = self.kitchen.id
            run(self, lambda: (queue(self.db, here), queue_lines(self.db, here)), then=self._loaded, failed=self._unloaded)

    def _reread(self) -> None:
        """Something was answered here: what is being read now may be older than that."""
        self._passed = self._reading
        self.reload()

    def refresh(self) -> None:
        """Show everything as it is now; what did not change is not painted anew."""
        if self.isVisible() and self.book.read_at:
            as_of = self.line.offline_since or (self.book.read_at if self._unread else None)
            self.rail.show_queue(as_of, self.line.now())
            if told := self.looks.to_be_read():
                self.rail.lanes.card(told)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.refresh()

    def _loaded(self, found: tuple[list[QueuedOrder], list[OrderLine]]) -> None:
        self._reading = False
        if self._passed:  # it would put back what was done since
            self._passed = False
            self.reload()
            return
        self._unread = False
        was = self.story.order()
        self.book.take(*found)
        self.story.follow(was)
        self.calling.take()
        self.refresh()
        if self._read_again:
            self.reload()

    def _unloaded(self, error: Exception) -> None:
        self._reading = self._read_again = self._passed = False
        self._unread = True
        unless_expected(error)
        if isinstance(error, Offline):
            self.restless.emit()
        if self.line.state != "offline":  # else it is read when the line is back; now nobody will say again what was missed
            QTimer.singleShot(ONCE_MORE, self, self.reload)
        if self.book.read_at is None:
            self.rail.fail(str(error))
        self.refresh()

    def _search(self, text: str) -> None:
        self.looks.searched = text
        self.refresh()
