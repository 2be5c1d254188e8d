"""Session: somebody signed in at the office, what they asked and nobody answered, and their window.  Line and feed: core/qt/session.py."""

from dataclasses import dataclass
from uuid import UUID

from PySide6.QtCore import QCoreApplication

from admin_app import asked
from admin_app.desk import Desk
from admin_app.roles import READS_ALL
from admin_app.watch import TrailWatch
from admin_app.window import OfficeWindow, entries_of
from core.audit import KeptHeads
from core.base.config import Config, SignIn
from core.base.errors import Forbidden
from core.commands import settle_command
from core.database.pending import left_behind
from core.database.scripts import VERSION
from core.qt import session
from core.qt.session import signed_in
from core.qt.settle import Settler
from core.staff import Role

APPLICATION = f"rachel-admin/{VERSION}"
MEMORY = "office.ini"  # where the window stood

translate = QCoreApplication.translate


@dataclass(frozen=True)
class Entered(session.Entered):
    """Who came in, and what people call the things that their unanswered commands are about."""

    names: dict[UUID, str]


def enter(config: Config, sign_in: SignIn) -> Entered:
    """Sign in. Blocks. Raises Forbidden (with facts["why"] where login and password are right, but not for the office) or Offline."""
    with signed_in(config, sign_in, APPLICATION) as entered:
        db, who = entered.db, entered.me
        if not entries_of(who.role):
            words = translate(
                "session", "This is the office program, and {login} is no office login. In a kitchen, start the kitchen program."
            )
            raise Forbidden(words.format(login=who.login), {"why": "role"})
        names = asked.names_of(db, entered.pending.waiting()) if who.role is not Role.KITCHEN_MANAGER else {}
        return Entered(sign_in, db, who, entered.pending, names)


class Session(session.Session):
    """Opens the window and keeps it up to date until close(); what is unanswered then stays on disk."""

    def __init__(self, config: Config, entered: Entered) -> None:
        super().__init__(config.server, entered, APPLICATION)
        names = dict(entered.names)
        self.settler = Settler(
            entered.pending, lambda command_id: settle_command(self.db, command_id),
            lambda verb, args: asked.sentence(verb, args, names), self.line, self,
        )  # fmt: skip
        heads = KeptHeads.of(config.data, config.server)
        self.watch = TrailWatch(self.db, heads, self.line) if entered.me.role in READS_ALL else None
        desk = Desk(self.db, self.line, entered.me, self.settler, names, watch=self.watch)
        self.frame = OfficeWindow(desk, config.data / MEMORY)
        if self.watch:
            self.watch.setParent(self)
            self.watch.verify()  # quietly: only what is wrong is said loudly
        self.frame.remind(left_behind(config.data, entered.me.login))
        self.heard.connect(self.frame.heard)

    def close(self) -> None:
        if self.watch:
            self.watch.stop()
        self.frame.deleteLater()
        super().close()
