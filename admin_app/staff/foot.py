"""Foot: what the owner can do about the login that is shown; what is off says why."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from admin_app.desk import Desk
from admin_app.staff.words import SERVICES
from core.qt.widgets import button, column, label, row
from core.staff import ListedLogin, Role, Standing


class Foot(QWidget):
    """Whoever may change nothing has no buttons to look at."""

    renew = Signal(object)  # the ListedLogin that needs a new password
    change = Signal(object)
    end = Signal(object)
    suspend = Signal(object)  # the ListedLogin of whom is to be suspended, or taken back

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.login: ListedLogin | None = None
        self.makes_logins, self.approves = True, False
        self.renew_button = button(self.tr("New password"), None, "admin")
        self.change_button = button(self.tr("Change role"), None, "admin")
        self.suspend_button = button("", None, "admin")
        self.end_button = button(self.tr("End this login"), None, "admin")
        first, second = (self.renew_button, self.change_button), (self.suspend_button, self.end_button)
        for push, wanted in zip((*first, *second), (self.renew, self.change, self.suspend, self.end), strict=True):
            push.clicked.connect(lambda _, wanted=wanted: wanted.emit(self.login))
        self.why = label("", 14, 400, "muted", wrap=True)
        self.setLayout(column(*(row(*((push, 1) for push in pushes)) for pushes in (first, second)), self.why))
        desk.line.changed.connect(self._show)

    def show_login(self, login: ListedLogin) -> None:
        self.login = login
        self._show()

    def allow(self, makes_logins: bool) -> None:
        """Say whether this server lets owners make and change logins."""
        self.makes_logins = makes_logins
        self._show()

    def protect(self, approves: bool) -> None:
        """Say whether it is an approver's: their password and role are not one owner's to change, or one could be both pairs of eyes."""
        self.approves = approves
        self._show()

    def _show(self) -> None:
        login = self.login
        if login is None:
            return
        own = login.login == self.desk.me.login
        may = self.desk.me.role is Role.OWNER_ADMIN and login.role not in SERVICES and login.state is not Standing.ENDED
        changes = self.desk.line.can_save and self.makes_logins and not self.approves
        self.renew_button.setEnabled(changes)
        self.change_button.setEnabled(changes and not own and login.state is Standing.ACTIVE)
        self.end_button.setEnabled(self.desk.line.can_save and not own)
        self.suspend_button.setText(self.tr("Take back …") if login.state is Standing.SUSPENDED else self.tr("Suspend …"))
        self.suspend_button.setVisible(login.person_id is not None)
        self.suspend_button.setEnabled(self.desk.line.can_save and login.person_id != self.desk.me.person_id)
        self.why.setText(self._why_off(login, own))
        self.why.setVisible(bool(self.why.text()))
        self.setVisible(may)

    def _why_off(self, login: ListedLogin, own: bool) -> str:
        if not self.desk.line.can_save:
            return self.tr("Nothing can be changed at the moment.")
        if own:
            return self.tr("This is your own login. Only another owner changes its role or ends it.")
        if login.person_id is not None and login.person_id == self.desk.me.person_id:
            return self.tr("This is another login of yours. Nobody suspends themselves.")
        if not self.makes_logins:
            return self.tr("Passwords and roles are changed by the server's administrator. You can end it.")
        if self.approves:
            return self.tr("They agree to what others propose. First a second approver ends that; then password and role can be changed.")
        if login.state is Standing.SUSPENDED:
            return self.tr("It is suspended: its role can be changed when it is in use again.")
        return ""
