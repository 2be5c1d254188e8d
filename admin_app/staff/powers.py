"""Powers: what the owner can change of what a person refunds alone, and of whether they approve. It stands below what is so now."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from admin_app.desk import Desk
from admin_app.proposals.rights import APPROVING
from core.proposals import Limits
from core.qt.widgets import button, column, row
from core.staff import ListedLogin, Role


class Powers(QWidget):
    """Whoever may change nothing has no buttons to look at."""

    change = Signal(object)  # the Limits that are to be changed
    approver = Signal(object)  # the Limits of whom is to approve, or no longer

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.limits: Limits | None = None
        self.change_button, self.approver_button = button(self.tr("Change limits …"), None, "admin"), button("", None, "admin")
        self.change_button.clicked.connect(lambda: self.change.emit(self.limits))
        self.approver_button.clicked.connect(lambda: self.approver.emit(self.limits))
        self.setLayout(column(row(self.change_button, None), row(self.approver_button, None), margins=(0, 2, 0, 0)))
        desk.line.changed.connect(self._show)
        self.hide()

    def show_limits(self, login: ListedLogin | None, limits: Limits | None) -> None:
        """Show what can be changed of the person whose login is shown; `limits` None: they refund nothing."""
        self.limits = limits
        self.setVisible(limits is not None and self.desk.me.role is Role.OWNER_ADMIN)
        approves = limits is not None and limits.approver_since is not None
        self.approver_button.setText(self.tr("No longer approves …") if approves else self.tr("Let them approve …"))
        self.approver_button.setVisible(approves or login is not None and login.role in APPROVING)
        self._show()

    def _show(self) -> None:
        for push in (self.change_button, self.approver_button):
            push.setEnabled(self.desk.line.can_save)
