"""Detail: one order: what was ordered, what it cost, how it was paid, everything that happened to it, and what may be done now."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from PySide6.QtCore import QCoreApplication, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLayout, QWidget

from admin_app.desk import Desk
from admin_app.listing import Detail, empty
from admin_app.orders.acts import Acts
from admin_app.orders.facts import Facts, read_facts
from admin_app.orders.moments import compose, late
from admin_app.orders.paid import Paid
from admin_app.orders.story import Story
from admin_app.orders.telling import took
from admin_app.orders.written import as_text
from admin_app.phone import Phone
from admin_app.reader import Reader
from core.base.money import naira
from core.live import Changes
from core.orders import ListedOrder, PricedLine, State
from core.qt.buttons import Button
from core.qt.form import right_label
from core.qt.line import clock, moment
from core.qt.states import ICONS, TONES, state_word
from core.qt.texts import breakable
from core.qt.widgets import button, chip, column, frame, label, note, pill, row, rule, scrolled, set_tone

GAP = 150  # ms between two reads
MINUTE = 60_000  # ms: lateness and waits grow
HEARD = frozenset({"orders", "payments", "proposals"})  # what may be news of an order

translate = QCoreApplication.translate


class OrderDetail(Detail):
    """Reads what it shows itself, each time something may have happened to the order."""

    wide, widest = 420, 620
    cancel = Signal(object, object)  # the order and its Facts: ask whether it is to be cancelled
    sent = Signal(str, object)  # another page, and what to show there
    said = Signal(str, str)
    exported = Signal(object, object)  # the order and its story, wanted as a file

    def __init__(self, desk: Desk, is_doubted: Callable[[UUID], bool]) -> None:
        """`is_doubted`: whether it is not known what became of what was asked about an order."""
        super().__init__()
        self.desk, self.is_doubted = desk, is_doubted
        self.setAccessibleName(self.tr("Details of the order"))
        self.order: ListedOrder | None = None
        self.facts: Facts | None = None
        self.reader = Reader(self._prepare, self._show, self.complain, self, GAP)
        self.state, self.times = pill(""), label("", 14, 500, "muted", wrap=True)
        self.total, self.lines, self.note = right_label("", 20, 600), column(spacing=8), label("", 14, 400, wrap=True)
        self.paid, self.story, self.acts, self.phone = Paid(), Story(), Acts(desk), Phone(desk)
        self.refusal = note("", "warn", "circle-alert")
        self.purse = _quiet("wallet", self.tr("The customer's wallet"))
        self.items = chip(self.tr("Items"), "admin")
        self.area = scrolled(self._inside())
        self.area.setFocusPolicy(Qt.FocusPolicy.StrongFocus)  # the arrow keys scroll it
        self.area.setAccessibleName(self.tr("Lines and story"))
        self.lay_out(row(self.state, 2, (self.times, 1), self.purse), self.phone, self.refusal, (self.area, 1), self.acts)
        self._listen()

    def show_row(self, shown: ListedOrder) -> None:
        is_other = self.order is None or shown.id != self.order.id
        self.order = shown
        self.phone.show_customer(shown.customer_id)
        if is_other:
            self.facts = None
            self.refusal.hide()
            self._show_facts()
        self.title.setText(self.tr("Order {number}").format(number=shown.number))
        self.subtitle.setText(breakable(f"{shown.customer} · {shown.kitchen}"))
        self.state.say(state_word(shown.state), TONES.get(shown.state), ICONS[shown.state])
        self.total.setText(naira(shown.total))
        self._show_story()
        self.reader.ask()

    def heard(self, changes: Changes) -> None:
        """The server told what changed: look whether it is of this order. What became of a refund comes under the refund's own id."""
        known = self.order is not None and (self.order.id in changes.objects or "proposals" in changes.nouns)
        if self.isVisible() and (changes.resync or known and changes.nouns & HEARD):
            self.reader.ask()

    def look_again(self, order_id: UUID) -> None:
        if self.order and self.order.id == order_id:
            self.reader.ask()

    def show_acts(self) -> None:
        """Offer what may be done at this moment."""
        self.acts.show_facts(self.facts, self.order is not None and self.is_doubted(self.order.id))

    def refuse(self, order_id: UUID, sentence: str) -> None:
        """Say why what was asked for was not done."""
        if self.order and self.order.id == order_id:
            self.refusal.say(sentence, "warn", "circle-alert")
            self.refusal.show()

    def copy(self) -> None:
        if self.order and self.facts:
            text = as_text(self.order, self.facts.order, self.story.entries, self.desk.line.now())
            QGuiApplication.clipboard().setText(text)
            self.said.emit(self.tr("Story copied"), self.title.text())

    def _listen(self) -> None:
        self.purse.setVisible("wallets" in self.desk.pages)
        self.purse.clicked.connect(lambda: self.sent.emit("wallets", self.order.customer_id) if self.order else None)
        self.items.toggled.connect(self.story.show_items)
        self.acts.cancel.connect(lambda: self.cancel.emit(self.order, self.facts))
        self.acts.refund.connect(lambda: self.sent.emit("refunds", [self.order.id]) if self.order else None)
        self.desk.line.changed.connect(self.show_acts)
        aging = QTimer(self, interval=MINUTE)
        aging.timeout.connect(self._show_story)
        aging.start()

    def _inside(self) -> QWidget:
        copy, export = _quiet("copy", self.tr("Copy the story as text")), _quiet("download", self.tr("Export the story as CSV"))
        copy.clicked.connect(self.copy)
        export.clicked.connect(lambda: self.exported.emit(self.order, self.facts.story) if self.facts else None)
        total = row(label(self.tr("Total"), 15, 600), (self.total, 1))
        head: QLayout = row((label(self.tr("What happened"), 16, 600), 1), self.items, copy, export, spacing=0)
        inside = QWidget()
        inside.setLayout(
            column(
                frame("sunken", column(self.lines, rule(), total, self.paid, margins=(14, 12, 14, 12))), self.note,
                column(head, rule(), spacing=2), self.story, None, margins=(0, 0, 8, 0), spacing=10,
            )
        )  # fmt: skip
        return inside

    def _prepare(self) -> Callable[[], tuple[UUID, Facts]]:
        assert self.order
        db, order_id = self.desk.db, self.order.id
        return lambda: (order_id, read_facts(db, order_id))

    def _show(self, answer: tuple[UUID, Facts]) -> None:
        order_id, facts = answer
        if self.order and order_id == self.order.id:  # else another one is shown by now, and is being read
            self.trouble.hide()
            self.facts = facts
            self._show_facts()

    def _show_facts(self) -> None:
        facts, now = self.facts, self.desk.line.now()
        self._show_lines(facts.lines if facts else [])
        self.paid.show_money(facts.money if facts else None, facts.order.state if facts else None, now)
        self.note.setText(breakable(self.tr("Note: {note}").format(note=facts.order.note)) if facts else "")
        self.note.setVisible(facts is not None and bool(facts.order.note))
        self._show_story()
        self.show_acts()

    def _show_story(self) -> None:
        """Show what happened, and how it stands against the promise at this moment."""
        facts, now = self.facts, self.desk.line.now()
        over = late(facts.order, now) if facts else None
        self.times.setText(_times(self.order, facts, over, now) if self.order else "")
        set_tone(self.times, "warn" if over else "muted")
        self.story.show_entries(compose(facts.order, facts.story, now) if facts else [])

    def _show_lines(self, lines: Sequence[PricedLine]) -> None:
        empty(self.lines)
        for each in lines:
            self.lines.addWidget(_line(each))


