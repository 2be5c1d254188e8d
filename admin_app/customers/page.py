"""Customers page: who orders, found by name, phone or order, with what they have, ordered and got back."""

from uuid import UUID

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QTableView

from admin_app.customers.columns import SPARE, cells, columns, titles
from admin_app.customers.detail import CustomerDetail
from admin_app.customers.filters import Filters
from admin_app.customers.question import CustomerSource, Question
from admin_app.customers.suspend import SuspendCustomers
from admin_app.desk import Desk
from admin_app.finding import why_nobody
from admin_app.head import Head
from admin_app.listing import Listing
from admin_app.page import Ask
from admin_app.paged import PagedPage, Sayings, let_export
from admin_app.proposals.sheet import open_sheet
from admin_app.proposals.words import done_words
from admin_app.titles import put_titles
from core.customers import ListedCustomer
from core.qt.export import ask_where
from core.qt.rows import RowsModel, table
from core.qt.widgets import button

translate = QCoreApplication.translate


class CustomersPage(PagedPage):
    nouns = frozenset({"customers", "wallets", "orders"})

    def __init__(self, desk: Desk, ask: Ask = ask_where) -> None:
        model: RowsModel[ListedCustomer] = RowsModel(columns(desk.line))
        view = table(model, translate("customers", "Customers"))
        put_titles(view, model)
        exports = translate("customers", "What is shown"), translate("customers", "All that match")
        head = Head(translate("customers", "Customers"), desk.line, button("", "primary", "admin", "arrow-up"), exports)
        self.detail = CustomerDetail(desk)
        source = CustomerSource(desk.db)
        super().__init__(desk.line, head, Listing(view, model, self.detail, SPARE), Filters(), source, sayings(), ask)
        self.desk = desk
        view.setSelectionMode(QTableView.SelectionMode.ExtendedSelection)  # several are suspended at once
        view.selectionModel().selectionChanged.connect(self.detail.show_chosen)
        self.detail.chosen_with = self._chosen_with
        self.detail.sent.connect(self.wanted)
        self.detail.suspended.connect(self._suspend)
        let_export(self, translate("customers", "customers"), titles(), cells)

    def look_at(self, what: object) -> None:
        """Show the customer with this id and their details, or the customers that a Question asks for."""
        self.sought = isinstance(what, UUID)
        if isinstance(what, UUID):
            self.filters.ask(Question(customer_id=what))
        elif isinstance(what, Question):
            self.filters.ask(what)
        self.load()

    def why_nothing(self, asked: Question) -> str:
        return why_nobody(asked.search) or super().why_nothing(asked)

    def _chosen_with(self, shown: ListedCustomer) -> list[ListedCustomer]:
        """Return those who are chosen with the one that is shown, as far as they stand alike."""
        places = sorted(index.row() for index in self.listing.view.selectionModel().selectedRows())
        chosen = [each for each in (self.model.rows[place] for place in places) if each.active == shown.active]
        return chosen if shown.id in {each.id for each in chosen} else [shown]

    def _suspend(self, chosen: list[ListedCustomer]) -> None:
        sheet = open_sheet(self, self.desk, SuspendCustomers(chosen))
        sheet.confirmed.connect(lambda done: self.said.emit(*done_words(done, sheet.subject.names)))


def sayings() -> Sayings:
    return Sayings(
        reading=translate("customers", "Reading the customers …"),
        unreadable=translate("customers", "The customers could not be read"),
        not_found=translate("customers", "No customer is like what you typed and chose."),
        none_yet=("users", translate("customers", "No customers yet"), translate("customers", "They appear here when they sign up.")),
        one=translate("customers", "1 customer"),
        many=translate("customers", "{n} customers"),
        one_new=translate("customers", "1 new customer"),
        many_new=translate("customers", "{n} new customers"),
    )
