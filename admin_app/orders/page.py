"""Orders page: the orders of all kitchens, newest first, live. Searched, filtered and paged by the database."""

from uuid import UUID

from PySide6.QtCore import QCoreApplication

from admin_app.desk import Desk
from admin_app.finding import is_begun, why_nobody
from admin_app.head import Head
from admin_app.listing import Listing
from admin_app.orders.cancelling import Cancelling, told
from admin_app.orders.columns import SPARE, cells, columns, titles
from admin_app.orders.detail import OrderDetail
from admin_app.orders.filters import Filters
from admin_app.orders.question import OrderSource, Question
from admin_app.orders.written import happening_cells, happening_titles
from admin_app.page import Ask
from admin_app.paged import PagedPage, Sayings, let_export
from admin_app.reader import Reader
from admin_app.titles import put_titles
from core.customers import whole_number
from core.kitchens import kitchens
from core.live import Changes
from core.orders import Happening, ListedOrder, orders
from core.qt.export import ask_where
from core.qt.rows import RowsModel, table
from core.qt.task import run
from core.qt.widgets import button

translate = QCoreApplication.translate


class OrdersPage(PagedPage):
    """What one order needs beyond the table stands in its details: its story, and what may be done to it."""

    nouns = frozenset({"orders"})

    def __init__(self, desk: Desk, ask: Ask = ask_where) -> None:
        model: RowsModel[ListedOrder] = RowsModel(columns(desk.line))
        view = table(model, translate("orders", "Orders"))
        put_titles(view, model)
        exports = translate("orders", "What is shown"), translate("orders", "All that match")
        head = Head(translate("orders", "Orders"), desk.line, button("", "primary", "admin", "arrow-up"), exports)
        self.desk, self.detail = desk, OrderDetail(desk, lambda order_id: order_id in self.cancelling.doubts)
        source = OrderSource(desk.db, desk.line.now)
        super().__init__(desk.line, head, Listing(view, model, self.detail, SPARE), Filters(desk.line.now), source, sayings(), ask)
        self.cancelling = Cancelling(desk, self)
        self.kitchens = Reader(lambda: lambda: kitchens(desk.db), self.filters.show_kitchens, self._failed, self)
        self.kitchens.ask()
        self._connect()
        let_export(self, translate("orders", "orders"), titles(), cells)

    def take(self, changes: Changes) -> None:
        super().take(changes)
        if changes.resync or "kitchens" in changes.nouns:
            self.kitchens.ask()
        self.detail.heard(changes)

    def look_at(self, what: object) -> None:
        """Show the order with this number or id and its details, or the orders that a Question asks for."""
        if isinstance(what, UUID):
            run(self, lambda: orders(self.desk.db, order_ids=[what]), then=self._look_at_found, failed=self._failed)
            return
        self.sought = not isinstance(what, Question)
        self.filters.ask(what if isinstance(what, Question) else Question(search=str(what)))
        self.load()

    def why_nothing(self, asked: Question) -> str:
        by_phone = is_begun(asked.search) or whole_number(asked.search)
        return (why_nobody(asked.search) if by_phone else "") or super().why_nothing(asked)

    def _connect(self) -> None:
        self.head.look_again.connect(self.kitchens.ask)
        self.detail.cancel.connect(self.cancelling.ask)
        self.detail.sent.connect(self.wanted)
        self.detail.said.connect(self.said)
        self.detail.exported.connect(self._export_story)
        self.cancelling.done.connect(self._cancelled)
        self.cancelling.outdated.connect(self._look_again_at)
        self.cancelling.refused.connect(self.detail.refuse)
        self.cancelling.doubted.connect(self.detail.show_acts)

    def _look_at_found(self, found: list[ListedOrder]) -> None:
        if found:
            self.look_at(found[0].number)
        else:
            self.head.complain(self.tr("There is no such order."))

    def _cancelled(self, order: ListedOrder, gave_back: int) -> None:
        self.said.emit(*told(order, gave_back))
        self._look_again_at(order.id)

    def _look_again_at(self, order_id: UUID) -> None:
        if self.changed is not None:
            self.changed.add(order_id)
        self.news.ask()
        self.detail.look_again(order_id)

    def _export_story(self, order: ListedOrder, happenings: list[Happening]) -> None:
        name = self.tr("order {number}").format(number=order.number)
        self.export(name, happening_titles(), lambda: map(happening_cells, happenings))


def sayings() -> Sayings:
    return Sayings(
        reading=translate("orders", "Reading the orders …"),
        unreadable=translate("orders", "The orders could not be read"),
        not_found=translate("orders", "No order is like what you typed and chose."),
        none_yet=("receipt", translate("orders", "No orders yet"), translate("orders", "They appear here as soon as somebody places one.")),
        one=translate("orders", "1 order"),
        many=translate("orders", "{n} orders"),
        one_new=translate("orders", "1 new order"),
        many_new=translate("orders", "{n} new orders"),
    )
