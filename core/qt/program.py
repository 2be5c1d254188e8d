"""Program: what both do from settings to exit: crash log, theme, the sign-in at the door, one person's session, rehearsal."""

import signal
import sys
from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QObject
from PySide6.QtWidgets import QApplication, QMainWindow, QMessageBox, QStackedWidget

from core.base import config
from core.database.scripts import VERSION
from core.qt import crash, rehearsal, task, theme
from core.qt.keys import Keys
from core.qt.session import Session
from core.qt.sign_in import SignInPage
from core.qt.window import Frame

translate = QCoreApplication.translate


class Program(QObject):
    """Either somebody is at the door, or somebody is signed in."""

    def __init__(
        self, settings: config.Config, name: str, title: str, place: str, icon: str, enter: Callable[[config.SignIn], object]
    ) -> None:
        """`place`, such as "Kitchen, Counter 1", stands on the sign-in. `enter` blocks; what it returns `page.signed_in` carries."""
        super().__init__()
        self.settings = settings
        self.session: Session | None = None
        known, keys = config.sign_in(name), Keys(name, settings.server)
        self.page = SignInPage(place, icon, settings.server, lambda *typed: enter(config.SignIn(*typed)), known, keys)
        self.steps = QStackedWidget()
        self.steps.addWidget(self.page)
        self.door = QMainWindow()
        self.door.setWindowTitle(title)
        self.door.resize(1366, 768)
        self.door.setCentralWidget(self.steps)
        self.door.show()

    def let_in(self, session: Session, window: Frame) -> None:
        """Show somebody's window instead of the door."""
        self.session = session
        window.signed_out.connect(self.sign_out)
        session.locked_out.connect(self.lock_out)
        window.show()
        self.door.hide()

    def sign_out(self) -> None:
        """Back to the sign-in, for the same person or another."""
        self.steps.setCurrentWidget(self.page)
        self.door.show()
        if self.session:
            self.session.close()
            self.session = None

    def lock_out(self, sentence: str) -> None:
        """Back to the sign-in, which says why."""
        self.sign_out()
        self.page.trouble.say(sentence, "danger", "circle-alert")
        self.page.trouble.show()

    def close(self) -> None:
        task.close()
        if self.session:
            self.session.close()
        task.wait()


def start(name: str, make: Callable[[config.Config], Program]) -> int:
    """Run a program until its last window is closed, and return its exit code: 2 when the settings cannot be used."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)  # Ctrl+C in a terminal ends it; Qt would not hear it
    app = QApplication(sys.argv)
    app.setApplicationDisplayName(translate("program", "Rachel Foods"))
    rehearsed = rehearsal.asked_for(sys.argv[1:])
    try:
        settings = config.load()
        crash.install(settings.data, name, VERSION)
        theme.follow(app, settings.theme)
        program = make(settings)
    except config.Misconfigured as error:
        print(error, file=sys.stderr)
        if not rehearsed:
            QMessageBox.critical(None, translate("program", "Rachel Foods"), str(error))
        return 2
    if rehearsed:
        rehearsal.Rehearsal(app)
    code = app.exec()
    program.close()
    return code
