"""Run: a refund after it was confirmed, as a document: how far it is, who made and agreed to it, and stopping it."""

from collections.abc import Callable
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedLayout, QWidget

from admin_app.desk import Desk
from admin_app.notice import Notice
from admin_app.page import Ask
from admin_app.reader import Reader
from admin_app.refunds.lines import OrdersOfRefund
from admin_app.refunds.run_facts import Facts
from admin_app.refunds.run_foot import RunFoot
from admin_app.refunds.run_head import RunHead
from admin_app.refunds.run_reading import Standing, read_standing
from admin_app.refunds.run_shown import Shown
from admin_app.refunds.run_side import Beside, Side
from admin_app.refunds.run_tiles import Tiles
from core.base.errors import Refused
from core.live import Changes
from core.qt.export import ask_where
from core.qt.task import unless_expected
from core.qt.widgets import column, frame, note
from core.refunds import LineState

LIST = 260  # px: the least height of the list


class RunView(QWidget):
    """Fills its place without a margin of its own; its headline is its own too."""

    wanted = Signal(str, object)  # as OfficePage.wanted
    said = Signal(str, str)  # as OfficePage.said

    def __init__(self, desk: Desk, ask: Ask = ask_where) -> None:
        super().__init__()
        self.desk = desk
        self.proposal_id: UUID | None = None
        self.standing: Standing | None = None
        self.notice, self.head, self.tiles, self.facts = Notice(), RunHead(desk.line), Tiles(), Facts()
        self.lines, self.foot, self.shown = OrdersOfRefund(desk, ask), RunFoot(desk), Shown(desk)
        self.trouble = note("", "danger", "circle-alert")
        self.trouble.hide()
        self.news = Reader(self._prepare, self._show, self._failed, self)
        self.stack, self.body = QStackedLayout(self), QStackedLayout()
        self.stack.addWidget(self.notice)
        self.stack.addWidget(self._laid_out())
        self.setFocusProxy(self.lines.table.view)
        self._listen()

    def show_proposal(self, proposal_id: UUID) -> None:
        """Show this refund, and keep it up to date."""
        if proposal_id != self.proposal_id:
            self.proposal_id, self.standing = proposal_id, None
            self.notice.say("hourglass", self.tr("Reading the refund …"))
            self.stack.setCurrentWidget(self.notice)
            self.lines.show_proposal(proposal_id)
        self.news.ask()

    def take(self, changes: Changes) -> None:
        """Something changed: read again what is shown of it."""
        if self.proposal_id and (changes.resync or "proposals" in changes.nouns and self.proposal_id in changes.objects):
            self.news.ask()
        self.lines.take(changes)

    def _laid_out(self) -> QWidget:
        side = Side(column(self.foot, frame("card", column(self.facts, margins=(18, 16, 18, 16))), None, spacing=14))
        main = QWidget()
        main.setLayout(self.body)
        main.setMinimumHeight(LIST)
        self.body.addWidget(self.lines)
        self.body.addWidget(self.shown)
        return Side(column(self.head, self.tiles, self.trouble, (Beside(main, side), 1), spacing=14))

    def _listen(self) -> None:
        self.tiles.chosen.connect(self.lines.show_state)
        self.lines.state_asked.connect(self.tiles.mark)
        self.lines.wanted.connect(self.wanted)
        self.lines.said.connect(self.said)
        self.foot.answered.connect(self.news.ask)
        self.head.turned.connect(self._turn)
        self.shown.left_out_wanted.connect(self._show_left_out)

    def _turn(self, shown: bool) -> None:
        """Turn to the screen as it was confirmed, or back to the run."""
        if shown and self.standing:
            self.shown.show_proposal(self.standing.proposal)
        self.body.setCurrentWidget(self.shown if shown else self.lines)

    def _show_left_out(self) -> None:
        self.head.run.setChecked(True)
        self.lines.show_state(LineState.LEFT_OUT)

    def _prepare(self) -> Callable[[], tuple[UUID | None, Standing | None]]:
        proposal_id = self.proposal_id
        return lambda: (proposal_id, read_standing(self.desk.db, proposal_id) if proposal_id else None)

    def _show(self, answer: tuple[UUID | None, Standing | None]) -> None:
        proposal_id, standing = answer
        if proposal_id != self.proposal_id:
            return
        self.trouble.hide()
        if standing is None:
            self.notice.say("search", self.tr("No such refund"), self.tr("It is not there, or it is not for you to see."))
            self.stack.setCurrentWidget(self.notice)
            return
        changed, self.standing = standing != self.standing, standing
        self.head.show_standing(standing)
        self.tiles.show_progress(standing.progress)
        self.foot.show_standing(standing)
        if changed:
            self.facts.show_proposal(standing.proposal, self.desk.line.now())
            self.lines.look_again()
        self.stack.setCurrentIndex(1)

    def _failed(self, error: Exception) -> None:
        unless_expected(error)
        if self.standing is None:
            title = self.tr("The refund could not be read")
            self.notice.say("circle-alert", title, str(error), self.tr("Try again"), self.news.ask, "dangerText")
            self.stack.setCurrentWidget(self.notice)
        elif isinstance(error, Refused):  # while offline the banner says it
            self.trouble.say(self.tr("The refund could not be read again. {why}").format(why=error), "danger", "circle-alert")
            self.trouble.show()
