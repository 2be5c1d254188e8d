"""The kitchen program: puts its parts together: sign-in, which kitchen, and one person's session.  What both do: core/qt/program.py.

python -m kitchen_app [--rehearse -]
"""

import sys
from uuid import UUID

from PySide6.QtCore import QCoreApplication, QSettings

from core.base.config import Config
from core.kitchens import Kitchen
from core.qt import program
from kitchen_app.kitchens import KitchenChoice
from kitchen_app.session import MEMORY, Entered, Session, enter

NAME = "kitchen"

translate = QCoreApplication.translate


class Program(program.Program):
    """Whoever signs in and works in several kitchens is asked which."""

    def __init__(self, settings: Config) -> None:
        title = translate("program", "Rachel Foods, kitchen")
        place = translate("program", "Kitchen, {counter}").format(counter=settings.counter)
        super().__init__(settings, NAME, title, place, "chef-hat", lambda sign_in: enter(settings, sign_in))
        self.entered: Entered | None = None
        self.memory = QSettings(str(settings.data / MEMORY), QSettings.Format.IniFormat)
        self.page.signed_in.connect(self.come_in)

    def come_in(self, entered: Entered) -> None:
        self.entered = entered
        if len(entered.kitchens) == 1:
            self.open(entered.kitchens[0])
            return
        last = self.memory.value(f"kitchen/{entered.me.login}")
        choice = KitchenChoice(entered.kitchens, entered.me.name, UUID(str(last)) if last else None)
        choice.chosen.connect(self.open)
        choice.left.connect(self.leave)
        for answered in (choice.chosen, choice.left):
            answered.connect(choice.deleteLater)
        self.steps.addWidget(choice)
        self.steps.setCurrentWidget(choice)
        choice.setFocus()

    def open(self, kitchen: Kitchen) -> None:
        assert self.entered
        self.memory.setValue(f"kitchen/{self.entered.me.login}", str(kitchen.id))
        self.memory.sync()
        session = Session(self.settings, self.entered, kitchen)
        self.let_in(session, session.window)

    def leave(self) -> None:
        """Somebody came in, but went into no kitchen."""
        if self.entered:
            self.entered.db.close()
        self.sign_out()


if __name__ == "__main__":
    sys.exit(program.start(NAME, Program))
