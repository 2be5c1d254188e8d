"""The dialog for a new login: who it is for, what it is called, what it may do and where."""

import re
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any
from uuid import UUID

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from admin_app.choice import ChoiceField
from admin_app.desk import Desk
from admin_app.staff.asking import Asking, field_of
from admin_app.staff.fields import KitchensField, RoleField, Ways
from admin_app.staff.password import new_password
from admin_app.staff.words import IN_KITCHENS, OF_PEOPLE
from core.base.errors import Missing, Refused
from core.base.words import plain
from core.database.gateway import Database
from core.kitchens import Kitchen
from core.qt.form import Field, entry
from core.qt.task import run, unless_expected
from core.qt.widgets import column
from core.staff import ListedLogin, Role, StaffLogin, create_staff_login, list_staff

NEW, KNOWN, COUNTER = "new", "known", "counter"  # whom it is for
MOST = 1000  # people to choose from

translate = QCoreApplication.translate


class MakeDialog(Asking):
    """The password is made here, and shown once the login is there: `password` is for whoever shows it."""

    def __init__(self, over: QWidget, desk: Desk, kitchens: Sequence[Kitchen]) -> None:
        super().__init__(over, desk, translate("staff", "Make a login"))
        self.password = new_password()
        offered = (self.tr("A new person"), NEW), (self.tr("Somebody who works here"), KNOWN), (self.tr("A counter"), COUNTER)
        self.ways = Ways(offered)
        self.name, self.login = entry(), entry()
        self.name.setMaxLength(80)
        self.login.setMaxLength(31)
        self.name_field = Field(self.tr("Name"), self.name)
        self.person = ChoiceField(self.tr("Person"), self.tr("Choose who it is"))
        rule = self.tr("3 to 31 small letters, digits, dots or underscores; a letter first. It stays so for ever, and is never used again.")
        self.login_field = Field(self.tr("Login"), self.login, rule)
        self.role, self.kitchens = RoleField(OF_PEOPLE), KitchensField(kitchens)
        self._typed = False  # the login was typed, not proposed
        self._listen()
        self.lay_out(
            self.tr("Nothing is made before you press the button. The password is shown after it."), "user", "primaryText",
            column(self.ways, self.name_field, self.person, self.login_field, self.role, self.kitchens, spacing=14),
        )  # fmt: skip
        self._show_way()
        self.name.setFocus()
        run(self, partial(_people, desk.db), then=self.person.offer, failed=self._no_people)

    @property
    def asked_role(self) -> Role | None:
        return Role.COUNTER_DEVICE if self.ways.value == COUNTER else self.role.value

    @property
    def asked_login(self) -> str:
        return self.login.text().strip().lower()

    def missing(self) -> str:
        if self.ways.value == NEW and not self.name.text().strip():
            return self.tr("Type the name first")
        if self.ways.value == KNOWN and self.person.value is None:
            return self.tr("Choose who it is first")
        if not self.asked_login:
            return self.tr("Type the login first")
        if self.asked_role is None:
            return self.tr("Choose a role first")
        if self.asked_role in IN_KITCHENS and not self.kitchens.value:
            return self.tr("Choose a kitchen first")
        return ""

    def words(self) -> str:
        return self.tr("Make the login {login}").format(login=self.asked_login)

    def call(self) -> Callable[[UUID], StaffLogin]:
        person: ListedLogin | None = self.person.value if self.ways.value == KNOWN else None
        name = "" if self.ways.value == COUNTER else person.name if person else self.name.text().strip()
        role, kitchen_ids = self.asked_role or Role.AUDITOR, self.kitchens.value if self.asked_role in IN_KITCHENS else []
        person_id = person.person_id if person else None
        db, login, password = self.desk.db, self.asked_login, self.password
        return lambda command_id: create_staff_login(
            db, command_id, login, name, role, kitchen_ids, person_id, db.verifier(login, password)
        )  # fmt: skip

    def refuse(self, error: Refused) -> bool:
        fields: dict[str, Field | KitchensField] = {
            "login": self.login_field, "name": self.name_field, "role": self.role.field, "kitchen_ids": self.kitchens,
            "person_id": self.person,
        }  # fmt: skip
        field = fields.get("person_id" if isinstance(error, Missing) else field_of(error))
        if field is None:
            return False
        field.complain(str(error))
        return True

    def _listen(self) -> None:
        self.ways.changed.connect(self._show_way)
        self.name.textEdited.connect(self._propose)
        self.login.textEdited.connect(self._type)
        for changed in (self.person.changed, self.role.changed, self.kitchens.changed):
            changed.connect(self._show_way)

    def _show_way(self) -> None:
        self.name_field.setVisible(self.ways.value == NEW)
        self.person.setVisible(self.ways.value == KNOWN)
        self.role.setVisible(self.ways.value != COUNTER)
        self.kitchens.setVisible(self.asked_role in IN_KITCHENS)
        self.show_act()

    def _propose(self, name: str) -> None:
        """Propose the first name as the login until somebody typed one."""
        self.name_field.clear()
        if not self._typed:
            first = re.sub(r"[^a-z0-9_.]", "", plain(name).split()[0]) if plain(name).split() else ""
            self.login.setText(first)
            self.login_field.clear()
        self.show_act()

    def _type(self) -> None:
        self._typed = bool(self.login.text())
        self.login_field.clear()
        self.show_act()

    def _no_people(self, error: Exception) -> None:
        unless_expected(error)
        self.person.complain(self.tr("Who works here could not be read. {why}").format(why=error))


def _people(db: Database) -> list[tuple[str, Any]]:
    """Read whom a further login may be for: each person once, with the logins they have or had."""
    people: dict[UUID, list[ListedLogin]] = {}
    for each in list_staff(db, limit=MOST):
        if each.person_id:
            people.setdefault(each.person_id, []).append(each)
    return [(f"{logins[0].name} ({', '.join(each.login for each in logins)})", logins[0]) for logins in people.values()]
