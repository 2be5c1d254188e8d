"""Choosing the orders of a refund by a rule: whose, from when until when, where they are now, and how they were paid."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QCoreApplication, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QButtonGroup, QLayout, QWidget

from admin_app.choice import ChoiceField
from admin_app.desk import Desk
from admin_app.refunds.choose_reading import MOST_COUNTED, count_like
from admin_app.refunds.choose_scope import RuleScope
from admin_app.refunds.choose_sentence import Sentence
from admin_app.refunds.choose_time import TimePick
from admin_app.refunds.words import card_waits
from core.kitchens import Kitchen, kitchens
from core.orders import State
from core.qt.buttons import Button
from core.qt.states import state_word
from core.qt.task import run, unless_expected
from core.qt.widgets import chip, column, frame, label, row

PAUSE = 400  # ms after the last change: what is chosen in several steps is counted once
EVERY, ACROSS = "every", 4
NARROW = 1000  # px: below it the parts of the rule stand below each other
STATES = (State.PLACED, State.ACCEPTED, State.PREPARING, State.READY, State.OUT, State.DELIVERED, State.CANCELLED)  # those that were paid

translate = QCoreApplication.translate


class RulePanel(QWidget):
    """Nothing is chosen beforehand: "any" is chosen like everything else."""

    changed = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.kitchen = ChoiceField(translate("refunds", "Orders of"), translate("refunds", "Choose a kitchen"))
        self.time = TimePick(desk.line)
        self.any_state = chip(translate("refunds", "Any state"), "admin")
        self.states = {each: chip(state_word(each), "admin") for each in STATES}
        self.ways: dict[str, Button] = {
            "": chip(translate("refunds", "In any way"), "admin"), "wallet": chip(translate("refunds", "From the wallet"), "admin"),
            "card": chip(translate("refunds", "By card"), "admin"),
        }  # fmt: skip
        self.group = QButtonGroup(self)
        self.said, self.count = Sentence(), label("", 15, 600)
        self.told = frame("sunken", column(self.said, self.count, margins=(18, 14, 18, 14), spacing=6))
        self._soon = QTimer(self, singleShot=True, interval=PAUSE)
        self._counted: RuleScope | None = None
        self.setLayout(self._laid_out())
        self._listen()
        self._show()
        run(self, lambda: kitchens(desk.db), then=self._offer, failed=unless_expected)

    @property
    def scope(self) -> RuleScope | None:
        """The rule; None while a part of it was not chosen."""
        span = self.time.span
        if self.missing() or span is None:
            return None
        chosen = self.kitchen.value
        kitchen = chosen if isinstance(chosen, Kitchen) else None
        named = tuple(state for state, push in self.states.items() if push.isChecked())
        name = kitchen.name if kitchen else ""
        return RuleScope(kitchen.id if kitchen else None, name, *span, named, self._pay_with() or None)

    def missing(self) -> str:
        """Say what must be chosen first; "" when all is."""
        if self.kitchen.value is None:
            return translate("refunds", "Choose a kitchen first.")
        if self.time.span is None:
            return self.time.why_not if self.time.group.checkedId() >= 0 else translate("refunds", "Choose the time first.")
        if not self.any_state.isChecked() and not any(push.isChecked() for push in self.states.values()):
            return translate("refunds", "Choose where the orders are.")
        return translate("refunds", "Choose how they were paid.") if self._pay_with() is None else ""

    def clear(self) -> None:
        self.kitchen.choose(None)
        self.time.clear()
        self.group.setExclusive(False)
        for push in (self.any_state, *self.states.values(), *self.ways.values()):
            push.setChecked(False)
        self.group.setExclusive(True)
        self._show()

    def _pay_with(self) -> str | None:
        return next((way for way, push in self.ways.items() if push.isChecked()), None)

    def _laid_out(self) -> QLayout:
        back = translate("refunds", "The money goes back to where it came from: wallets at once; cards in 3 to 5 days ({waits}).")
        states = _part(translate("refunds", "that are now"), _chips([self.any_state, *self.states.values()]))
        paid = _part(translate("refunds", "and were paid"), row(*self.ways.values(), None, spacing=8))
        self.first = row((column(self.kitchen, None), 1), (_part(translate("refunds", "placed"), self.time), 1), spacing=28)
        self.second = row((states, 1), (paid, 1), spacing=28)
        told = label(back.format(waits=card_waits()), 14, 400, "muted", wrap=True)
        return column(self.first, self.second, self.told, told, None, margins=(0, 0, 6, 0), spacing=18)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        ways = QBoxLayout.Direction
        for part in (self.first, self.second):
            part.setDirection(ways.TopToBottom if event.size().width() < NARROW else ways.LeftToRight)

    def _listen(self) -> None:
        for push in self.ways.values():
            self.group.addButton(push)
            push.toggled.connect(self._show)
        for push in (self.any_state, *self.states.values()):
            push.clicked.connect(lambda on, push=push: self._pick_state(push, on))
        self.kitchen.changed.connect(self._show)
        self.time.changed.connect(self._show)
        self._soon.timeout.connect(self._count)

    def _pick_state(self, picked: Button, on: bool) -> None:
        """Any state is either that or some of them."""
        others = [*self.states.values()] if picked is self.any_state else [self.any_state]
        for push in others if on else []:
            push.setChecked(False)
        self._show()

    def _offer(self, found: list[Kitchen]) -> None:
        self.kitchen.offer([(translate("refunds", "Every kitchen"), EVERY), *((kitchen.name, kitchen) for kitchen in found)])

    def _show(self) -> None:
        """Say the rule as one sentence, as soon as it is one."""
        scope = self.scope
        self.told.setVisible(scope is not None)
        if scope:
            self.said.say(scope.parts(self.desk.line.now()))
            if scope != self._counted:
                self.count.setText(translate("refunds", "Counting …"))
                self._soon.start()
        self.changed.emit()

    def _count(self) -> None:
        if scope := self.scope:
            self._counted = scope
            run(self, partial(count_like, self.desk.db, scope), then=partial(self._tell, scope), failed=partial(self._uncounted, scope))

    def _tell(self, scope: RuleScope, count: int) -> None:
        if scope == self._counted:
            many = translate("refunds", "More than {n} orders are like this now.").format(n=MOST_COUNTED)
            one, none = translate("refunds", "1 order is like this now."), translate("refunds", "No order is like this now.")
            words = translate("refunds", "{n} orders are like this now.").format(n=f"{count:,}")
            self.count.setText(many if count > MOST_COUNTED else one if count == 1 else words if count else none)

    def _uncounted(self, scope: RuleScope, error: Exception) -> None:
        unless_expected(error)
        if scope == self._counted:
            self._counted = None
            self.count.setText(translate("refunds", "How many orders are like this could not be read."))


def _chips(chips: Sequence[Button]) -> QLayout:
    """Lay them out in rows that also fit into a small window."""
    rows = [row(*chips[first : first + ACROSS], None, spacing=8) for first in range(0, len(chips), ACROSS)]
    return column(*rows, spacing=8)


def _part(name: str, inside: QWidget | QLayout) -> QLayout:
    return column(label(name, 15, 600), inside, None, spacing=6)
