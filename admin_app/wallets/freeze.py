"""Freeze: the dialog that stops money from leaving a wallet, or lets it leave again. It says what will happen, and asks why."""

import unicodedata
from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLabel, QWidget

from admin_app.wallets.columns import FROZEN_ICON, OPEN_ICON
from admin_app.wallets.explained import frozen_words
from core.base.money import naira
from core.customers import CustomerOrder
from core.qt.dialog import Dialog, heading
from core.qt.form import Field, entry
from core.qt.line import LineState
from core.qt.texts import breakable, cut
from core.qt.widgets import Picture, button, column, frame, label, row
from core.wallets import ListedWallet

WIDTH, MARGINS = 640, (28, 24, 28, 24)  # px
LONGEST_REASON, LONGEST_NAME, MOST_NAMED = 500, 60, 3

translate = QCoreApplication.translate


class FreezeDialog(Dialog):
    """Nothing is chosen or written beforehand. It stays until whoever opened it closes it, or the person goes back."""

    confirmed = Signal(str)  # the reason

    def __init__(self, parent: QWidget, wallet: ListedWallet, line: LineState) -> None:
        self.wallet, self.line, self.opens = wallet, line, wallet.frozen_at is not None
        asked = translate("freeze", "Freeze the wallet of {customer}?"), translate("freeze", "Unfreeze the wallet of {customer}?")
        super().__init__(parent, asked[self.opens].format(customer=cut(wallet.customer, LONGEST_NAME)))
        self.setFixedWidth(WIDTH)
        self.busy, self.over = False, ""  # over: why there is nothing left to do
        self.waiting = label(unasked(), 15, 400, wrap=True)
        self.reason = entry()
        self.reason.setMaxLength(LONGEST_REASON)
        told = self.tr("It is kept for ever, and told to whoever tries to pay from this wallet.")
        self.field = Field(self.tr("Reason"), self.reason, self.tr("It is kept for ever.") if self.opens else told)
        self.trouble = label("", 15, 600, "danger", wrap=True)
        self.trouble.hide()
        self.back = button("", None, "touch")
        kind, icon = ("primary", OPEN_ICON) if self.opens else ("danger", FROZEN_ICON)
        self.act = button(self.windowTitle(), kind, "touch", icon)
        self.act.setMinimumWidth(220)
        self.back.clicked.connect(self.reject)
        self.act.clicked.connect(self._confirm)
        self.reason.textChanged.connect(self.field.clear)
        self.reason.textChanged.connect(self._show)
        line.changed.connect(self._show)
        self._lay_out()
        self._show()
        self.reason.setFocus()

    def show_waiting(self, orders: Sequence[CustomerOrder] | None) -> None:
        """Tell which card orders wait for their payment; None when that could not be asked."""
        self.waiting.setText(unasked() if orders is None else waiting_words(orders))
        self._fit()

    def complain(self, sentence: str, of_reason: bool = False) -> None:
        """Say why it was not done, under the reason where that is wrong. What was typed stays; the person tries again, or goes back."""
        self.busy = False
        if of_reason:
            self.field.complain(sentence)
        self.trouble.setText("" if of_reason else sentence)
        self.trouble.setVisible(bool(self.trouble.text()))
        self._show()

    def give_up(self, sentence: str) -> None:
        """Say that there is nothing left to do here."""
        self.over = self.tr("Nothing left to do")
        self.complain(sentence)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self.busy:  # what is under way cannot be left
            super().keyPressEvent(event)

    def _lay_out(self) -> None:
        now = self.line.now()
        fact = frozen_words(self.wallet, now) if self.opens else self.tr("Nothing has been changed yet.")
        head = heading(breakable(self.windowTitle()), breakable(fact), OPEN_ICON if self.opens else FROZEN_ICON, "warnText")
        effects = [_effect(icon, label(words, 15, 400, wrap=True)) for icon, words in effects_of(self.wallet)]
        if not self.opens:
            effects.insert(2, _effect("clock", self.waiting))
        facts = frame("sunken", column(*effects, margins=(16, 14, 16, 14), spacing=10))
        self.set_content(column(head, facts, self.field, self.trouble, row(self.back, None, self.act), margins=MARGINS, spacing=16))

    @property
    def said(self) -> str:
        """What was typed, as it is stored."""
        return unicodedata.normalize("NFC", self.reason.text().strip())

    def _show(self) -> None:
        act = self.tr("Unfreeze {amount}") if self.opens else self.tr("Freeze {amount}")
        busy = self.tr("Unfreezing …") if self.opens else self.tr("Freezing …")
        missing = self.over or self._missing()
        self.act.setText(busy if self.busy else missing or act.format(amount=naira(self.wallet.balance)))
        self.act.setEnabled(not missing and not self.busy)
        self.back.setText(self.tr("Close") if self.over else self.tr("Leave it frozen") if self.opens else self.tr("Leave it open"))
        self.back.setEnabled(not self.busy)
        self.reason.setReadOnly(self.busy)
        self._fit()

    def _fit(self) -> None:
        """Be exactly as high as what is said."""
        self.setFixedHeight(self.sheet.heightForWidth(WIDTH))

    def _missing(self) -> str:
        if not self.line.can_save:
            return self.tr("No connection")
        return "" if self.said else self.tr("Write a reason above")

    def _confirm(self) -> None:
        self.trouble.hide()
        self.busy = True
        self._show()
        self.confirmed.emit(self.said)


def effects_of(wallet: ListedWallet) -> list[tuple[str, str]]:
    """Say what it does, each effect with its icon."""
    amount = naira(wallet.balance)
    if wallet.frozen_at:
        return [
            ("banknote", translate("freeze", "Money leaves it again: orders can be paid from the {amount} in it.").format(amount=amount)),
            ("clock", translate("freeze", "Card orders that expired meanwhile stay expired. What was paid for them is in the wallet.")),
        ]
    return [
        (FROZEN_ICON, translate("freeze", "No money leaves it: the {amount} in it stay, and orders are refused.").format(amount=amount)),
        ("arrow-down", translate("freeze", "Money still comes in: payments, cancelled orders, refunds.")),
        ("undo-2", translate("freeze", "Finance or the owner can unfreeze it at any time.")),
    ]


def unasked() -> str:
    return translate("freeze", "Card orders that wait for their payment will expire; what is paid for them stays in the wallet.")


def waiting_words(orders: Sequence[CustomerOrder]) -> str:
    """Say which card orders wait for their payment, and what becomes of them."""
    if not orders:
        return translate("freeze", "No card order of this customer waits for its payment now.")
    if len(orders) == 1:
        words = translate("freeze", "Order {numbers} waits for its card payment. It will expire; what is paid for it stays in the wallet.")
    else:
        words = translate("freeze", "{n} orders wait for their card payment: {numbers}. They will expire; what is paid stays here.")
    named = ", ".join(str(order.number) for order in orders[:MOST_NAMED])
    return words.format(n=len(orders), numbers=f"{named} …" if len(orders) > MOST_NAMED else named)


def _effect(icon: str, words: QLabel) -> QWidget:
    holder = QWidget()
    words.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
    holder.setLayout(row(column(Picture(icon, "muted", 20), None), (column(words, None), 1), spacing=12))
    return holder
