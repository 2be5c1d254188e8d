"""Detail: one customer: how they stand, their wallet in one line, what was refunded, and their orders."""

from collections.abc import Callable
from functools import partial
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QLayout

from admin_app.customers.bought import Bought
from admin_app.customers.columns import SUSPENDED_ICON, last_order, refunds_words, state_word
from admin_app.desk import Desk
from admin_app.listing import Detail
from admin_app.phone import Phone
from core.base.money import naira
from core.customers import CustomerOrder, ListedCustomer, customer_orders
from core.qt import theme
from core.qt.form import right_label
from core.qt.task import run
from core.qt.texts import breakable
from core.qt.widgets import button, column, frame, label, pill, row, rule, set_tone
from core.staff import Role

PAGE = 50
SUSPENDING = frozenset({Role.FINANCE_ADMIN, Role.OWNER_ADMIN})


class CustomerDetail(Detail):
    """Reads the orders itself, each time the customer changed."""

    wide = 400
    sent = Signal(str, object)  # another page, and what to show there
    suspended = Signal(list)  # customers who are to be suspended, or taken back

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.setAccessibleName(self.tr("Details of the customer"))
        self.customer: ListedCustomer | None = None
        self.state, self.frozen = pill(""), pill(self.tr("Frozen"), "warn", "lock")
        self.balance = right_label("", 20, 600)
        self.phone = Phone(desk)
        self.bought, self.last, self.refunded = (right_label("", 15, 500) for _ in range(3))
        self.wallet = button(self.tr("Open the wallet"), None, "admin", "wallet")
        self.wallet.setVisible("wallets" in desk.pages)
        self.wallet.clicked.connect(lambda: self.sent.emit("wallets", self.customer.id) if self.customer else None)
        self.chosen: list[ListedCustomer] = []  # those who are suspended or taken back: the one that is shown, and others
        self.chosen_with: Callable[[ListedCustomer], list[ListedCustomer]] = lambda shown: [shown]
        self.suspend = button(self.tr("Suspend …"), None, "admin", SUSPENDED_ICON)
        self.suspend.setVisible(desk.me.role in SUSPENDING)
        self.suspend.clicked.connect(lambda: self.suspended.emit(self.chosen))
        self.orders = Bought(desk.line)
        self.none = label("", 15, 400, "muted", wrap=True)
        self.orders.rows.wanted.connect(self._read_older)
        self.orders.opened.connect(lambda order: self.sent.emit("orders", order.number))
        desk.line.changed.connect(self._show_age)
        acts = column(row(self.wallet, None), row(self.suspend, None), spacing=8)
        head = row(self.state, 4, (self.phone, 1))
        orders = label(self.tr("Orders"), 16, 600)
        self.lay_out(head, frame("sunken", self._facts()), acts, 4, orders, rule(), self.none, (self.orders, 1))

    def show_row(self, shown: ListedCustomer) -> None:
        if self.customer is None or shown.id != self.customer.id:
            self.orders.rows.show([])
            self.none.setText(self.tr("Reading the orders …"))
            self.none.show()
        self.customer = shown
        self.phone.show_customer(shown.id)
        self.title.setText(breakable(shown.name))
        self.subtitle.setText(shown.phone)
        self.state.say(state_word(shown), None if shown.active else "danger", None if shown.active else SUSPENDED_ICON)
        self.balance.setText(naira(shown.balance))
        self.frozen.setVisible(shown.frozen_at is not None)
        self.bought.setText(f"{shown.orders:,}")
        self.last.setText(last_order(shown, self.desk.line))
        self.refunded.setText(refunds_words(shown))
        self._show_age()
        self._read(shown.id)
        self.show_chosen()

    def show_chosen(self) -> None:
        """Say to how many it would be done."""
        if self.customer is None:
            return
        chosen = self.chosen = self.chosen_with(self.customer)
        one = self.tr("Suspend …") if chosen[0].active else self.tr("Take back …")
        many = self.tr("Suspend these {n} …") if chosen[0].active else self.tr("Take back these {n} …")
        self.suspend.setText(one if len(chosen) == 1 else many.format(n=len(chosen)))
        self.suspend.setIcon(theme.qicon(SUSPENDED_ICON if chosen[0].active else "undo-2", "text"))

    def _facts(self) -> QLayout:
        lines = ((self.tr("Orders"), self.bought), (self.tr("Last order"), self.last), (self.tr("Refunded"), self.refunded))
        wallet = row(_name(self.tr("Wallet")), self.frozen, (self.balance, 1), spacing=10)
        return column(wallet, *(row(_name(name), (value, 1), spacing=16) for name, value in lines), margins=(14, 10, 14, 10), spacing=6)

    def _show_age(self) -> None:
        set_tone(self.balance, "muted" if self.desk.line.offline_since else None)
        self.suspend.setEnabled(self.desk.line.can_save)

    def _read(self, customer_id: UUID) -> None:
        read = partial(customer_orders, self.desk.db, customer_id, limit=PAGE)
        run(self, read, then=lambda page: self._newest(customer_id, page), failed=self._unread)

    def _read_older(self, last: CustomerOrder) -> None:
        read = partial(customer_orders, self.desk.db, last.customer_id, before=(last.placed_at, last.id), limit=PAGE)
        run(self, read, then=lambda page: self._older(last.customer_id, page), failed=self.complain)

    def _newest(self, customer_id: UUID, page: list[CustomerOrder]) -> None:
        if self._is_shown(customer_id):
            self.trouble.hide()
            self.none.setText(self.tr("This customer has not ordered yet."))
            self.none.setVisible(not page)
            self.orders.show_newest(page, len(page) == PAGE)

    def _older(self, customer_id: UUID, page: list[CustomerOrder]) -> None:
        if self._is_shown(customer_id):
            self.orders.rows.append(page, len(page) == PAGE)

    def _unread(self, error: Exception) -> None:
        self.none.hide()
        self.complain(error)

    def _is_shown(self, customer_id: UUID) -> bool:
        return self.customer is not None and self.customer.id == customer_id


def _name(text: str) -> QLabel:
    return label(text, 15, 400, "muted")
