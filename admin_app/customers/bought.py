"""Bought: a customer's orders as a list, newest first: state and total, then kitchen and time, and what went back."""

from PySide6.QtCore import QCoreApplication

from admin_app.lines import Line, Lines
from core.base.money import naira
from core.customers import CustomerOrder
from core.orders import State
from core.qt.line import LineState, moment
from core.qt.states import ICONS, state_word, token

translate = QCoreApplication.translate


def what(order: CustomerOrder) -> str:
    return f"{order.number} · {state_word(State(order.state))}"


def went_back(order: CustomerOrder) -> str:
    """Say what of the money went back, and how; "" where none did."""
    ways = ((order.refunded, translate("customers", "{amount} refunded")), (order.reversed, translate("customers", "{amount} given back")))
    return ", ".join(words.format(amount=naira(amount)) for amount, words in ways if amount)


class Bought(Lines):
    def __init__(self, line: LineState) -> None:
        def where(order: CustomerOrder) -> str:
            return f"{order.kitchen} · {moment(order.placed_at, line.now())}"

        def look(order: CustomerOrder) -> Line:
            state = State(order.state)
            tone = "muted" if line.offline_since else "text"
            return Line(ICONS[state], token(state), what(order), naira(order.total), tone, where(order), went_back(order))

        def spoken(order: CustomerOrder) -> str:
            named = translate("customers", "Order {number}").format(number=order.number)
            said = (named, state_word(State(order.state)), naira(order.total), where(order), went_back(order))
            return ", ".join(part for part in said if part)

        super().__init__(translate("customers", "Orders, newest first"), look, spoken, lambda order: order.id)
        self.setToolTip(translate("customers", "Enter or a double click shows the order"))

    def show_newest(self, page: list[CustomerOrder], more: bool) -> None:
        """Show a customer's newest orders, above those already here where they follow on each other."""
        known = {order.id for order in self.shown}
        if known and any(order.id in known for order in page):
            self.rows.refresh(page, whole=False)
        else:
            self.rows.show(page, more)
