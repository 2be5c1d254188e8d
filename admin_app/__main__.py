"""The office program: puts its parts together: sign-in, and then one person's session.  What both programs do: core/qt/program.py.

python -m admin_app [--rehearse -]
"""

import sys

from PySide6.QtCore import QCoreApplication

from admin_app.session import Entered, Session, enter
from core.base.config import Config
from core.qt import program

NAME = "admin"

translate = QCoreApplication.translate


class Program(program.Program):
    """Whoever signs in is in the office."""

    def __init__(self, settings: Config) -> None:
        title, place = translate("program", "Rachel Foods, office"), translate("program", "Office")
        super().__init__(settings, NAME, title, place, "layout-dashboard", lambda sign_in: enter(settings, sign_in))
        self.page.signed_in.connect(self.come_in)

    def come_in(self, entered: Entered) -> None:
        session = Session(self.settings, entered)
        self.let_in(session, session.frame)


if __name__ == "__main__":
    sys.exit(program.start(NAME, Program))
