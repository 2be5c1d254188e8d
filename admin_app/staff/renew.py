"""The dialog for a new password: what becomes of the old one, and of what is open."""

from collections.abc import Callable
from uuid import UUID

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from admin_app.desk import Desk
from admin_app.staff.asking import Asking
from admin_app.staff.parts import points
from admin_app.staff.password import new_password
from core.qt.widgets import column
from core.staff import ListedLogin, StaffLogin, set_staff_password

translate = QCoreApplication.translate


class RenewDialog(Asking):
    """The password is made here, and shown once it holds: `password` is for whoever shows it."""

    def __init__(self, over: QWidget, desk: Desk, login: ListedLogin) -> None:
        super().__init__(over, desk, translate("staff", "Make a new password for {name}").format(name=login.name))
        self.login, self.password = login, new_password()
        stays = self.tr("What {login} has open stays open. To close that at once, end the login instead.").format(login=login.login)
        said = (
            ("lock", self.tr("The old password no longer signs anybody in.")),
            ("monitor", stays),
            ("eye", self.tr("The new password is shown once, after you press the button. Hand it over yourself.")),
        )
        self.lay_out(self.tr("Nothing has been changed yet."), "lock", "primaryText", column(points(said)))
        self.setFocus()

    def missing(self) -> str:
        return ""

    def words(self) -> str:
        return self.tr("Make a new password for {login}").format(login=self.login.login)

    def call(self) -> Callable[[UUID], StaffLogin]:
        db, login, password = self.desk.db, self.login.login, self.password
        return lambda command_id: set_staff_password(db, command_id, login, db.verifier(login, password))
