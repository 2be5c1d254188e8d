"""Acts: what the owner does on the staff page: each opens its sheet, and says afterwards what was done."""

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QObject, Qt, Signal
from PySide6.QtWidgets import QWidget

from admin_app.desk import Desk
from admin_app.staff.asking import Asking
from admin_app.staff.end import EndDialog
from admin_app.staff.handover import HandOver, printing
from admin_app.staff.make import MakeDialog
from admin_app.staff.renew import RenewDialog
from admin_app.staff.role import RoleDialog
from admin_app.staff.words import place
from core.kitchens import Kitchen
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
