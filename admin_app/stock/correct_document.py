"""One correction as it was confirmed: who, when and why, each shelf before and after, and the orders it left short."""

from collections.abc import Mapping
from functools import partial
from uuid import UUID

from PySide6.QtCore import QCoreApplication, Signal

from admin_app.desk import Desk
from admin_app.lines import Line, Lines
from admin_app.listing import Detail
from admin_app.stock.correct_items import ShortCard
from admin_app.stock.correct_words import Corrected, corrected, ids_of_short, items_word, orders_word, reason_word, short_orders, ways_word
from admin_app.stock.correct_written import kitchen_name
from core.orders import Order, orders_by_id
from core.proposals import Proposal
from core.qt.line import moment
from core.qt.task import run
from core.qt.texts import breakable
from core.qt.widgets import button, column, frame, label, row, rule, set_tone

translate = QCoreApplication.translate


class CorrectionDetail(Detail):
    """The orders are told with where they are by now; the rest is as it was shown."""

    wanted = Signal(str, object)  # as OfficePage.wanted
    export_wanted = Signal(object)  # a Proposal
    wide, widest = 420, 620

    def __init__(self, desk: Desk, kitchens: Mapping[UUID, str]) -> None:
        super().__init__()
        self.desk, self.kitchens = desk, kitchens
        self.proposal: Proposal | None = None
        self.setAccessibleName(translate("stock", "Details of the correction"))
        self.said = label("", 15, 400, wrap=True)
        self.refund = button("", None, "admin", "undo-2")
        self.short = ShortCard(desk)
        self.ways = label("", 14, 500, "muted", wrap=True)
        self.items = Lines(translate("stock", "Items corrected"), _line, _spoken, key=lambda each: each.id)
        self.export = button(translate("stock", "Export CSV"), None, "admin", "download")
        self.refund.clicked.connect(self._put_into_refund)
        self.export.clicked.connect(lambda: self.export_wanted.emit(self.proposal))
        self.short.wanted.connect(self.wanted)
        why = frame("sunken", column(self.said, margins=(14, 10, 14, 10)))
        set_tone(self.short.title, "danger")
        self.lay_out(why, (self.short, 2), self.refund, rule(), self.ways, (self.items, 3), row(self.export, None))

    def show_row(self, shown: Proposal) -> None:
        self.proposal = shown
        shelves, short = corrected(shown.impact), ids_of_short(shown.impact)
        words = translate("stock", "{items} of {kitchen} corrected")
        self.title.setText(words.format(items=items_word(len(shelves)), kitchen=kitchen_name(shown, self.kitchens)))
        when = moment(shown.confirmed_at or shown.created_at, self.desk.line.now())
        self.subtitle.setText(f"{shown.made_by} ({shown.login}), {when}")
        self.said.setText(breakable(f"{reason_word(shown.code)}: {shown.reason}"))
        self.ways.setText(ways_word(shelves))
        self.items.rows.show(shelves)
        left = translate("stock", "It left {orders} short")
        self.short.title.setText(left.format(orders=orders_word(len(short))))
        self.refund.setText(
            translate("stock", "Put this one into a refund") if len(short) == 1
            else translate("stock", "Put these {n} into a refund").format(n=len(short))
        )  # fmt: skip
        self.refund.setVisible(bool(short) and "refunds" in self.desk.pages)
        self._show_orders(shown, [])
        if short:
            read = partial(orders_by_id, self.desk.db, short)
            run(self, read, then=lambda orders: self._show_orders(shown, orders), failed=self.complain)

    def _show_orders(self, shown: Proposal, orders: list[Order]) -> None:
        if self.proposal and shown.id == self.proposal.id:
            self.trouble.hide()
            self.short.show_orders(short_orders(shown.impact, orders))

    def _put_into_refund(self) -> None:
        if self.proposal:
            self.wanted.emit("refunds", ids_of_short(self.proposal.impact))


def _line(each: Corrected) -> Line:
    icon = "minus" if each.change < 0 else "plus" if each.change else "check"
    said = translate("stock", "{was} before").format(was=each.amount(each.was))
    return Line(icon, "muted", each.name, each.amount(each.on_hand), "text", said, each.change_word)


def _spoken(each: Corrected) -> str:
    return ", ".join((each.name, each.amount(each.was), each.amount(each.on_hand), each.change_word))
