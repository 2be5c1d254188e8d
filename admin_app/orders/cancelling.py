"""Cancelling: ask why, send it once, and keep the question open until there is an answer.  Verb: core/orders/steps.py."""

from functools import partial
from uuid import UUID

from PySide6.QtCore import QCoreApplication, QObject, Signal
from PySide6.QtWidgets import QWidget

from admin_app.asked import order_name
from admin_app.desk import Desk
from admin_app.orders import telling
from admin_app.orders.facts import Facts, read_facts
from core.base.errors import Illegal, Missing, Offline, Refused, Stale, Unanswered
from core.base.identifiers import new_id
from core.base.money import naira
from core.orders import ListedOrder, Order, Told, cancel_order
from core.qt.cancel import CancelDialog, Subject
from core.qt.line import moment
from core.qt.settle import CHECKING
from core.qt.states import state_word
from core.qt.task import run, unless_expected

translate = QCoreApplication.translate


class Cancelling(QObject):
    """One question at a time, over the page it is asked on."""

    done = Signal(object, object)  # the order as it was listed, and how many kobo went back
    outdated = Signal(object)  # the id of an order that is otherwise by now
    refused = Signal(object, str)  # the id of an order that cannot be cancelled any more, and why
    doubted = Signal()  # what is known of some order's last request changed

    def __init__(self, desk: Desk, over: QWidget) -> None:
        super().__init__(over)
        self.desk, self.over = desk, over
        self.dialog: CancelDialog | None = None
        self.doubts: dict[UUID, UUID] = {}  # orders whose request was never answered, with its id
        if desk.settler:
            desk.settler.changed.connect(self._settle)

    def ask(self, listed: ListedOrder, facts: Facts) -> CancelDialog:
        """Ask about an order as it stands; what it is and gives back is in `facts`."""
        refund = translate("cancel", "A refund of it is decided separately.")
        subject = Subject(listed.number, facts.order.state, stands(facts, self.desk), refund)
        dialog = self.dialog = CancelDialog(self.over, subject, facts.lines, facts.money)
        command_id = new_id()  # one for what the person means, however often it is sent
        dialog.confirmed.connect(partial(self._send, dialog, command_id, listed, facts))
        dialog.finished.connect(lambda: self._closed(dialog))
        dialog.open()
        return dialog

    def _send(self, dialog: CancelDialog, command_id: UUID, listed: ListedOrder, facts: Facts, reason: str) -> None:
        db, order = self.desk.db, facts.order
        self.desk.names[order.id] = order_name(order.number)
        self.desk.send(
            self, command_id, lambda command_id: cancel_order(db, command_id, order.id, order.version, reason),
            then=partial(self._recorded, dialog, listed, facts), failed=partial(self._failed, dialog, command_id, listed),
        )  # fmt: skip

    def _recorded(self, dialog: CancelDialog, listed: ListedOrder, facts: Facts, answer: Order) -> None:
        dialog.accept()
        self.done.emit(listed, facts.money.gives_back)

    def _failed(self, dialog: CancelDialog, command_id: UUID, listed: ListedOrder, error: Exception) -> None:
        if isinstance(error, Unanswered):
            self._lose(dialog, command_id, listed.id)
        elif isinstance(error, Stale | Illegal | Missing):
            self.outdated.emit(listed.id)
            run(
                dialog, lambda: read_facts(self.desk.db, listed.id),
                then=partial(self._ask_again, dialog, listed), failed=partial(self._unread, dialog, error),
            )  # fmt: skip
        elif isinstance(error, Refused | Offline):
            dialog.complain(str(error))
        else:
            dialog.complain("")
            raise error  # a bug: the crash dialog has it

    def _ask_again(self, dialog: CancelDialog, listed: ListedOrder, facts: Facts) -> None:
        """The order moved on meanwhile: ask about it as it is now, with what was chosen and typed; or say that it is too late."""
        dialog.reject()
        now = translate("cancel", "Order {number} is “{state}” by now.").format(number=listed.number, state=state_word(facts.order.state))
        if facts.money.may_cancel:
            again = self.ask(listed, facts)
            again.take_up(dialog.picked, dialog.note.text())
            again.complain(translate("cancel", "{now} Nothing was cancelled. Look what cancelling it does now.").format(now=now))
        else:
            self.refused.emit(listed.id, translate("cancel", "{now} It was not cancelled, and cannot be any more.").format(now=now))

    def _unread(self, dialog: CancelDialog, refusal: Exception, error: Exception) -> None:
        unless_expected(error)
        dialog.complain(str(refusal))

    def _lose(self, dialog: CancelDialog, command_id: UUID, order_id: UUID) -> None:
        """The answer was lost: the settler finds out, and until then nobody asks again."""
        if self.desk.settler is None:
            dialog.complain(translate("cancel", "The answer was lost. Look at the order before you do it again."))
            return
        self.doubts[order_id] = command_id
        dialog.accept()
        self.doubted.emit()

    def _settle(self) -> None:
        """Let go of what is known by now: it was recorded, or it was not and never will be."""
        states = {doubt.command_id: doubt.state for doubt in self.desk.settler.doubts} if self.desk.settler else {}
        for order_id in [each for each, command_id in self.doubts.items() if states.get(command_id, CHECKING) != CHECKING]:
            del self.doubts[order_id]
            self.outdated.emit(order_id)
            self.doubted.emit()

    def _closed(self, dialog: CancelDialog) -> None:
        dialog.deleteLater()
        if self.dialog is dialog:
            self.dialog = None


def stands(facts: Facts, desk: Desk) -> str:
    """Say where an order stands, since when and by whom."""
    step = [told for told in facts.story if told.kind is Told.STEP][-1]
    words = translate("cancel", "{state} {time}, {who}")
    return words.format(state=telling.what(step), time=moment(step.at, desk.line.now()), who=telling.who(step))


def told(order: ListedOrder, gave_back: int) -> tuple[str, str]:
    """Say what was done, and to what, for the toast."""
    back = translate("cancel", "{amount} went back to the wallet").format(amount=naira(gave_back))
    return translate("cancel", "Order {number} cancelled").format(number=order.number), back if gave_back else ""
