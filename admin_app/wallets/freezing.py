"""Freezing: ask, send it once, and keep the question open until there is an answer.  Verbs: core/wallets.py."""

from functools import partial
from uuid import UUID

from PySide6.QtCore import QCoreApplication, QObject, Signal
from PySide6.QtWidgets import QWidget

from admin_app.desk import Desk
from admin_app.wallets.explained import frozen_words
from admin_app.wallets.freeze import FreezeDialog
from core.base.errors import Illegal, Invalid, Missing, Offline, Refused, Unanswered
from core.base.identifiers import new_id
from core.customers import customer_orders
from core.orders import State
from core.qt.settle import CHECKING
from core.qt.task import run, unless_expected
from core.wallets import ListedWallet, Wallet, freeze_wallet, unfreeze_wallet, wallets

translate = QCoreApplication.translate


class Freezing(QObject):
    """One question at a time, over the page it is asked on."""

    done = Signal(object)  # the wallet as the server answered it
    doubted = Signal()  # what is known of some wallet's last request changed
    outdated = Signal(object)  # the id of a wallet that is otherwise by now

    def __init__(self, desk: Desk, over: QWidget) -> None:
        super().__init__(over)
        self.desk, self.over = desk, over
        self.dialog: FreezeDialog | None = None
        self.doubts: dict[UUID, UUID] = {}  # wallets whose request was never answered, with its id
        if desk.settler:
            desk.settler.changed.connect(self._settle)

    def ask(self, wallet: ListedWallet) -> None:
        dialog = self.dialog = FreezeDialog(self.over, wallet, self.desk.line)
        command_id = new_id()  # one for what the person means, however often it is sent
        dialog.confirmed.connect(partial(self._send, dialog, command_id))
        dialog.finished.connect(self._closed)
        dialog.open()
        if not dialog.opens:
            db, customer_id = self.desk.db, wallet.customer_id
            run(
                dialog, lambda: customer_orders(db, customer_id, State.AWAITING_PAYMENT.value),
                then=dialog.show_waiting, failed=partial(self._unasked, dialog),
            )  # fmt: skip

    def _send(self, dialog: FreezeDialog, command_id: UUID, reason: str) -> None:
        db, wallet = self.desk.db, dialog.wallet
        verb = unfreeze_wallet if dialog.opens else freeze_wallet
        self.desk.names[wallet.customer_id] = wallet.customer
        self.desk.send(
            self, command_id, lambda command_id: verb(db, command_id, wallet.customer_id, reason),
            then=partial(self._recorded, dialog), failed=partial(self._failed, dialog, command_id),
        )  # fmt: skip

    def _recorded(self, dialog: FreezeDialog, answer: Wallet) -> None:
        dialog.accept()
        self.done.emit(answer)

    def _failed(self, dialog: FreezeDialog, command_id: UUID, error: Exception) -> None:
        wallet = dialog.wallet
        if isinstance(error, Unanswered):
            self._lose(dialog, command_id)
        elif isinstance(error, Illegal | Missing):
            self.outdated.emit(wallet.customer_id)
            dialog.give_up(str(error))
            run(
                dialog, lambda: wallets(self.desk.db, customer_ids=[wallet.customer_id]),
                then=lambda found: self._explain(dialog, str(error), found), failed=unless_expected,
            )  # fmt: skip
        elif isinstance(error, Refused | Offline):
            dialog.complain(str(error), isinstance(error, Invalid) and error.facts.get("field") == "reason")
        else:
            dialog.complain("")
            raise error  # a bug: the crash dialog has it

    def _lose(self, dialog: FreezeDialog, command_id: UUID) -> None:
        """The answer was lost: the settler finds out, and until then nobody asks again."""
        if self.desk.settler is None:
            dialog.give_up(translate("freeze", "The answer was lost. Close this and look at the wallet before you do it again."))
            return
        self.doubts[dialog.wallet.customer_id] = command_id
        dialog.accept()
        self.doubted.emit()

    def _settle(self) -> None:
        """Let go of what is known by now: it was recorded, or it was not and never will be."""
        states = {doubt.command_id: doubt.state for doubt in self.desk.settler.doubts} if self.desk.settler else {}
        known = [customer_id for customer_id, command_id in self.doubts.items() if states.get(command_id) != CHECKING]
        for customer_id in known:
            del self.doubts[customer_id]
            self.outdated.emit(customer_id)
        if known:
            self.doubted.emit()

    def _explain(self, dialog: FreezeDialog, refusal: str, found: list[ListedWallet]) -> None:
        """Say who was faster, where that is known."""
        if found and found[0].frozen_at:
            dialog.give_up(f"{refusal} {frozen_words(found[0], self.desk.line.now())}.")

    def _unasked(self, dialog: FreezeDialog, error: Exception) -> None:
        unless_expected(error)
        dialog.show_waiting(None)

    def _closed(self) -> None:
        if self.dialog:
            self.dialog.deleteLater()
            self.dialog = None


def told(wallet: Wallet) -> str:
    """Say what was done, for the toast."""
    return translate("freeze", "Wallet frozen") if wallet.frozen_at else translate("freeze", "Wallet unfrozen")
