"""The dialog that ends a login: what that does, exactly; why; and the name, typed."""

from collections.abc import Callable
from functools import partial
from uuid import UUID

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from admin_app.desk import Desk
from admin_app.staff.asking import Asking, field_of
from admin_app.staff.consequences import Consequences, effects, find_out, warnings
from admin_app.staff.parts import point
from core.base.errors import Refused
from core.base.words import plain
from core.qt.form import Field, entry
from core.qt.task import run, unless_expected
from core.qt.widgets import column, frame, label, note
from core.staff import ListedLogin, StaffLogin, revoke_staff

LONGEST_REASON = 500  # signs

translate = QCoreApplication.translate


class EndDialog(Asking):
    """Nothing is filled in, and it is off until what it does is known, a reason is given and the name is typed."""

    def __init__(self, over: QWidget, desk: Desk, login: ListedLogin) -> None:
        super().__init__(over, desk, translate("staff", "End the login of {name}?").format(name=login.name), "danger")
        self.login = login
        self.found: Consequences | None = None
        self.failed = False
        self.effects = column(point(self.tr("Looking what it has open …"), "hourglass", 15), spacing=8)
        self.warned = column(spacing=8)
        self.reason, self.name = entry(), entry()
        self.reason.setMaxLength(LONGEST_REASON)
        self.reason_field = Field(self.tr("Why?"), self.reason, self.tr("It stays in the record, for whoever asks later."))
        self.name_field = Field(self.tr("Type the name: {name}").format(name=login.name), self.name)
        self.reason.textEdited.connect(self._typed)
        self.name.textEdited.connect(self._typed)
        self.lay_out(
            self.tr("Nothing has been ended yet."), "triangle-alert", "dangerText",
            column(
                label(self.tr("This happens"), 16, 600), frame("sunken", column(self.effects, margins=(18, 14, 18, 14))), self.warned,
                self.reason_field, self.name_field, spacing=12,
            ),
        )  # fmt: skip
        self.setFocus()
        run(self, partial(find_out, desk.db, login), then=self._tell, failed=self._not_known)

    @property
    def matches(self) -> bool:
        """Whether the name was typed, with or without its accents and capitals."""
        return plain(" ".join(self.name.text().split())) == plain(" ".join(self.login.name.split()))

    def missing(self) -> str:
        if self.found is None:
            return self.tr("Not possible: what it has open is not known") if self.failed else self.tr("Looking what it has open …")
        if not self.reason.text().strip():
            return self.tr("Say why first")
        return "" if self.matches else self.tr("Type the name first")

    def words(self) -> str:
        named = self.tr("End {name}’s login {login}") if self.login.other_logins else self.tr("End {name}’s login")
        return named.format(name=self.login.name, login=self.login.login)

    def call(self) -> Callable[[UUID], StaffLogin]:
        db, login, reason = self.desk.db, self.login.login, self.reason.text().strip()
        return lambda command_id: revoke_staff(db, command_id, login, reason)

    def refuse(self, error: Refused) -> bool:
        if field_of(error) != "reason":
            return False
        self.reason_field.complain(str(error))
        return True

    def _typed(self) -> None:
        self.reason_field.clear()
        if self.matches:
            self.name_field.approve(self.tr("That is the name."))
        else:
            self.name_field.clear()
        self.show_act()

    def _tell(self, found: Consequences) -> None:
        self.found = found
        self._say(effects(self.login, found, self.desk.line.now()))
        for sentence in warnings(self.login, found):
            self.warned.addWidget(note(sentence, "warn", "triangle-alert"))
        self.show_act()

    def _not_known(self, error: Exception) -> None:
        unless_expected(error)
        self.failed = True
        self._say([("circle-alert", self.tr("What it has open could not be read. {why} Go back and try again.").format(why=error))])
        self.show_act()

    def _say(self, said: list[tuple[str, str]]) -> None:
        while taken := self.effects.takeAt(0):
            if widget := taken.widget():
                widget.deleteLater()
        for icon, sentence in said:
            self.effects.addWidget(point(sentence, icon, 15))
