"""Phone: a customer's whole phone number, shown for a reason and only while these details are open.  Verb: core/customers.py."""

from functools import partial
from uuid import UUID

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QWidget

from admin_app.desk import Desk
from core.base.errors import Offline, Refused, Unanswered
from core.base.identifiers import new_id
from core.customers import Customer, reveal_phone
from core.qt.dialog import Dialog, heading
from core.qt.form import Choice, Field, choices, entry
from core.qt.widgets import button, column, label, row, set_tone
from core.staff import Role

CALLERS = frozenset({Role.SUPPORT, Role.FINANCE_ADMIN, Role.OWNER_ADMIN})
OTHER = "Other"
REASONS = ("Call about an order", "Call about money", "They asked for a call")  # as they are stored
WIDTH, LONGEST = 600, 460  # px, signs

translate = QCoreApplication.translate


class Phone(QWidget):
    """Forgets the number as soon as somebody else is shown, or nobody."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.customer_id: UUID | None = None
        self.dialog: RevealDialog | None = None
        self.number = label("", 18, 600)
        self.number.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard)
        self.number.setFocusPolicy(Qt.FocusPolicy.StrongFocus)  # Tab reaches it
        self.number.hide()
        self.show_it = button(self.tr("Show phone"), None, "admin", "eye")
        self.show_it.clicked.connect(self.ask)
        self.grey = label(self.tr("Each look is written down, and saving is off."), 13, 400, "muted", wrap=True)
        self.setLayout(row(self.number, self.show_it, (self.grey, 3), None))
        self.setVisible(desk.me.role in CALLERS)
        desk.line.changed.connect(self._show_line)
        self._show_line()

    def show_customer(self, customer_id: UUID) -> None:
        if customer_id != self.customer_id:
            self.customer_id = customer_id
            self.forget()

    def forget(self) -> None:
        self.number.setText("")
        self.number.setAccessibleName("")
        self.number.hide()
        self.show_it.show()
        self._show_line()

    def ask(self) -> None:
        """Ask why; nothing is shown before."""
        if self.customer_id is None:
            return
        dialog = self.dialog = RevealDialog(self)
        command_id = new_id()  # one for what the person means, however often it is sent
        dialog.confirmed.connect(partial(self._send, dialog, command_id, self.customer_id))
        dialog.finished.connect(self._closed)
        dialog.open()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        if not event.spontaneous():  # a window that is put aside comes back as it was
            self.forget()

    def _send(self, dialog: "RevealDialog", command_id: UUID, customer_id: UUID, reason: str) -> None:
        db = self.desk.db
        self.desk.send(
            dialog, command_id, lambda command_id: reveal_phone(db, command_id, customer_id, reason),
            then=partial(self._revealed, dialog), failed=partial(_failed, dialog),
        )  # fmt: skip

    def _revealed(self, dialog: "RevealDialog", customer: Customer) -> None:
        dialog.accept()
        if customer.id == self.customer_id and self.isVisible():  # an answer that comes after the details were closed is not shown
            self.number.setText(customer.phone)
            self.number.setAccessibleName(self.tr("The whole phone number: {number}").format(number=customer.phone))
            self.number.show()
            self.number.setFocus()  # so that it is read out, and can be copied
            self.show_it.hide()
            self._show_line()

    def _show_line(self) -> None:
        can = self.desk.line.can_save
        self.show_it.setEnabled(can)
        self.show_it.setAccessibleDescription("" if can else self.grey.text())
        self.grey.setVisible(not can and self.show_it.isVisibleTo(self))

    def _closed(self) -> None:
        if self.dialog:
            self.dialog.deleteLater()
            self.dialog = None


class RevealDialog(Dialog):
    """Why somebody wants to see the number. No reason is chosen beforehand."""

    confirmed = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, translate("phone", "Show the whole phone number?"))
        self.setFixedWidth(WIDTH)
        self.busy, self.lost = False, False  # lost: an answer was, so only the same may be sent again
        self.rows = {code: Choice(*reason_words(code), "") for code in (*REASONS, OTHER)}
        self.note = entry()
        self.note.setMaxLength(LONGEST)
        self.field = Field(self.tr("In a few words"), self.note, self.tr("It is kept for ever. Write no phone number and no name."))
        self.trouble = label("", 15, 600, "danger", wrap=True)
        self.trouble.hide()
        self.back = button(self.tr("Go back"), None, "admin")
        self.act = button("", "primary", "admin", "eye")
        self.act.setMinimumWidth(200)
        self.back.clicked.connect(self.reject)
        self.act.clicked.connect(self._confirm)
        self.note.textChanged.connect(self._show)
        for each in self.rows.values():
            each.picked.connect(self._show)
        fact = self.tr("Looking at it is written into the audit trail with your name and this reason, never the number.")
        foot = row(self.back, None, self.act)
        self.set_content(column(
            heading(self.windowTitle(), fact, "eye", "text"), choices(*self.rows.values()), self.field, self.trouble, foot,
            margins=(28, 24, 28, 24), spacing=12,
        ))  # fmt: skip
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._show()
        self.setFocus()  # not on a choice: none of them is to look chosen

    @property
    def reason(self) -> str:
        """What is kept: the chosen reason, and the words behind it; "" while there is none."""
        chosen = next((code for code, each in self.rows.items() if each.radio.isChecked()), None)
        words = " ".join(self.note.text().split())
        if chosen in (None, OTHER):
            return words if chosen else ""
        return f"{chosen}: {words}" if words else str(chosen)

    def complain(self, sentence: str, lost: bool = False) -> None:
        """Say what went wrong; `lost`: from now on the reason stays as it was sent."""
        self.busy, self.lost = False, self.lost or lost
        self.trouble.setText(sentence)
        self.trouble.setVisible(bool(sentence))
        self._show()
        self.adjustSize()

    def _confirm(self) -> None:
        self.busy = True
        self._show()
        self.confirmed.emit(self.reason)

    def _show(self) -> None:
        for each in (*self.rows.values(), self.note):
            each.setEnabled(not self.busy and not self.lost)
        chosen = any(each.radio.isChecked() for each in self.rows.values())
        self.act.setEnabled(bool(self.reason) and not self.busy)
        why = self.tr("Write a few words") if chosen else self.tr("Choose one above")
        self.act.setText(self.tr("Show phone") if self.reason else why)
        set_tone(self.trouble, "danger")


def reason_words(code: str) -> tuple[str, str]:
    """Name a reason, and say when it is right."""
    return {
        REASONS[0]: (translate("phone", "Call about an order"), translate("phone", "It is late, wrong or missing")),
        REASONS[1]: (translate("phone", "Call about money"), translate("phone", "A refund, a payment, the wallet")),
        REASONS[2]: (translate("phone", "They asked for a call"), translate("phone", "By message, or in another call")),
        OTHER: (translate("phone", "Other"), translate("phone", "Write it below")),
    }[code]


def _failed(dialog: RevealDialog, error: Exception) -> None:
    if isinstance(error, Unanswered):
        dialog.complain(translate("phone", "The answer was lost. Press again: it is written down once."), lost=True)
    elif isinstance(error, Refused | Offline):
        dialog.complain(str(error))
    else:
        dialog.complain("")
        raise error  # a bug: the crash dialog has it
