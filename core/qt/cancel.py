"""The cancel dialog of both programs: what an order is, what goes back, and why it is cancelled. A person decides first."""

import unicodedata
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QButtonGroup, QFrame, QGridLayout, QSizePolicy, QWidget

from core.base.money import naira
from core.orders import OrderLine, OrderMoney, PricedLine, State
from core.qt import reasons as words
from core.qt.dialog import Dialog, heading
from core.qt.form import Choice, Field, entry
from core.qt.texts import breakable, cut, tip
from core.qt.widgets import button, column, label, row, scrolled

WIDTH, AIR = 880, 24  # px: how wide it is, and what stays free of the window it lies over
MARGINS = (28, 24, 28, 24)
LONGEST_NOTE, LONGEST_DISH, MOST_DISHES = 460, 60, 4  # signs (the whole reason may have 500), signs, lines

translate = QCoreApplication.translate


class Subject(NamedTuple):
    """What is to be cancelled: `fact` says where it stands ("Accepted by Bisi, 12:41"), `refund` who decides about money that stays."""

    number: int
    state: State
    fact: str
    refund: str


class CancelDialog(Dialog):
    """No reason is chosen beforehand. It stays until whoever opened it closes it, or the person goes back."""

    confirmed = Signal(str)  # the reason, as cancel_order takes it

    def __init__(
        self, parent: QWidget, subject: Subject, dishes: Sequence[OrderLine | PricedLine], money: OrderMoney | None, touch: bool = False
    ) -> None:
        """`money` is None while it is being asked for: show_money() tells it. `touch`: it is large enough for a finger."""
        title = translate("cancel", "Cancel order {number}?").format(number=subject.number)
        super().__init__(parent, title)
        self.subject, self.dishes, self.money = subject, dishes, money
        self.asking, self.busy = money is None, False
        self.picked: str | None = None
        self.rows = {code: Choice(words.reason_word(code), detail, "") for code, detail in reasons(subject.state)}
        self.note = entry("touch" if touch else None)
        self.note.setMaxLength(LONGEST_NOTE)
        self.note.textChanged.connect(self._show_button)
        self.note_field = Field(self.tr("Note"), self.note)
        self.money_card = _Card(self.tr("Money"), cooking_began(subject.state))
        self.trouble = label("", 15, 600, "danger", wrap=True)
        self.trouble.hide()
        size = "touch_large" if touch else "admin"
        self.back = button(self.tr("Keep the order"), None, size)
        self.back.setToolTip(tip(self.tr("Escape")))
        self.back.clicked.connect(self.reject)
        self.act = button("", "danger", size)
        self.act.setMinimumWidth(240)
        self.act.clicked.connect(self._confirm)
        self.inside = self._inside()
        self.body = scrolled(self.inside)
        self._lay_out(title)
        self._show()
        self.setFocus()  # not on a choice: none of them is to look chosen

    def show_money(self, money: OrderMoney | None) -> None:
        """Tell what was paid and goes back; None when it could not be asked."""
        self.money, self.asking = money, False
        self._show()

    def take_up(self, picked: str | None, note: str) -> None:
        """Choose and type again what was chosen and typed before, as far as it is still offered."""
        if picked in self.rows:
            self.rows[picked].radio.setChecked(True)
        self.note.setText(note)

    def complain(self, sentence: str) -> None:
        """Say why it was not cancelled. The person can try again, or go back."""
        self.busy = False
        self.trouble.setText(sentence)
        self.trouble.setVisible(bool(sentence))
        self._show_button()
        self._fit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self.hasFocus() and event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            next(iter(self.rows.values())).radio.setFocus()
        elif event.key() != Qt.Key.Key_Escape or not self.busy:  # what is under way cannot be left
            super().keyPressEvent(event)

    def _lay_out(self, title: str) -> None:
        fact = self.tr("{who}. Nothing has been cancelled yet.").format(who=self.subject.fact)
        head, foot = heading(title, fact, "triangle-alert", "warnText"), row(self.back, None, self.act)
        self.setFixedWidth(min(WIDTH, self._over.window().width() - AIR))
        self.set_content(column(head, self.body, self.trouble, foot, margins=MARGINS, spacing=14))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        for before, after in pairwise((self, *(choice.radio for choice in self.rows.values()), self.note, self.back, self.act)):
            self.setTabOrder(before, after)

    def _inside(self) -> QWidget:
        group, grid = QButtonGroup(self), QGridLayout()
        grid.setSpacing(8)
        for place, (code, choice) in enumerate(self.rows.items()):
            group.addButton(choice.radio)
            choice.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)  # as high as its neighbour
            choice.picked.connect(lambda code=code: self._pick(code))
            grid.addWidget(choice, place // 2, place % 2)
        grid.addWidget(self.note_field, len(self.rows) // 2, len(self.rows) % 2)
        for across in (0, 1):
            grid.setColumnStretch(across, 1)
        inside, stock, dishes = QWidget(), _Card(self.tr("Stock")), _Card(self.tr("In the order"))
        stock.say("", *stock_effect(self.subject.state))
        dishes.say("", contents(self.dishes))
        cards = row((dishes, 4), (self.money_card, 5), (stock, 4), spacing=14)
        inside.setLayout(column(cards, 2, label(self.tr("Why is it cancelled?"), 16, 600), grid, spacing=10))
        return inside

    def _show(self) -> None:
        self.money_card.say(*money_effect(self.subject, self.money, self.asking))
        self._show_button()
        self._fit()

    def _fit(self) -> None:
        """Be as high as what is said, or as the window: then the middle scrolls and the buttons stay in reach."""
        needed = self.inside.heightForWidth(self.width() - MARGINS[0] - MARGINS[2])
        self.body.setFixedHeight(0)
        round_it = self.sheet.heightForWidth(self.width())
        self.body.setFixedHeight(min(needed, self._over.window().height() - AIR - round_it))
        self.setFixedHeight(round_it + self.body.height())

    def _pick(self, code: str) -> None:
        self.picked = code
        self._show_button()

    @property
    def reason(self) -> str:
        """What was chosen and typed, as it is stored; "" while that says nothing yet."""
        note = unicodedata.normalize("NFC", self.note.text().strip())
        if self.picked in (None, words.OTHER):
            return note if self.picked else ""
        return f"{self.picked}: {note}" if note else f"{self.picked}"

    def _show_button(self) -> None:
        missing = self._missing()
        self.note.setPlaceholderText(
            self.tr("Say what happened") if self.picked == words.OTHER else self.tr("Only if there is more to say")
        )
        self.act.setText(self.tr("Cancelling…") if self.busy else missing or act(self.subject, self.money))
        self.act.setEnabled(not missing and not self.busy)
        self.back.setEnabled(not self.busy)

    def _missing(self) -> str:
        """Say what must be there before it can be cancelled; "" when it is."""
        if self.picked is None:
            return self.tr("Choose a reason above")
        if not self.reason:
            return self.tr("Say in the note what happened")
        if self.money is None and not cooking_began(self.subject.state):
            return self.tr("Asking what was paid…") if self.asking else self.tr("Not possible: what was paid is not known")
        return ""

    def _confirm(self) -> None:
        self.trouble.hide()
        self.busy = True
        self._show_button()
        self.confirmed.emit(self.reason)


class _Card(QFrame):
    """One of the facts side by side: its name, a large figure if it has one, and what it means."""

    def __init__(self, title: str, warns: bool = False) -> None:
        super().__init__()
        self.setProperty("role", "cardNow" if warns else "sunken")
        self.figure = label("", 26, 700)
        self.first = label("", 15, 600, wrap=True)
        self.rest = label("", 14, 400, "muted", wrap=True)
        top = label(title, 14, 600, "warn" if warns else "muted")
        self.setLayout(column(top, self.figure, self.first, self.rest, None, margins=(18, 14, 18, 14), spacing=4))

    def say(self, figure: str, first: str, rest: str = "") -> None:
        for words_there, text in ((self.figure, figure), (self.first, first), (self.rest, rest)):
            words_there.setText(text)
            words_there.setVisible(bool(text))


def cooking_began(state: State) -> bool:
    """Tell whether cancelling moves no money and no stock any more."""
    return state not in (State.AWAITING_PAYMENT, State.PLACED, State.ACCEPTED)


def reasons(state: State) -> list[tuple[str, str]]:
    """Return the reasons that can be true of an order that stands there, each with what it means."""
    missing = (words.OUT_OF_STOCK, translate("cancel", "Something in it has run out."))
    spoiled = (words.SPOILED, translate("cancel", "It cannot be given to anybody."))
    cannot = (words.CANNOT_COOK, translate("cancel", "No gas, no power, or nobody to do it."))
    return [
        *([spoiled, missing] if cooking_began(state) else [missing, cannot]),
        (words.CUSTOMER_ASKED, translate("cancel", "They do not want it any more.")),
        (words.DUPLICATE, translate("cancel", "The same order is there twice.")),
        (words.OTHER, translate("cancel", "Say in the note what happened.")),
    ]


def contents(dishes: Sequence[OrderLine | PricedLine]) -> str:
    """Say what is in it, line by line: "2 × Jollof rice"."""
    told = [f"{line.quantity} × {breakable(cut(line.dish, LONGEST_DISH))}" for line in dishes[:MOST_DISHES]]
    more = len(dishes) - len(told)
    return "\n".join([*told, *([translate("cancel", "and {n} more").format(n=more)] if more > 0 else [])])


def money_effect(subject: Subject, money: OrderMoney | None, asking: bool) -> tuple[str, ...]:
    """Say what happens to the money: the amount, what becomes of it, what to know."""
    if cooking_began(subject.state):
        stays = translate("cancel", "Cooking has begun: no money goes back by itself.")
        paid = translate("cancel", "{amount} was paid.").format(amount=naira(money.paid - money.reversed - money.refunded)) if money else ""
        return "", stays, f"{paid} {subject.refund}".strip()
    if money is None and asking:
        return "", translate("cancel", "Asking what was paid…")
    if money is None:
        return "", translate("cancel", "What was paid could not be asked."), translate("cancel", "Go back and try again.")
    if money.gives_back == 0:
        return naira(0), translate("cancel", "Nothing is left to give back.")
    return naira(money.gives_back), translate("cancel", "goes back to the customer's wallet")


def stock_effect(state: State) -> tuple[str, ...]:
    """Say what happens to the stock."""
    if cooking_began(state):
        used = translate("cancel", "What was used stays used.")
        return used, translate("cancel", "Count the shelf if some of it can go back.")
    return translate("cancel", "What it held is free again."), translate("cancel", "It can be sold at once.")


def act(subject: Subject, money: OrderMoney | None) -> str:
    """Say what the button will do, with the amount in it."""
    if cooking_began(subject.state):
        said = translate("cancel", "Cancel order {number}, no money goes back")
    elif money and money.gives_back:
        said = translate("cancel", "Cancel order {number} and give back {amount}")
    else:
        said = translate("cancel", "Cancel order {number}, nothing to give back")
    return said.format(number=subject.number, amount=naira(money.gives_back if money else 0))
