"""The office program: puts its parts together: settings, the crash log, sign-in, and then one person's session.

python -m admin_app [--rehearse -]
"""

import signal
import sys

from PySide6.QtCore import QCoreApplication, QObject
from PySide6.QtWidgets import QApplication, QMainWindow, QMessageBox

from admin_app.session import Entered, Session, enter
from core.base import config
from core.database.scripts import VERSION
from core.qt import crash, rehearsal, task, theme
from core.qt.keys import Keys
from core.qt.sign_in import SignInPage

translate = QCoreApplication.translate


class Program(QObject):
    """Either somebody signs in, or somebody is signed in."""

    def __init__(self, settings: config.Config) -> None:
        super().__init__()
        self.settings = settings
        self.session: Session | None = None
        self.door = QMainWindow()
        self.door.setWindowTitle(translate("program", "Rachel Foods, office"))
        self.door.resize(1366, 768)
        server = settings.server
        self.page = SignInPage(
            translate("program", "Office"), "layout-dashboard", server,
            lambda login, password: enter(server, config.SignIn(login, password)), config.sign_in("admin"), Keys("admin", server),
        )  # fmt: skip
        self.page.signed_in.connect(self.open)
        self.door.setCentralWidget(self.page)
        self.door.show()

    def open(self, entered: Entered) -> None:
        self.session = Session(self.settings, entered)
        self.session.frame.signed_out.connect(self.sign_out)
        self.session.locked_out.connect(self.lock_out)
        self.session.frame.show()
        self.door.hide()

    def sign_out(self) -> None:
        """Back to the sign-in, for the same person or another."""
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


def main() -> int:
    signal.signal(signal.SIGINT, signal.SIG_DFL)  # Ctrl+C in a terminal ends it; Qt would not hear it
    app = QApplication(sys.argv)
    app.setApplicationDisplayName(translate("program", "Rachel Foods"))
    try:
        settings = config.load()
        crash.install(settings.data, "admin", VERSION)
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
