"""Detail: one wallet: what is in it, whether it is frozen, and how its balance came about, from now back to zero."""

from collections.abc import Callable
from functools import partial
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLayout

from admin_app.desk import Desk
from admin_app.listing import Detail
from admin_app.wallets.columns import FROZEN_ICON, OPEN_ICON, state_word
from admin_app.wallets.explained import as_text, check, check_words, every_step, frozen_words
from admin_app.wallets.steps import Steps
from core.base.money import naira
from core.qt import theme
from core.qt.buttons import Button
from core.qt.task import run
from core.qt.texts import breakable, cut, tip
from core.qt.widgets import Picture, button, column, label, note, pill, row, rule, set_tone
from core.wallets import Entry, ListedWallet, wallet_steps

PAGE, LONGEST_WHY = 50, 260


class WalletDetail(Detail):
    """Reads the steps itself, each time the wallet changed."""

    wide = 420
    acted = Signal(object)  # the wallet, to be frozen or opened again
    exported = Signal(object)  # the wallet whose steps are wanted as a file
    sent = Signal(str, object)  # another page, and what to show there
    copied = Signal(str)  # whose steps

    def __init__(self, desk: Desk, may_freeze: bool, is_doubted: Callable[[UUID], bool]) -> None:
        """`is_doubted`: whether it is not known what became of what was asked about a customer's wallet."""
        super().__init__()
        self.desk, self.may_freeze, self.is_doubted = desk, may_freeze, is_doubted
        self.setAccessibleName(self.tr("Details of the wallet"))
        self.wallet: ListedWallet | None = None
        self.figure = label("", 34, 600)
        self.state = pill("")
        self.frozen, self.doubt = note("", "warn", FROZEN_ICON), note(self.tr("Being checked. Do not do it again yet."), "info", "clock")
        self.act = button(self.tr("Freeze …"), None, "admin", FROZEN_ICON)
        self.customer = button(self.tr("Customer"), None, "admin", "user")
        self.steps = Steps(desk.line)
        self.mark, self.sum = Picture("hourglass", "muted", 18), label("", 14, 500, wrap=True)
        self.all = button(self.tr("Read all"), None, "admin")
        self._listen()
        self.lay_out(
            row(column(label(self.tr("Balance"), 14, 500, "muted"), self.figure, spacing=0), None, column(6, self.state, None)),
            self.frozen, self.doubt, row(self.act, self.customer, None), 4, *self._explained(),
        )  # fmt: skip

    def show_row(self, shown: ListedWallet) -> None:
        if self.wallet is None or shown.customer_id != self.wallet.customer_id:
            self.steps.rows.show([])
        self.wallet = shown
        self.title.setText(breakable(shown.customer))
        self.subtitle.setText(shown.phone)
        self.state.say(state_word(shown), "warn" if shown.frozen_at else None, FROZEN_ICON if shown.frozen_at else None)
        why = frozen_words(shown, self.desk.line.now())
        self.frozen.say(breakable(cut(why, LONGEST_WHY)), "warn", FROZEN_ICON)
        self.frozen.setToolTip(tip(why))
        self.frozen.setVisible(shown.frozen_at is not None)
        self.act.setText(self.tr("Unfreeze …") if shown.frozen_at else self.tr("Freeze …"))
        self.act.setIcon(theme.qicon(OPEN_ICON if shown.frozen_at else FROZEN_ICON, "text"))
        self._check()
        self.show_state()
        self._read(shown.customer_id)

    def show_state(self) -> None:
        """Say what holds at this moment: while what was asked is being checked, nobody asks again."""
        line, doubted = self.desk.line, self.wallet is not None and self.is_doubted(self.wallet.customer_id)
        self.doubt.setVisible(doubted)
        set_tone(self.figure, "muted" if line.offline_since else None)
        self.act.setEnabled(line.can_save and not doubted)
        self.act.setToolTip("" if line.can_save else self.tr("Not while there is no connection"))

    def copy(self) -> None:
        if self.wallet:
            QGuiApplication.clipboard().setText(as_text(self.wallet, self.steps.shown, self.desk.line.now()))
            self.copied.emit(self.wallet.customer)

    def _listen(self) -> None:
        self.act.setVisible(self.may_freeze)
        self.customer.setVisible("customers" in self.desk.pages)
        self.customer.setToolTip(self.tr("Show this customer"))
        self.act.clicked.connect(lambda: self.acted.emit(self.wallet))
        self.customer.clicked.connect(lambda: self.sent.emit("customers", self.wallet.customer_id) if self.wallet else None)
        self.steps.asked_for.connect(partial(self.sent.emit, "orders"))
        self.steps.rows.wanted.connect(lambda last: self._read_older(last, PAGE))
        self.all.clicked.connect(lambda: self._read_older(self.steps.shown[-1]) if self.steps.shown else None)
        self.desk.line.changed.connect(self.show_state)

    def _explained(self) -> list[QLayout | Steps]:
        """Lay out the steps, with what can be done with them above, and what they add up to below."""
        copy, export = _quiet("copy", self.tr("Copy the steps as text")), _quiet("download", self.tr("Export the steps as CSV"))
        copy.clicked.connect(self.copy)
        export.clicked.connect(lambda: self.exported.emit(self.wallet))
        head = row((label(self.tr("Explain this balance"), 16, 600), 1), copy, export, spacing=0)
        foot = row(self.mark, (self.sum, 1), self.all, spacing=10)
        return [column(head, rule(), spacing=2), (self.steps, 1), foot]  # type: ignore[list-item]

    def _read(self, customer_id: UUID) -> None:
        run(
            self, lambda: wallet_steps(self.desk.db, customer_id, limit=PAGE),
            then=lambda page: self._newest(customer_id, page), failed=self.complain,
        )  # fmt: skip

    def _read_older(self, last: Entry, limit: int | None = None) -> None:
        """Read the next steps, or all there are."""
        db, customer_id = self.desk.db, last.customer_id

        def read() -> list[Entry]:
            return wallet_steps(db, customer_id, last.number, limit) if limit else list(every_step(db, customer_id, last.number))

        def add(page: list[Entry]) -> None:
            if self._is_shown(customer_id):
                self.steps.rows.append(page, bool(limit) and len(page) == limit)
                self._check()

        run(self, read, then=add, failed=self.complain)

    def _newest(self, customer_id: UUID, page: list[Entry]) -> None:
        if self._is_shown(customer_id):
            self.trouble.hide()
            self.steps.show_newest(page, len(page) == PAGE and page[-1].number > 1)
            self._check()

    def _check(self) -> None:
        """Say how the balance stands to its steps: only when they are all there can they be added up."""
        steps, wallet = self.steps.shown, self.wallet
        assert wallet
        newest = steps[0] if steps and steps[0].number > wallet.version else None  # the steps know more than the row
        self.figure.setText(naira(newest.balance if newest else wallet.balance))
        found = check(steps)
        self.all.setVisible(bool(steps) and not found.is_whole)
        if not steps:
            empty = self.tr("No money ever moved in this wallet.") if wallet.version == 0 else self.tr("Reading the steps …")
            self._say(empty, "info" if wallet.version == 0 else "hourglass", "muted")
        elif not found.is_right:
            self._say(self.tr("These steps do not lead to this balance. Tell the owner at once."), "triangle-alert", "danger")
        elif found.is_whole:
            self._say(check_words(steps), "circle-check", "ok")
        else:
            words = self.tr("The newest {n} of {all} steps. They are added up when all are here.")
            self._say(words.format(n=f"{found.steps:,}", all=f"{steps[0].number:,}"), "info", "muted")

    def _say(self, words: str, icon: str, tone: str) -> None:
        self.sum.setText(words)
        set_tone(self.sum, tone)
        self.mark.show_icon(icon, tone if tone == "muted" else f"{tone}Text")

    def _is_shown(self, customer_id: UUID) -> bool:
        return self.wallet is not None and self.wallet.customer_id == customer_id


def _quiet(icon: str, name: str) -> Button:
    """Return a small button that is an icon alone; its name is heard, and seen when one points at it."""
    push = button("", None, "admin", icon)
    push.setProperty("role", "quiet")
    push.setFixedWidth(44)
    push.setAccessibleName(name)
    push.setToolTip(name)
    return push
