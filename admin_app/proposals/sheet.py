"""Sheet: a proposal about people, over the page it is made on: what it would do, exactly, and below that its confirmation."""

from functools import partial

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLayout, QWidget

from admin_app.desk import Desk
from admin_app.fitted import Fitted
from admin_app.listing import empty
from admin_app.proposals.asking import Asking, Seen
from admin_app.proposals.confirming import Confirming
from admin_app.proposals.moved import Moved
from admin_app.proposals.subject import Subject, parts_of
from core.proposals import Proposal
from core.qt.dialog import heading
from core.qt.texts import breakable
from core.qt.widgets import button, column, label, note, row

WIDEST, ACROSS = 1080, 860  # px: from the other one on its confirmation lies across, and is always in view

translate = QCoreApplication.translate


class ProposalSheet(Fitted):
    """Nothing is the default, and nothing is chosen beforehand. Escape goes back and changes nothing, unless it is under way."""

    confirmed = Signal(object)  # the Proposal

    def __init__(self, over: QWidget, desk: Desk, subject: Subject) -> None:
        super().__init__(over, subject.title, WIDEST)
        self.desk, self.subject = desk, subject
        self.seen: Seen | None = None
        self.asking, self.confirming, self.moved = Asking(desk, self), Confirming(desk, subject.manner), Moved()
        self.place = column(spacing=12)  # what it would do
        self.trouble, self.again = note("", "danger", "circle-alert"), button(translate("proposals", "Try again"), None, "touch")
        self.back = button(translate("proposals", "Go back"), None, "touch")
        self.looking = label(translate("proposals", "Looking what it would do …"), 15, 400, "muted")
        self.foot = QWidget()
        self.foot.setLayout(row(self.back, None, self.again))
        for each in (self.trouble, self.again, self.looking):
            each.hide()
        self.confirming.hide()
        self.is_across = self.room >= ACROSS
        self.confirming.arrange(self.is_across)
        nothing = translate("proposals", "Nothing has been changed yet.")
        self._lay_out(heading(breakable(subject.title), nothing, subject.icon, subject.token))
        self._listen()
        self.setFocus()

    def ask(self) -> None:
        """Look what it would do."""
        self.looking.setVisible(self.seen is None)
        self.trouble.hide()
        self.again.hide()
        self.desk.names.update(self.subject.names)
        self.asking.ask(partial(self.subject.look, self.desk.db))

    def leave(self) -> None:
        """The person thought better of it."""
        if self.confirming.may_leave:
            self.asking.drop()
            self.reject()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.leave()
        else:
            super().keyPressEvent(event)

    def show_confirming(self, on: bool) -> None:
        """Show what confirms it, or the buttons of before."""
        self.confirming.setVisible(on)
        self.foot.setVisible(not on)
        self.fit_soon()

    def _lay_out(self, head: QLayout) -> None:
        below = [] if self.is_across else [self.confirming]
        self.inside.setLayout(column(self.looking, self.moved, self.trouble, self.place, *below, spacing=12))
        self.lay_out_round(head, self.body, *([self.confirming] if self.is_across else []), self.foot)
        self.watch(self.confirming)

    def _listen(self) -> None:
        self.back.clicked.connect(self.leave)
        self.again.clicked.connect(self.ask)
        self.asking.seen.connect(self._show)
        self.asking.refused.connect(self._refused)
        confirming = self.confirming
        confirming.again.connect(self._look_again)
        confirming.left.connect(self.leave)
        confirming.done.connect(self._done)
        confirming.moved.connect(self._tell_moved)
        confirming.outdated.connect(lambda _: self._tell(True))
        confirming.meant.changed.connect(self.fit_soon)

    def _show(self, seen: Seen) -> None:
        self.seen = seen
        for each in (self.looking, self.moved, self.trouble):
            each.hide()
        self._tell(False)
        self.confirming.show_confirmable(self.subject.confirmable(seen, self.desk.line.now()))
        self.show_confirming(True)

    def _tell(self, is_old: bool) -> None:
        empty(self.place)
        for part in parts_of(self.subject.told(self.seen.found, self.desk.line.now()), is_old) if self.seen else ():
            self.place.addWidget(part)
        self.fit_soon()

    def _look_again(self) -> None:
        if self.confirming.may_leave and self.asking.asked is None:
            self.confirming.wait()
            self.asking.ask(partial(self.subject.look, self.desk.db))

    def _refused(self, sentence: str) -> None:
        self.looking.hide()
        if self.seen:
            self.confirming.complain(sentence)
        else:
            self.trouble.say(sentence, "danger", "circle-alert")
            self.trouble.show()
            self.again.show()
        self.fit_soon()

    def _tell_moved(self, answer: Proposal) -> None:
        self.moved.show_moved(self.subject.what_moved(answer.moved["before"], answer.moved["after"]) if answer.moved else [])
        self.body.verticalScrollBar().setValue(0)
        self.fit_soon()

    def _done(self, answer: Proposal) -> None:
        self.accept()
        self.confirmed.emit(answer)


def open_sheet(over: QWidget, desk: Desk, subject: Subject) -> ProposalSheet:
    """Open a sheet that nobody keeps: it goes when it is closed."""
    sheet = ProposalSheet(over, desk, subject)
    sheet.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    sheet.open()
    sheet.ask()
    return sheet
