"""Which kitchen: asked of those who work in several, with the one of last time first to hand.  Facts: core/kitchens.py."""

from collections.abc import Sequence
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from core.kitchens import Kitchen
from core.qt.texts import breakable
from core.qt.widgets import Button, button, column, frame, label, picture, row, scrolled

WIDTH = 520  # px


class KitchenChoice(QWidget):
    """One large button for each kitchen."""

    chosen = Signal(object)  # a Kitchen
    left = Signal()

    def __init__(self, kitchens: Sequence[Kitchen], name: str, last: UUID | None) -> None:
        """`name` is the person's; `last` the kitchen they chose here before."""
        super().__init__()
        self.setProperty("role", "page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.buttons = [self._button(kitchen) for kitchen in kitchens]
        places = [kitchen.id for kitchen in kitchens]
        self.setFocusProxy(self.buttons[places.index(last) if last in places else 0])
        back = button(self.tr("Sign out"), "ghost", "touch", "log-out")
        back.clicked.connect(self.left)
        title = label(self.tr("Which kitchen are you in, {name}?").format(name=breakable(name)), 24, 600, wrap=True)
        inside = QWidget()
        inside.setLayout(column(*self.buttons, None, spacing=10))
        head = row(picture("chef-hat", "primaryText", 34), (title, 1), spacing=16)
        card = frame("card", column(head, (scrolled(inside), 1), row(back, None), margins=(32, 30, 32, 24), spacing=16))
        card.setFixedSize(WIDTH, min(620, 240 + 74 * len(kitchens)))
        self.setLayout(column(None, row(None, card, None), None))

    def _button(self, kitchen: Kitchen) -> Button:
        push = button(f"{kitchen.name}, {kitchen.district}", None, "touch_large")
        push.clicked.connect(lambda: self.chosen.emit(kitchen))
        return push
