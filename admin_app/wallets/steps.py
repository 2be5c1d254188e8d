"""Steps: a wallet's history as a list, newest first: why and by how much, then when, by whom, and the balance it led to."""

from PySide6.QtCore import QCoreApplication, Signal

from admin_app.lines import Line, Lines
from admin_app.wallets.explained import reason, signed, spoken, who_and_when
from core.base.money import naira
from core.qt.line import LineState
from core.qt.texts import breakable
from core.wallets import Cause, Entry

ICONS = {Cause.TOP_UP: "banknote", Cause.PAYMENT: "receipt", Cause.REVERSAL: "undo-2", Cause.REFUND: "refresh-cw"}


class Steps(Lines):
    asked_for = Signal(int)  # an order's number, of a step that is about one

    def __init__(self, line: LineState) -> None:
        def look(step: Entry) -> Line:
            tone = "muted" if line.offline_since else "okText" if step.amount > 0 else "text"
            return Line(
                ICONS.get(step.kind, "info"), "muted", breakable(reason(step)), signed(step.amount), tone, who_and_when(step, line.now()),
                f"= {naira(step.balance)}",
            )  # fmt: skip

        name = QCoreApplication.translate("wallets", "Steps, newest first")
        super().__init__(name, look, lambda step: spoken(step, line.now()), lambda step: step.number)
        self.opened.connect(self._go)

    def show_newest(self, page: list[Entry], more: bool) -> None:
        """Show a wallet's newest steps, above those already here where they follow on each other."""
        known = self.shown
        if not known or not page or page[0].customer_id != known[0].customer_id or page[-1].number > known[0].number + 1:
            self.rows.show(page, more)
        elif page[0].number >= known[0].number:  # else an answer that was overtaken
            self.rows.refresh(page, whole=False)

    def _go(self, step: Entry) -> None:
        if step.order_number is not None:
            self.asked_for.emit(step.order_number)
