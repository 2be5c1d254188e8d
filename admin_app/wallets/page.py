"""Wallets page: what every customer has, found by name, phone or order; explained step by step; and frozen by those who may."""

from uuid import UUID

from PySide6.QtCore import QCoreApplication

from admin_app.desk import Desk
from admin_app.finding import why_nobody
from admin_app.head import Head
from admin_app.listing import Listing
from admin_app.page import Ask
from admin_app.paged import PagedPage, Sayings, let_export
from admin_app.parts import PAGE
from admin_app.titles import put_titles
from admin_app.wallets.columns import SPARE, cells, columns, titles
from admin_app.wallets.detail import WalletDetail
from admin_app.wallets.explained import every_step, step_cells, step_titles
from admin_app.wallets.filters import Filters
from admin_app.wallets.freezing import Freezing, told
from admin_app.wallets.question import Question, WalletSource
from core.qt.export import ask_where
from core.qt.rows import RowsModel, table
from core.qt.widgets import button
from core.staff import Role
from core.wallets import ListedWallet, Sort, Wallet

FREEZERS = frozenset({Role.FINANCE_ADMIN, Role.OWNER_ADMIN})

translate = QCoreApplication.translate


class WalletsPage(PagedPage):
    """Only those who may freeze see that it can be done; the database refuses everybody else."""

    nouns = frozenset({"wallets", "customers"})

    def __init__(self, desk: Desk, ask: Ask = ask_where) -> None:
        model: RowsModel[ListedWallet] = RowsModel(columns(desk.line), key=lambda wallet: wallet.customer_id)
        view = table(model, translate("wallets", "Wallets"))
        put_titles(view, model)
        exports = translate("wallets", "What is shown"), translate("wallets", "All that match")
        head = Head(translate("wallets", "Wallets"), desk.line, button("", "primary", "admin", "arrow-up"), exports)
        self.detail = WalletDetail(desk, desk.me.role in FREEZERS, lambda customer_id: customer_id in self.freezing.doubts)
        source = WalletSource(desk.db)
        super().__init__(desk.line, head, Listing(view, model, self.detail, SPARE), Filters(), source, sayings(), ask)
        self.desk, self.freezing = desk, Freezing(desk, self)
        self.freezing.done.connect(self._done)
        self.freezing.outdated.connect(self._look_at_again)
        self.freezing.doubted.connect(self.detail.show_state)
        self.detail.acted.connect(self.freezing.ask)
        self.detail.sent.connect(self.wanted)
        self.detail.copied.connect(lambda customer: self.said.emit(self.tr("Steps copied"), customer))
        self.detail.exported.connect(self._export_steps)
        let_export(self, translate("wallets", "wallets"), titles(), cells)

    def look_at(self, what: object) -> None:
        """Show the wallet of the customer with this id and its details, or the wallets that a Question asks for."""
        self.sought = isinstance(what, UUID)
        if isinstance(what, UUID):
            self.filters.ask(Question(customer_id=what))
        elif isinstance(what, Question):
            self.filters.ask(what)
        self.load()

    def counted(self) -> str:
        """Say how many are shown; of the largest balances that there may be others behind them."""
        asked = self.answered
        if asked and asked.sort is Sort.BALANCE and len(self.model.rows) == PAGE:
            return self.tr("The {n} largest; filter to see others").format(n=PAGE)
        return super().counted()

    def news_words(self, new: int, moved: bool) -> str:
        """By name only new customers are new; else a wallet that moved up is, and it is no new one."""
        by_name = self.answered is None or self.answered.sort is Sort.NAME
        return super().news_words(new if by_name else 0, moved or new > 0)

    def why_nothing(self, asked: Question) -> str:
        return why_nobody(asked.search) or super().why_nothing(asked)

    def _done(self, wallet: Wallet) -> None:
        self.said.emit(told(wallet), wallet.customer)
        self._look_at_again(wallet.customer_id)

    def _look_at_again(self, customer_id: UUID) -> None:
        if self.changed is not None:
            self.changed.add(customer_id)
        self.hear()

    def _export_steps(self, wallet: ListedWallet) -> None:
        db, customer_id = self.desk.db, wallet.customer_id
        self.export(translate("wallets", "wallet steps"), step_titles(), lambda: map(step_cells, every_step(db, customer_id)))


def sayings() -> Sayings:
    return Sayings(
        reading=translate("wallets", "Reading the wallets …"),
        unreadable=translate("wallets", "The wallets could not be read"),
        not_found=translate("wallets", "No wallet is like what you typed and chose."),
        none_yet=("wallet", translate("wallets", "No wallets yet"), translate("wallets", "Each customer has one from the first day on.")),
        one=translate("wallets", "1 wallet"),
        many=translate("wallets", "{n} wallets"),
        one_new=translate("wallets", "1 new wallet"),
        many_new=translate("wallets", "{n} new wallets"),
    )
