"""Detail: everything of one line of the trail, what changed, and where one goes on from it."""

from functools import partial
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLayout, QWidget

from admin_app.audit.deeds import deed
from admin_app.audit.difference import Difference
from admin_app.audit.facts import facts, when
from admin_app.audit.question import Question
from admin_app.audit.things import thing, who, why
from admin_app.desk import Desk
from admin_app.listing import Detail, empty
from core.audit import TrailFilter, TrailLine, trail
from core.proposals import Kind, proposal
from core.qt.task import run, unless_expected
from core.qt.texts import breakable
from core.qt.widgets import button, column, frame, label, row, scrolled

BY_PROPOSAL = frozenset({
    "refund_order", "release_refund", "suspend_customer", "reinstate_customer", "suspend_staff", "reinstate_staff", "set_limits",
    "set_approver", "correct_shelves", "release_money",
})  # fmt: skip  # what a confirmed proposal does bears its id as its command


class TrailDetail(Detail):
    """Reads the line again, for it may have been sealed meanwhile, and what kind of proposal it belongs to."""

    wide, widest = 400, 560
    asked = Signal(object)  # a Question: follow this
    sent = Signal(str, object)  # another page, and what to show there

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.setAccessibleName(self.tr("Details of the line"))
        self.line: TrailLine | None = None
        self.document: tuple[str, UUID] | None = None  # the page that can show what was confirmed, and its id
        self.why = label("", 15, 500, wrap=True)
        self.difference, self.known = Difference(), column(spacing=6)
        self.history = button(self.tr("Its whole history"), None, "admin", "history")
        self.command = button(self.tr("Same command"), None, "admin", "list-filter")
        self.confirmed = button(self.tr("As it was confirmed"), None, "admin", "eye")
        self.order = button(self.tr("The order's story"), None, "admin", "receipt")
        inside = QWidget()
        inside.setLayout(self._inside())
        area = scrolled(inside)
        area.setFocusPolicy(Qt.FocusPolicy.StrongFocus)  # the arrow keys scroll it
        area.setAccessibleName(self.tr("What changed, and everything else of the line"))
        acts = column(row(self.history, self.command, None), row(self.order, self.confirmed, None), spacing=8)
        self.lay_out(self.why, (area, 1), acts)
        self._listen()

    def show_row(self, shown: TrailLine) -> None:
        self.line, self.document = shown, None
        self.title.setText(deed(shown.action))
        self.subtitle.setText(breakable(" · ".join(filter(None, [thing(shown), who(shown)]))))
        self.why.setText(breakable(f"“{why(shown)}”"))
        self.why.setVisible(bool(shown.reason))
        self.difference.show_facts(facts(shown))
        self._show_known(shown)
        self.history.setVisible(shown.object_id is not None)
        self.order.setVisible(shown.noun in ("orders", "refunds") and shown.object_id is not None and "orders" in self.desk.pages)
        self.confirmed.hide()
        found = shown.object_id if shown.noun == "proposals" else shown.command_id if shown.action in BY_PROPOSAL else None
        run(self, partial(self._read, shown, found), then=partial(self._show_more, shown), failed=unless_expected)

    def _listen(self) -> None:
        self.history.clicked.connect(lambda: self.asked.emit(Question(object_id=self.line.object_id)) if self.line else None)
        self.command.clicked.connect(lambda: self.asked.emit(Question(command_id=self.line.command_id)) if self.line else None)
        self.order.clicked.connect(lambda: self.sent.emit("orders", self.line.object_id) if self.line else None)
        self.confirmed.clicked.connect(lambda: self.sent.emit(*self.document) if self.document else None)

    def _inside(self) -> QLayout:
        changes = column(label(self.tr("What changed"), 16, 600), self.difference, spacing=6)
        rest = column(label(self.tr("Everything of it"), 16, 600), frame("sunken", column(self.known, margins=(14, 10, 14, 10))), spacing=6)
        return column(changes, rest, None, margins=(0, 0, 8, 0), spacing=14)

    def _read(self, shown: TrailLine, proposal_id: UUID | None) -> tuple[list[TrailLine], Kind | None]:
        now = trail(self.desk.db, TrailFilter(ids=[shown.id]), limit=1)
        found = proposal(self.desk.db, proposal_id) if proposal_id else None
        return now, found.kind if found else None

    def _show_more(self, shown: TrailLine, read: tuple[list[TrailLine], Kind | None]) -> None:
        if self.line is None or shown.id != self.line.id:
            return  # another one is shown by now
        now, kind = read
        if now and now[0] != shown:  # sealed meanwhile
            self._show_known(now[0])
        found = shown.object_id if shown.noun == "proposals" else shown.command_id
        page = {Kind.REFUND: "refunds", Kind.STOCK: ""}.get(kind, "approvals") if kind else ""
        if page in self.desk.pages and found:
            self.document = page, found
            self.confirmed.show()

    def _show_known(self, line: TrailLine) -> None:
        empty(self.known)
        sealed = self.tr("at position {n}").format(n=f"{line.position:,}") if line.position else self.tr("not yet")
        told = [
            (self.tr("When"), when(line.at)), (self.tr("Person"), line.person or ""), (self.tr("Login"), line.login),
            (self.tr("From"), line.address or ""), (self.tr("Program"), line.program), (self.tr("Kitchen"), line.kitchen or ""),
            (self.tr("Line"), str(line.id)), (self.tr("Sealed"), sealed),
        ]  # fmt: skip
        ids = (self.tr("Object"), str(line.object_id or "")), (self.tr("Command"), str(line.command_id))
        for lay_out, facts_of in ((_fact, told), (_id, ids)):
            for name, words in facts_of:
                if words:
                    self.known.addWidget(lay_out(name, words))


def _fact(name: str, words: str) -> QWidget:
    holder, called = QWidget(), label(name, 14, 400, "muted")
    called.setMinimumWidth(84)
    holder.setLayout(row(column(called, None), (label(breakable(words), 14, 500, wrap=True), 1), spacing=10))
    return holder


def _id(name: str, words: str) -> QWidget:
    """An id in one line, to be copied."""
    holder, said = QWidget(), label(words, 14, 400)
    said.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard)
    said.setFocusPolicy(Qt.FocusPolicy.StrongFocus)  # Tab reaches it
    holder.setLayout(column(label(name, 14, 400, "muted"), said, spacing=0))
    return holder
