"""The conflict dialog: a count or a correction met a shelf that had changed. A person decides, and nothing is saved before."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from typing import Any, NamedTuple

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QWidget

from core.base.quantity import shown
from core.qt.dialog import Dialog, heading
from core.qt.form import Choice, choices
from core.qt.line import LineState, moment
from core.qt.texts import breakable, cut, tip
from core.qt.widgets import button, column, frame, label, row, scrolled
from core.stock import Item
from kitchen_app.stock import words
from kitchen_app.stock.causes import Now, read
from kitchen_app.stock.kinds import Draft

WIDTH, ROUND = 880, 250  # px: how wide it is, and the height of all but the figures and the choices
MARGINS = (28, 24, 28, 24)
LONGEST_NAME, LONGEST_NOTE = 90, 60  # signs

translate = QCoreApplication.translate


@dataclass(frozen=True)
class Decision:
    """What shall stand on the shelf, given how it stands now; None leaves it as it is."""

    quantity: int | None
    now: Now


class Way(NamedTuple):
    """One way on: what it does, when it is right, and what will stand on the shelf."""

    title: str
    detail: str
    result: int
    saves: bool = True


class ConflictDialog(Dialog):
    """You saw, now, you want; three ways on, none of them chosen beforehand. It stays until one is saved or the person goes back."""

    decided = Signal(object)

    def __init__(self, parent: QWidget, item: Item, draft: Draft, quantity: int, facts: dict[str, Any], line: LineState) -> None:
        name = breakable(cut(item.name, LONGEST_NAME))
        title = translate("conflict", "{name} changed while you were editing").format(name=name)
        super().__init__(parent, title)
        self.item, self.draft, self.quantity, self.line = item, draft, quantity, line
        self.movements, self.more = list(facts["movements"]), int(facts["more"])
        self.now = read(facts, item)
        self.room = parent.window().height() - ROUND
        self.ways: list[Way] = []
        self.rows: list[Choice] = []
        self.picked: int | None = None
        self.busy = False
        self.body = scrolled()  # on a small screen the buttons stay in reach
        self.trouble = label("", 15, 600, "danger", wrap=True)
        self.trouble.hide()
        self.back = button(self.tr("Back to editing"), None, "touch_large")
        self.back.setToolTip(tip(self.tr("Escape")))
        self.back.clicked.connect(self.reject)
        self.save = button("", "primary", "touch_large")
        self.save.setMinimumWidth(240)
        self.save.clicked.connect(self._decide)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setFixedWidth(min(WIDTH, parent.window().width() - 24))
        head = heading(title, self.tr("Nothing has been saved yet."), "triangle-alert", "warnText")
        foot = row(self.back, None, self.save)
        self.set_content(column(head, self.body, self.trouble, foot, margins=MARGINS, spacing=14))
        self._show()
        self.setFocus()  # not on a choice: none of them is to look chosen
        line.changed.connect(self._show_button)

    def restate(self, facts: dict[str, Any]) -> None:
        """It changed once more: show how it stands now; what was chosen stays chosen."""
        self.movements += facts["movements"]  # these are only the ones since the last look
        self.more += facts["more"]
        self.now = read(facts | {"movements": self.movements, "more": self.more}, self.item)
        self._show()
        self.complain(self.tr("It changed again while you were choosing, so nothing was saved. Look at the figures once more."))

    def complain(self, sentence: str) -> None:
        """Say why nothing was saved. The person can choose again, or go back."""
        self.busy = False
        self.trouble.setText(sentence)
        self.trouble.setVisible(bool(sentence))
        self._show_button()
        self.adjustSize()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self.hasFocus() and event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self.rows[0].radio.setFocus()
        elif event.key() != Qt.Key.Key_Escape or not self.busy:  # what is under way cannot be left
            super().keyPressEvent(event)

    def _show(self) -> None:
        self.ways = ways(self.item, self.draft, self.quantity, self.now)
        self.rows = [Choice(way.title, way.detail, words.amount(way.result, self.item)) for way in self.ways]
        for place, (choice, way) in enumerate(zip(self.rows, self.ways, strict=True)):
            choice.setEnabled(way.result >= 0)
            choice.picked.connect(lambda place=place: self._pick(place))
        inside = QWidget()
        asks = label(self.tr("What should be saved?"), 16, 600)
        inside.setLayout(column(self._amounts(), 2, asks, choices(*self.rows), spacing=10))
        self.body.setWidget(inside)
        needed = inside.heightForWidth(self.width() - MARGINS[0] - MARGINS[2])
        self.body.setFixedHeight(min(needed, self.room))
        for before, after in pairwise((self, *(choice.radio for choice in self.rows), self.back, self.save)):
            self.setTabOrder(before, after)
        if self.picked is not None and self.rows[self.picked].isEnabled():
            self.rows[self.picked].radio.setChecked(True)
            self.rows[self.picked].radio.setFocus()
        else:
            self.picked = None
        self._show_button()

    def _amounts(self) -> QWidget:
        item, seen, now = self.item, self.draft.seen, self.now
        when = self.line.now()
        moved = self.tr("{difference} since then").format(difference=words.change(now.on_hand - seen.on_hand, item))
        if now.on_hand == seen.on_hand:
            moved = self.tr("The same amount again, but it moved")
        mine = self.tr("{difference} on what you saw").format(difference=words.change(self.quantity - seen.on_hand, item))
        why = words.reason(self.draft.reason) or self.draft.kind.title()
        note = cut(self.draft.note, LONGEST_NOTE)
        three = QWidget()
        cards = (
            _card("sunken", None, self.tr("You saw"), moment(self.draft.seen_at, when), seen.on_hand, item, [_counted(seen, when)]),
            _card("cardNow", "warn", self.tr("Now"), moment(now.at, when), now.on_hand, item, [moved, *now.causes]),
            _card("cardWant", "primary", self.tr("You want"), self.tr("not saved"), self.quantity, item, [mine, why, note]),
        )
        three.setLayout(row(*((card, 1) for card in cards), spacing=14))
        return three

    def _pick(self, place: int) -> None:
        self.picked = place
        self._show_button()

    def _show_button(self) -> None:
        way = None if self.picked is None else self.ways[self.picked]
        if way is None:
            words_now = self.tr("Choose one above")
        elif way.saves:
            words_now = self.tr("Save {amount}").format(amount=words.amount(way.result, self.item))
        else:
            words_now = self.tr("Keep {amount}").format(amount=words.amount(way.result, self.item))
        if self.busy:
            words_now = self.tr("Saving…")
        self.save.setText(words_now)
        allowed = way is not None and (self.line.can_save or not way.saves)
        self.save.setEnabled(allowed and not self.busy)
        self.back.setEnabled(not self.busy)

    def _decide(self) -> None:
        assert self.picked is not None
        way = self.ways[self.picked]
        self.trouble.hide()
        self.busy = way.saves
        self._show_button()
        self.decided.emit(Decision(way.result if way.saves else None, self.now))


def ways(item: Item, draft: Draft, quantity: int, now: Now) -> list[Way]:
    """Return the ways on. Who counted exactly what they had seen has no difference to add."""
    difference = quantity - draft.seen.on_hand
    amount, recorded = words.amount(quantity, item), words.change(quantity - now.on_hand, item)
    add = translate("conflict", "Add my {difference} to what is there now").format(difference=words.change(difference, item))
    add_when = translate("conflict", "Right when you know what came or went.")
    if now.on_hand + difference < 0:
        add_when = translate("conflict", "Not possible: that would be less than nothing.")
    set_when = translate("conflict", "Right when you have just counted the shelf. Recorded as {difference}.")
    return [
        *([Way(add, add_when, now.on_hand + difference)] if difference else []),
        Way(translate("conflict", "Set it to {amount}").format(amount=amount), set_when.format(difference=recorded), quantity),
        Way(translate("conflict", "Leave it as it is now"), translate("conflict", "What you typed is thrown away."), now.on_hand, False),
    ]


def _counted(seen: Item, now: datetime) -> str:
    if not seen.counted_at:
        return translate("conflict", "Not counted before")
    words_then = translate("conflict", "Counted {when} by {name}")
    return words_then.format(when=moment(seen.counted_at, now), name=seen.counted_by or translate("stock", "Somebody"))


def _card(role: str, tone: str | None, title: str, aside: str, quantity: int, item: Item, lines: Sequence[str]) -> QFrame:
    """Lay out one of the three amounts, and under it where it comes from."""
    number = row(label(shown(quantity, item.unit_size), 40, 700), label(item.unit, 17, 500, "muted"), None, spacing=6)
    told = [label(breakable(line), 14, 400, "muted", wrap=True) for line in lines if line]
    if told:
        told[0].setProperty("tone", "")
    top = row(label(title, 15, 600, tone), None, label(aside, 13, 400, "muted"))
    return frame(role, column(top, number, *told, None, margins=(18, 14, 18, 14), spacing=3))
