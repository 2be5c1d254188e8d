"""Acts: what the owner does on the staff page: each opens its sheet, and says afterwards what was done."""

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QObject, Qt, Signal
from PySide6.QtWidgets import QWidget

from admin_app.desk import Desk
from admin_app.proposals.sheet import ProposalSheet, open_sheet
from admin_app.proposals.words import done_words
from admin_app.staff.approver import NameApprover
from admin_app.staff.asking import Asking
from admin_app.staff.end import EndDialog
from admin_app.staff.handover import HandOver, printing
from admin_app.staff.limits_sheet import open_limits
from admin_app.staff.make import MakeDialog
from admin_app.staff.renew import RenewDialog
from admin_app.staff.role import RoleDialog
from admin_app.staff.suspend import SuspendPerson
from admin_app.staff.words import place
from core.kitchens import Kitchen
from core.proposals import Limits
from core.qt.dialog import Dialog
from core.staff import ListedLogin, StaffLogin

translate = QCoreApplication.translate


class Acts(QObject):
    """One sheet at a time, over the page it is asked on."""

    said = Signal(str, str)  # for a toast: what was done, and to what
    done = Signal()

    def __init__(self, desk: Desk, over: QWidget) -> None:
        super().__init__(over)
        self.desk, self.over = desk, over
        self.kitchens: list[Kitchen] = []
        self.printing = printing()

    def make(self) -> None:
        dialog = MakeDialog(self.over, self.desk, self.kitchens)
        self._open(dialog, lambda made: self._hand_over(made, dialog.password, translate("staff", "Login made")))

    def renew(self, login: ListedLogin) -> None:
        dialog = RenewDialog(self.over, self.desk, login)
        self._open(dialog, lambda made: self._hand_over(made, dialog.password, translate("staff", "New password made")))

    def change(self, login: ListedLogin) -> None:
        names = {kitchen.id: kitchen.name for kitchen in self.kitchens}

        def say(changed: StaffLogin) -> None:
            where = ", ".join(sorted(names[each] for each in changed.kitchen_ids))
            self.said.emit(translate("staff", "Role changed"), f"{changed.name}: {place(changed.role, where)}")

        self._open(RoleDialog(self.over, self.desk, login, self.kitchens), say)

    def end(self, login: ListedLogin) -> None:
        self._open(EndDialog(self.over, self.desk, login), lambda ended: self.said.emit(translate("staff", "Login ended"), ended.login))

    def suspend(self, login: ListedLogin) -> None:
        self._propose(open_sheet(self.over, self.desk, SuspendPerson(login)))

    def limits(self, person: Limits | None) -> None:
        """Change what a person refunds alone; None: everybody without limits of their own."""
        self._propose(open_limits(self.over, self.desk, person))

    def approver(self, person: Limits) -> None:
        self._propose(open_sheet(self.over, self.desk, NameApprover(person, self.desk.me.person_id)))

    def _propose(self, sheet: ProposalSheet) -> None:
        sheet.confirmed.connect(lambda answer: self.said.emit(*done_words(answer)))
        sheet.confirmed.connect(lambda _: self.done.emit())

    def _open(self, dialog: Asking, then: Callable[[StaffLogin], None]) -> None:
        dialog.answered.connect(then)
        dialog.answered.connect(lambda _: self.done.emit())
        _show(dialog)

    def _hand_over(self, login: StaffLogin, password: str, words: str) -> None:
        """Show the password. The page says what was done once it was handed over: a toast under the sheet is not seen."""
        sheet = HandOver(self.over, login, password, self.printing)
        sheet.accepted.connect(lambda: self.said.emit(words, login.login))
        _show(sheet)


def _show(dialog: Dialog) -> None:
    """Open a sheet that nobody keeps: it goes when it is closed."""
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.open()
