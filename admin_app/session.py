"""Session: somebody signed in at the office, and their window.  Login, line and feed: core/qt/session.py."""

from PySide6.QtCore import QCoreApplication

from admin_app.page import OfficePage
from admin_app.window import OFFICE, office
from core.base.config import Config, Server, SignIn
from core.base.errors import Forbidden
from core.database.scripts import VERSION
from core.live import Changes
from core.qt import session
from core.qt.session import Entered, signed_in

APPLICATION = f"rachel-admin/{VERSION}"

translate = QCoreApplication.translate


def enter(server: Server, sign_in: SignIn) -> Entered:
    """Sign in. Blocks. Raises Forbidden (with facts["why"] where login and password are right, but not for the office) or Offline."""
    with signed_in(server, sign_in, APPLICATION) as entered:
        if entered.me.role not in OFFICE:
            words = translate(
                "session", "This is the office program, and {login} is no office login. In a kitchen, start the kitchen program."
            )
            raise Forbidden(words.format(login=entered.me.login), {"why": "role"})
        return entered


class Session(session.Session):
    """Opens the window and keeps it up to date until close()."""

    def __init__(self, config: Config, entered: Entered) -> None:
        super().__init__(config.server, entered, APPLICATION)
        self.frame = office(self.db, entered.me, self.line, config.data / "office.ini")
        self.heard.connect(self._tell)

    def close(self) -> None:
        self.frame.deleteLater()
        super().close()

    def _tell(self, changes: Changes) -> None:
        for page in self.frame.findChildren(OfficePage):
            page.take(changes)
