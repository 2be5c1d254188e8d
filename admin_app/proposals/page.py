"""Approvals page: what waits for a second person, what became of all others, and the decision; refunds have a page."""

from functools import partial
from uuid import UUID

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QStackedLayout, QWidget

from admin_app.desk import Desk
from admin_app.head import Head
from admin_app.listing import Listing
from admin_app.page import Ask
from admin_app.paged import PagedPage, Sayings, let_export
from admin_app.proposals.columns import SPARE, cells, columns, titles
from admin_app.proposals.decide import DecideView
from admin_app.proposals.detail import ProposalDetail
from admin_app.proposals.filters import Filters
from admin_app.proposals.question import DECIDED, Document, ProposalSource, Question
from admin_app.proposals.waiting import WaitingStrip
from admin_app.titles import put_titles
from core.live import Changes
from core.proposals import Kind, Progress, Proposal, proposal
from core.qt.export import ask_where
from core.qt.rows import RowsModel, table
from core.qt.task import run, unless_expected
from core.qt.widgets import button, column

ROW_HEIGHT, MARGINS = 52, (28, 20, 28, 20)  # px; most cells have two lines
LIST, DECISION = range(2)  # the sides of the page
WAITING = (Kind.RELEASE, Kind.REFUND, Kind.LIMITS, Kind.APPROVER)

translate = QCoreApplication.translate


class ApprovalsPage(PagedPage):
    """Refunds that wait are pointed to; they have a page of their own."""

    nouns = frozenset({"proposals"})

    def __init__(self, desk: Desk, ask: Ask = ask_where) -> None:
        self.desk, self.detail = desk, ProposalDetail(desk)
        model: RowsModel[Document] = RowsModel(columns(desk.line))
        view = table(model, translate("proposals", "Approvals"), ROW_HEIGHT)
        put_titles(view, model)
        exports = translate("proposals", "What is shown"), translate("proposals", "All that match")
        head = Head(translate("proposals", "Approvals"), desk.line, button("", "primary", "admin", "arrow-up"), exports)
        listing = Listing(view, model, self.detail, SPARE)
        super().__init__(desk.line, head, listing, Filters(), ProposalSource(desk.db), sayings(), ask)
        let_export(self, translate("proposals", "approvals"), titles(), cells)
        self.strip, self.decide = WaitingStrip(desk, WAITING), DecideView(desk)
        above = head.layout()
        assert above
        above.addWidget(self.strip)
        self.stack = self._two_sides()
        self._listen_here()

    def take(self, changes: Changes) -> None:
        super().take(changes)
        self.strip.take(changes)
        self.decide.take(changes)

    def look_at(self, what: object) -> None:
        """Show the proposal with this id, or those that a Question asks for."""
        if isinstance(what, UUID):
            run(self, partial(proposal, self.desk.db, what), then=self._open, failed=unless_expected)
        elif isinstance(what, Question):
            self._turn(LIST)
            self.filters.ask(what)
            self.load()

    def _listen_here(self) -> None:
        self.strip.opened.connect(self._open)
        self.detail.wanted.connect(self._open)
        self.head.look_again.connect(self.strip.reader.ask)
        self.decide.left.connect(lambda: self._turn(LIST))
        self.decide.answered.connect(self._look_again)

    def _two_sides(self) -> QStackedLayout:
        """Put what was laid out on one side, and the decision on the other."""
        all_of_it, decides, laid_out = QWidget(), QWidget(), self.layout()
        assert laid_out
        all_of_it.setLayout(laid_out)  # a layout goes along with its parts
        decides.setLayout(column(self.decide, margins=MARGINS))
        stack = QStackedLayout(self)
        for each in (all_of_it, decides):
            stack.addWidget(each)
        return stack

    def _turn(self, side: int) -> None:
        self.stack.setCurrentIndex(side)
        begins = self.filters.search if side == LIST else self.decide
        self.setFocusProxy(begins)
        if self.isVisible():
            begins.setFocus()

    def _open(self, found: Proposal | None) -> None:
        """Show one: a refund on its own page, what waits with the decision, and all else as a document."""
        if found is None:
            return
        if found.kind is Kind.REFUND:
            self.wanted.emit("refunds", found.id)
        elif found.kind in DECIDED and found.state is Progress.AWAITING_APPROVAL:
            self.decide.show_proposal(found.id)
            self._turn(DECISION)
        else:
            self._turn(LIST)
            self.sought = True
            self.filters.ask(Question(proposal_id=found.id))
            self.load()

    def _look_again(self) -> None:
        self.changed = None
        self.news.ask()
        self.strip.reader.ask()


def sayings() -> Sayings:
    return Sayings(
        reading=translate("proposals", "Reading what was proposed …"),
        unreadable=translate("proposals", "What was proposed could not be read"),
        not_found=translate("proposals", "No proposal is like what you typed and chose."),
        none_yet=(
            "shield-check", translate("proposals", "Nothing was proposed yet"),
            translate("proposals", "Limits, approvers, suspensions and ends of freezes: who made them, why, and who agreed."),
        ),
        one=translate("proposals", "1 proposal"),
        many=translate("proposals", "{n} proposals"),
        one_new=translate("proposals", "1 new proposal"),
        many_new=translate("proposals", "{n} new proposals"),
    )  # fmt: skip
