"""The kitchen program: puts its parts together: settings, the crash log, sign-in, which kitchen, and then one person's session.

python -m kitchen_app [--rehearse -]
"""

import signal
import sys
from uuid import UUID

from PySide6.QtCore import QCoreApplication, QObject, QSettings
from PySide6.QtWidgets import QApplication, QMainWindow, QMessageBox, QStackedWidget

from core.base import config
from core.database.scripts import VERSION
from core.kitchens import Kitchen
from core.qt import crash, rehearsal, task, theme
from core.qt.keys import Keys
from core.qt.sign_in import SignInPage
from kitchen_app.kitchens import KitchenChoice
from kitchen_app.session import MEMORY, Entered, Session, enter

translate = QCoreApplication.translate


class Program(QObject):
    """Somebody signs in, says in which kitchen, or is signed in."""

    def __init__(self, settings: config.Config) -> None:
        super().__init__()
        self.settings = settings
        self.entered: Entered | None = None
        self.choice: KitchenChoice | None = None
        self.session: Session | None = None
        self.memory = QSettings(str(settings.data / MEMORY), QSettings.Format.IniFormat)
        self.door = QMainWindow()
        self.door.setWindowTitle(translate("program", "Rachel Foods, kitchen"))
        self.door.resize(1366, 768)
        server, program = settings.server, translate("program", "Kitchen, {counter}").format(counter=settings.counter)
        self.page = SignInPage(
            program, "chef-hat", server, lambda login, password: enter(settings, config.SignIn(login, password)),
            config.sign_in("kitchen"), Keys("kitchen", server),
        )  # fmt: skip
        self.page.signed_in.connect(self.come_in)
        self.steps = QStackedWidget()
        self.steps.addWidget(self.page)
        self.door.setCentralWidget(self.steps)
        self.door.show()

    def come_in(self, entered: Entered) -> None:
        """Open the kitchen; whoever works in several is asked which."""
        self.entered = entered
        if len(entered.kitchens) == 1:
            self.open(entered.kitchens[0])
            return
        last = self.memory.value(f"kitchen/{entered.me.login}")
        self.choice = KitchenChoice(entered.kitchens, entered.me.name, UUID(str(last)) if last else None)
        self.choice.chosen.connect(self.open)
        self.choice.left.connect(self.leave)
        self.steps.addWidget(self.choice)
        self.steps.setCurrentWidget(self.choice)
        self.choice.setFocus()

    def open(self, kitchen: Kitchen) -> None:
        assert self.entered
        self.memory.setValue(f"kitchen/{self.entered.me.login}", str(kitchen.id))
        self.memory.sync()
        self.session = Session(self.settings, self.entered, kitchen)
        self.session.window.signed_out.connect(self.sign_out)
        self.session.locked_out.connect(self.lock_out)
        self.session.window.show()
        self.door.hide()

    def leave(self) -> None:
        """Somebody came in, but went into no kitchen."""
        if self.entered:
            self.entered.db.close()
        self._ask_who()

    def sign_out(self) -> None:
        """Back to the sign-in, for the same person or another."""
        self._ask_who()
        if self.session:
            self.session.close()
            self.session = None

    def lock_out(self, sentence: str) -> None:
        self.sign_out()
        self.page.trouble.say(sentence, "danger", "circle-alert")
        self.page.trouble.show()

    def close(self) -> None:
        task.close()
        if self.session:
            self.session.close()
        task.wait()

    def _ask_who(self) -> None:
        self.entered = None
        if self.choice:
            self.choice.deleteLater()
            self.choice = None
        self.steps.setCurrentWidget(self.page)
        self.door.show()


def main() -> int:
    signal.signal(signal.SIGINT, signal.SIG_DFL)  # Ctrl+C in a terminal ends it; Qt would not hear it
    app = QApplication(sys.argv)
    app.setApplicationDisplayName(translate("program", "Rachel Foods"))
    try:
        settings = config.load()
        crash.install(settings.data, "kitchen", VERSION)
        theme.follow(app, settings.theme)
        program = Program(settings)
    except config.Misconfigured as error:
        print(error, file=sys.stderr)
        if not rehearsal.asked_for(sys.argv[1:]):
            QMessageBox.critical(None, translate("program", "Rachel Foods"), str(error))
        return 2
    if rehearsal.asked_for(sys.argv[1:]):
        rehearsal.Rehearsal(app)
    code = app.exec()
    program.close()
    return code


if __name__ == "__main__":
    sys.exit(main())
