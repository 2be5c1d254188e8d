"""The rail the orders hang on: the head, what is shouted, a notice, and the lanes or a word why there are none."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QStackedWidget, QWidget

from core.orders import State
from core.qt.export import ask_where, export_table
from core.qt.line import clock
from core.qt.sound import Bell
from core.qt.widgets import column
from kitchen_app.orders.book import Book
from kitchen_app.orders.head import Head
from kitchen_app.orders.lanes import Lanes
from kitchen_app.orders.listing import listing
from kitchen_app.orders.looks import Looks
from kitchen_app.orders.shouts import Shouts
from kitchen_app.stock.notice import Notice
from kitchen_app.stock.states import Message


class Rail(QWidget):
    """Shows what it is given and says what somebody wants; it asks nobody."""

    searched = Signal(str)
    closed = Signal()  # the open card
    retried = Signal()

    def __init__(self, book: Book, looks: Looks, bell: Bell) -> None:
        super().__init__()
        self.book, self.looks, self.bell = book, looks, bell
        self.head, self.shouts, self.lanes = Head(bell), Shouts(), Lanes()
        self.notice, self.reminder = Notice(), Notice()
        self.loading, self.message = Message("hourglass"), Message("soup")
        self.loading.say(self.tr("Loading the orders…"), "")
        self.ask_where = ask_where
        self.states = QStackedWidget()
        for state in (self.loading, self.lanes, self.message):
            self.states.addWidget(state)
        above = column(self.head, self.shouts, self.reminder, self.notice, margins=(0, 0, 14, 0), spacing=12)
        self.setLayout(column(above, (self.states, 1), margins=(20, 12, 6, 0), spacing=12))
        self.setFocusProxy(self.lanes)
        self.head.search.textChanged.connect(self.searched)
        self.head.search.returnPressed.connect(self._enter)
        self.head.export.clicked.connect(self._export)
        bell.muted_changed.connect(lambda _: self._explain())
        QShortcut(QKeySequence.StandardKey.Find, self, self._find)

    def show_queue(self, as_of: datetime | None, now: datetime) -> None:
        """Show the queue as it is now; `as_of` when it is older than it should be."""
        found = self.looks.all()
        self.head.show_unpaid(len(self.book.lane(State.AWAITING_PAYMENT)))
        hidden = {state: len(self.book.lane(state)) - len(looks) for state, looks in found.items()}
        self.head.show_hidden(sum(hidden.values()), hidden[State.PLACED])
        self.head.show_age(as_of, now)
        self.lanes.show_looks(found)
        if any(found.values()):
            self.states.setCurrentWidget(self.lanes)
        else:
            self._explain()
            self.states.setCurrentWidget(self.message)

    def fail(self, sentence: str) -> None:
        """The queue could not be read, and never was."""
        self.message.picture.show_icon("circle-alert", "dangerText")
        self.message.say(self.tr("The orders could not be read"), sentence, self.tr("Try again"), self._retry)
        self.states.setCurrentWidget(self.message)

    def remind(self, logins: Sequence[str]) -> None:
        """Say whose steps from this counter are still unanswered: only they can find out, and nobody should repeat them."""
        if logins:
            title = self.tr("Being checked: what {logins} sent from here").format(logins=", ".join(logins))
            detail = self.tr("It is settled when they sign in here. Look before you do it again.")
            self.reminder.say("info", "clock", title, detail, self.tr("Understood"), self.reminder.hide)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        in_search = self.head.search.hasFocus()
        if event.key() == Qt.Key.Key_Slash:
            self._find()
        elif in_search and event.key() in (Qt.Key.Key_Escape, Qt.Key.Key_Down):
            self._enter()
        elif event.key() == Qt.Key.Key_Escape and self.looks.open:
            self.closed.emit()
        else:
            super().keyPressEvent(event)

    def _find(self) -> None:
        self.head.search.setFocus()
        self.head.search.selectAll()

    def _enter(self) -> None:
        """Go from the search to what it found."""
        self.lanes.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _retry(self) -> None:
        self.states.setCurrentWidget(self.loading)
        self.retried.emit()

    def _explain(self) -> None:
        """Say why there are no cards."""
        if self.book.read_at is None:
            return
        if searched := self.looks.searched.strip()[:60]:
            self.message.picture.show_icon("search", "muted")
            detail = self.tr("No order's number, dish or note holds “{text}”.").format(text=searched)
            self.message.say(self.tr("Nothing matches"), detail, self.tr("Show all"), self.head.search.clear)
            return
        self.message.picture.show_icon("soup", "muted")
        heard = self.tr("New ones appear here by themselves, with a sound.")
        silent = self.tr("New ones appear here by themselves. The sound is off.")
        self.message.say(self.tr("No orders now"), silent if self.bell.muted else heard)

    def _export(self) -> None:
        def done(path: Path) -> None:
            self.notice.say("info", "check", self.tr("Written: {file}").format(file=path.name), "", self.tr("Close"), self.notice.hide)

        def failed(sentence: str) -> None:
            self.notice.say("danger", "circle-alert", sentence, "", self.tr("Close"), self.notice.hide)

        now = self.looks.line.now()
        shown: Sequence[State] = (State.AWAITING_PAYMENT, *self.lanes.lanes)
        entries = [entry for state in shown for entry in self.book.lane(state, self.looks.searched)]
        view = listing(self, entries, now)
        view.setParent(self)
        view.hide()
        export_table(view, f"orders-{clock(now).replace(':', '')}.csv", then=done, failed=failed, ask=self.ask_where)
