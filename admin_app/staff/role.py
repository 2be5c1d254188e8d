"""The dialog for another role and other kitchens: what the login is now, and what it will be."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from uuid import UUID

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QFrame, QWidget

from admin_app.desk import Desk
from admin_app.roles import role_word
from admin_app.staff.asking import Asking, field_of
from admin_app.staff.fields import KitchensField, RoleField
from admin_app.staff.words import IN_KITCHENS, OF_PEOPLE, only_owner, place
from core.base.errors import Refused, Stale
from core.kitchens import Kitchen
from core.qt.task import run, unless_expected
from core.qt.widgets import column, label, note, row
from core.staff import ListedLogin, Role, StaffLogin, change_staff_role, other_owners

translate = QCoreApplication.translate


class RoleDialog(Asking):
    """What somebody else changed meanwhile is told, and what was chosen is kept."""

    def __init__(self, over: QWidget, desk: Desk, login: ListedLogin, kitchens: Sequence[Kitchen]) -> None:
        super().__init__(over, desk, translate("staff", "Change the role of {name}").format(name=login.name))
        self.login, self.ended, self.known = login, False, {kitchen.id: kitchen.name for kitchen in kitchens}
        self.now, self.then = _Card(self.tr("Now"), "sunken"), _Card(self.tr("Then"), "cardWant")
        self.meanwhile = note("", "warn", "triangle-alert")
        self.meanwhile.hide()
        self.alone = note(only_owner(), "warn", "triangle-alert")
        self.alone.hide()
        self.role = RoleField(OF_PEOPLE)
        self.is_counter = login.role is Role.COUNTER_DEVICE
        self.role.setHidden(self.is_counter)
        if not self.is_counter:
            self.role.field.choose(login.role)
        self.kitchens = KitchensField(kitchens, login.kitchen_ids)
        self.owners_left = 2 if login.role is not Role.OWNER_ADMIN else 0  # people who are owners then, as far as is known
        self.role.changed.connect(self._show)
        self.kitchens.changed.connect(self._show)
        cards = row((self.now, 1), (self.then, 1), spacing=14)
        fact = self.tr("Login {login}. It takes effect at the next thing done in a program that is open.").format(login=login.login)
        self.lay_out(
            fact, "user", "primaryText", column(self.meanwhile, cards, self.role, self.kitchens, self.alone, spacing=14)
        )  # fmt: skip
        self._show()
        if login.role is Role.OWNER_ADMIN:
            run(self, partial(other_owners, desk.db, login.login), then=self._count, failed=unless_expected)

    @property
    def chosen(self) -> tuple[Role, list[UUID]]:
        role = Role.COUNTER_DEVICE if self.is_counter else self.role.value or self.login.role
        return role, self.kitchens.value if role in IN_KITCHENS else []

    def missing(self) -> str:
        role, kitchen_ids = self.chosen
        if self.ended:
            return self.tr("It is ended")
        if role in IN_KITCHENS and not kitchen_ids:
            return self.tr("Choose a kitchen first")
        if (role, set(kitchen_ids)) == (self.login.role, set(self.login.kitchen_ids)):
            return self.tr("Change something first")
        return ""

    def words(self) -> str:
        role, kitchen_ids = self.chosen
        if role is self.login.role or len(kitchen_ids) > 1:
            some = self.tr("1 kitchen") if len(kitchen_ids) == 1 else self.tr("{n} kitchens").format(n=len(kitchen_ids))
            return self.tr("Change to {role}, {kitchens}").format(role=role_word(role), kitchens=some)
        return self.tr("Change to {role}").format(role=place(role, self._names(kitchen_ids)))

    def call(self) -> Callable[[UUID], StaffLogin]:
        db, login, (role, kitchen_ids) = self.desk.db, self.login, self.chosen
        return lambda command_id: change_staff_role(db, command_id, login.login, login.version, role, kitchen_ids)

    def refuse(self, error: Refused) -> bool:
        if isinstance(error, Stale):
            self._take(error)
        elif field_of(error) == "kitchen_ids":
            self.kitchens.complain(str(error))
        else:
            return False
        return True

    def _take(self, stale: Stale) -> None:
        """Somebody else was first: show what it is now, and keep what was chosen."""
        facts = stale.facts
        kitchen_ids = [UUID(each) for each in facts["kitchen_ids"]]
        self.login = replace(self.login, role=Role(facts["role"]), kitchen_ids=kitchen_ids, kitchens=self._names(kitchen_ids),
                             version=facts["version"])  # fmt: skip
        self.ended = not facts["active"]
        now = place(self.login.role, self.login.kitchens)
        said = self.tr("Somebody else ended this login meanwhile.") if self.ended else self.tr(
            "Somebody else changed this login meanwhile: it is now {now}. What you chose is kept.").format(now=now)  # fmt: skip
        self.meanwhile.words.setText(said)
        self.meanwhile.show()
        self._show()

    def _count(self, others: int) -> None:
        self.owners_left = others
        self._show()

    def _show(self) -> None:
        role, kitchen_ids = self.chosen
        self.now.say(role_word(self.login.role), self.login.kitchens)
        self.then.say(role_word(role), self._names(kitchen_ids))
        self.kitchens.setVisible(role in IN_KITCHENS)
        gives_up = self.login.role is Role.OWNER_ADMIN and role is not Role.OWNER_ADMIN
        self.alone.setVisible(gives_up and self.owners_left == 1)
        self.show_act()

    def _names(self, kitchen_ids: Sequence[UUID]) -> str:
        return ", ".join(sorted(self.known.get(each, "?") for each in kitchen_ids))


class _Card(QFrame):
    """A role and its kitchens under a title."""

    def __init__(self, title: str, role: str) -> None:
        super().__init__()
        self.setProperty("role", role)
        self.first, self.second = label("", 20, 600, wrap=True), label("", 15, 400, "muted", wrap=True)
        self.setLayout(column(label(title, 14, 600, "muted"), self.first, self.second, None, margins=(18, 12, 18, 12), spacing=2))

    def say(self, role: str, kitchens: str) -> None:
        self.first.setText(role)
        self.second.setText(kitchens or translate("staff", "All kitchens, from the office"))
