"""Fields: what is asked about a login: who it is for, its role and what that means, and its kitchens."""

from collections.abc import Collection, Sequence
from typing import Any
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QCheckBox, QGridLayout, QWidget

from admin_app.choice import ChoiceField
from admin_app.listing import empty
from admin_app.roles import role_word
from admin_app.staff.parts import point
from admin_app.staff.words import may
from core.kitchens import Kitchen
from core.qt import theme
from core.qt.widgets import button, column, frame, label, row
from core.staff import Role

ACROSS = 3  # kitchens side by side


class Ways(QWidget):
    """A few ways side by side, of which one is in force."""

    changed = Signal()

    def __init__(self, offered: Sequence[tuple[str, Any]]) -> None:
        super().__init__()
        self.group = QButtonGroup(self)
        self._values = [value for _, value in offered]
        for place, (words, _) in enumerate(offered):
            push = button(words, None, "touch")
            push.setProperty("role", "option")
            push.setCheckable(True)
            push.setChecked(place == 0)
            self.group.addButton(push, place)
        self.setLayout(row(*((push, 1) for push in self.group.buttons()), spacing=10))
        self.group.idToggled.connect(lambda _, on: self.changed.emit() if on else None)

    @property
    def value(self) -> Any:
        return self._values[self.group.checkedId()]

    def choose(self, value: Any) -> None:
        self.group.button(self._values.index(value)).setChecked(True)


class RoleField(QWidget):
    """A role, and beside it in plain words what it may do."""

    changed = Signal()

    def __init__(self, roles: Sequence[Role]) -> None:
        super().__init__()
        self.field = ChoiceField(self.tr("Role"), self.tr("Choose a role"))
        self.field.offer([(role_word(role), role) for role in roles])
        self.sentences = column(spacing=5)
        self.told = frame("sunken", column(self.sentences, margins=(14, 10, 14, 10)))
        self.told.hide()
        self.setLayout(column(self.field, self.told, spacing=8))
        self.field.changed.connect(self._tell)

    @property
    def value(self) -> Role | None:
        chosen: Role | None = self.field.value
        return chosen

    def _tell(self) -> None:
        empty(self.sentences)
        for sentence in may(self.value) if self.value else ():
            self.sentences.addWidget(point(sentence))
        self.told.setVisible(self.value is not None)
        self.changed.emit()


class KitchensField(QWidget):
    """Any number of kitchens."""

    changed = Signal()

    def __init__(self, kitchens: Sequence[Kitchen], chosen: Collection[UUID] = ()) -> None:
        super().__init__()
        self.boxes = {kitchen.id: QCheckBox(kitchen.name.replace("&", "&&")) for kitchen in kitchens}
        self.sentence = label("", 14, 400, "danger", wrap=True)
        self.sentence.hide()
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(0)
        for place, (kitchen_id, box) in enumerate(self.boxes.items()):
            box.setFont(theme.font(15))
            box.setMinimumHeight(40)
            box.setChecked(kitchen_id in chosen)
            box.toggled.connect(self._changed)
            grid.addWidget(box, place // ACROSS, place % ACROSS)
        for across in range(ACROSS):
            grid.setColumnStretch(across, 1)
        self.setLayout(column(label(self.tr("Kitchens"), 15, 600), grid, self.sentence, spacing=4))

    @property
    def value(self) -> list[UUID]:
        return [kitchen_id for kitchen_id, box in self.boxes.items() if box.isChecked()]

    def complain(self, sentence: str) -> None:
        self.sentence.setText(sentence)
        self.sentence.show()

    def _changed(self) -> None:
        self.sentence.hide()
        self.changed.emit()