def _times(order: ListedOrder, facts: Facts | None, over: timedelta | None, now: datetime) -> str:
    """Say when it was placed, for when it is promised once it is, and how late it is."""
    parts = [moment(order.placed_at, now)]
    if facts and facts.order.state not in (State.AWAITING_PAYMENT, State.EXPIRED):
        parts.append(translate("orders", "promised for {time}").format(time=clock(facts.order.promised_at)))
    if over:
        parts.append(translate("orders", "late {time}").format(time=took(over)))
    return ", ".join(parts)


def _line(line: PricedLine) -> QWidget:
    """How many of what, and what that makes; of more than one, what each cost."""
    holder = QWidget()
    parts: list[QWidget] = [label(breakable(f"{line.quantity} × {line.dish}"), 15, 500, wrap=True)]
    if line.quantity > 1:
        parts.append(label(translate("orders", "{amount} each").format(amount=naira(line.unit_price)), 13, 400, "muted"))
    amount = right_label(naira(line.quantity * line.unit_price), 15, 600)
    holder.setLayout(row((column(*parts, spacing=1), 1), column(amount, None), spacing=10))
    return holder


def _quiet(icon: str, name: str) -> Button:
    push = button("", size="admin", icon=icon)
    push.setProperty("role", "quiet")
    push.setFixedWidth(44)
    push.setAccessibleName(name)
    push.setToolTip(name)
    return push
