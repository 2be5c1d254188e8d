"""Session: somebody signed in at a counter: their login to the database, the feed that tells what changed, and their window."""

from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote, unquote
from uuid import UUID

from PySide6.QtCore import QCoreApplication, QObject, Signal

from core.base.config import Config, SignIn
from core.base.errors import Forbidden, Offline, Refused
from core.commands import settle_command
from core.database.gateway import Database
from core.database.pending import Pending
from core.database.scripts import VERSION
from core.health import Compat, compat
from core.kitchens import Kitchen, kitchens
from core.live import Changes, EventFeed
from core.qt.line import LineState
from core.qt.scanner import Scanner
from core.qt.settle import Settler
from core.qt.task import run
from core.staff import Me, Role, me
from core.stock import Item, all_items
from kitchen_app.stock import asked
from kitchen_app.window import KitchenWindow

APPLICATION = f"rachel-kitchen/{VERSION}"
MEMORY = "kitchen.ini"  # where the window stood, and who chose which kitchen

translate = QCoreApplication.translate


@dataclass(frozen=True)
class Entered:
    """Who came in, their kitchens, what they asked and nobody answered, and what the database says of this program."""

    sign_in: SignIn
    db: Database
    me: Me
    kitchens: list[Kitchen]
    pending: Pending
    known: dict[UUID, Item]  # the items that unanswered commands may be about
    compat: Compat


def enter(config: Config, sign_in: SignIn) -> Entered:
    """Sign in. Blocks. Raises Forbidden (with facts["why"] where login and password are right, but not for a kitchen) or Offline."""
    pending = Pending(folder_of(config.data, sign_in.login))
    db = Database.connect(config.server, sign_in.login, sign_in.password, application=APPLICATION, pending=pending)
    try:
        who = me(db)
        if who is None:
            raise Forbidden(translate("session", "This login is no longer in use. Ask the owner for a new one."), {"why": "disabled"})
        if who.role not in (Role.KITCHEN_STAFF, Role.KITCHEN_MANAGER):
            words = translate("session", "This is the kitchen program, and {name} does not work in a kitchen. Start the office program.")
            raise Forbidden(words.format(name=who.name), {"why": "role"})
        own = kitchens(db)
        if not own:
            raise Forbidden(translate("session", "This login belongs to no kitchen yet. Ask the owner."), {"why": "kitchen"})
        known = {item.id: item for item in all_items(db)} if pending.waiting() else {}
        return Entered(sign_in, db, who, own, pending, known, compat(db))
    except BaseException:
        db.close()
        raise


class Session(QObject):
    """Opens the window of one kitchen and keeps it up to date until close()."""

    locked_out = Signal(str)  # the server no longer lets this login in: why
    _changed = Signal(object)  # carries Changes from the feed's thread to ours

    def __init__(self, config: Config, entered: Entered, kitchen: Kitchen) -> None:
        super().__init__()
        self.db, self.known = entered.db, entered.known
        self.line = LineState()
        self.settler = Settler(
            entered.pending, lambda command_id: settle_command(self.db, command_id), self._sentence, self.line, self, asked.KINDS
        )
        memory = config.data / MEMORY
        self.window = KitchenWindow(self.db, entered.me, kitchen, config.counter, self.line, self.settler, memory)
        self.scanner = Scanner(self)
        self.scanner.scanned.connect(self.window.stock.scanned)
        _keys().installEventFilter(self.scanner)
        self.window.stock.remind(left_behind(config.data, entered.me.login))
        self._changed.connect(self._take)
        self.line.changed.connect(self._ask_whether_locked_out)
        self._compare(entered.compat)
        login, password = entered.sign_in.login, entered.sign_in.password
        self.feed = EventFeed(config.server, login, password, self._changed.emit, self.line.tell, application=APPLICATION)
        self.window.stock.restless.connect(self.feed.look_again)

    def close(self) -> None:
        """Stop listening, then hang up; what is under way is not waited for: it stays on disk until it is settled."""
        self.feed.stop()
        self.db.close()
        _keys().removeEventFilter(self.scanner)
        self.window.deleteLater()
        self.deleteLater()

    def _take(self, changes: Changes) -> None:
        self.window.stock.heard(changes)
        if changes.resync or "health" in changes.nouns:  # the database may have been upgraded
            run(self, lambda: compat(self.db), then=self._compare, failed=_unless_expected)

    def _compare(self, found: Compat) -> None:
        if _parts(VERSION) < _parts(found.lowest_client):
            words = translate("session", "This program is version {ours}; the server needs {lowest} or newer. Update it.")
            self.line.outdate(words.format(ours=VERSION, lowest=found.lowest_client))

    def _ask_whether_locked_out(self) -> None:
        """Tell a line that is down from a login that was taken away: both look alike to the feed."""
        if self.line.state == "offline":
            run(self, lambda: me(self.db), then=self._still_in, failed=self._lock_out)

    def _still_in(self, who: Me | None) -> None:
        if who is None:
            self.locked_out.emit(self.tr("This login is no longer in use. Ask the owner for a new one."))

    def _lock_out(self, error: Exception) -> None:
        if isinstance(error, Forbidden):
            self.locked_out.emit(str(error))
        else:
            _unless_expected(error)

    def _sentence(self, verb: str, args: dict[str, object]) -> str:
        return asked.sentence(verb, args, (self.known | self.window.stock.shelf.model.items).get)


def folder_of(data: Path, login: str) -> Path:
    """Return where one login's unanswered commands are kept: nobody else can settle them."""
    return data / "pending" / quote(login, safe="")


def left_behind(data: Path, login: str) -> list[str]:
    """Return the other logins whose commands from this computer are still unanswered."""
    others = sorted(folder for folder in (data / "pending").glob("*") if folder != folder_of(data, login))
    return [unquote(folder.name) for folder in others if Pending(folder).waiting()]


def _keys() -> QCoreApplication:
    """Return what all keys of the program go through."""
    app = QCoreApplication.instance()
    assert app
    return app


def _unless_expected(error: Exception) -> None:
    """The line is down, or the server is busy: asked again at the next occasion. Anything else is a bug."""
    if not isinstance(error, Offline | Refused):
        raise error


def _parts(version: str) -> list[int]:
    return [int(part) for part in version.split(".")]
