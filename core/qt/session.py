"""Session: somebody signed in: their login to the database, the line to it, and the feed that tells what changed. Knows no window."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, QObject, QTimer, Signal

from core.base.config import Config, Server, SignIn
from core.base.errors import Forbidden
from core.database.gateway import Database
from core.database.pending import Pending, folder_of
from core.database.scripts import VERSION
from core.health import Compat, compat
from core.live import Changes, EventFeed
from core.qt.line import LineState
from core.qt.task import run, unless_expected
from core.staff import Me, me

STILL_IN = 20_000  # ms: as long as an ended login may go unnoticed that the server let in once more

translate = QCoreApplication.translate


@dataclass(frozen=True)
class Entered:
    """Who came in, how, and what they asked and nobody answered."""

    sign_in: SignIn
    db: Database
    me: Me
    pending: Pending


@contextmanager
def signed_in(config: Config, sign_in: SignIn, application: str) -> Iterator[Entered]:
    """Sign in. Blocks. The login is closed again when the block raises, as for somebody who is in the wrong program.

    Raises Forbidden (with facts["why"] where login and password are right) or Offline.
    """
    pending = Pending(folder_of(config.data, sign_in.login))
    db = Database.connect(config.server, sign_in.login, sign_in.password, application=application, pending=pending)
    try:
        who = me(db)
        if who is None:
            raise Forbidden(_no_longer(), {"why": "disabled"})
        yield Entered(sign_in, db, who, pending)
    except BaseException:
        db.close()
        raise


class Session(QObject):
    """Listens until close(), and finds out when the program is too old for the server, or the login is taken away."""

    heard = Signal(object)  # Changes
    locked_out = Signal(str)  # the server no longer lets this login in: why
    _changed = Signal(object)  # carries Changes from the feed's thread to ours

    def __init__(self, server: Server, entered: Entered, application: str) -> None:
        super().__init__()
        self.db = entered.db
        self.line = LineState(parent=self)
        self._asking = False  # whether the login is still let in
        self._changed.connect(self._take)
        self.line.changed.connect(lambda: self._ask_whether_locked_out() if self.line.state == "offline" else None)
        self.pulse = QTimer(self, interval=STILL_IN)
        self.pulse.timeout.connect(self._ask_whether_locked_out)
        self.pulse.start()
        login, password = entered.sign_in.login, entered.sign_in.password
        # It speaks by the event loop: a window that is made right after this misses nothing.
        self.feed = EventFeed(server, login, password, self._changed.emit, self.line.tell, application=application)

    def close(self) -> None:
        """Stop listening, then hang up; what is under way is not waited for."""
        self.feed.stop()
        self.db.close()
        self.deleteLater()

    def _take(self, changes: Changes) -> None:
        self.heard.emit(changes)
        if changes.resync or "health" in changes.nouns:  # at the beginning, and when the database may have been upgraded
            run(self, lambda: compat(self.db), then=self._compare, failed=unless_expected)
        if changes.resync:  # where the server lets ended logins in (before PostgreSQL 16) the line is soon live again
            self._ask_whether_locked_out()

    def _compare(self, found: Compat) -> None:
        if _parts(VERSION) < _parts(found.lowest_client):
            words = translate("session", "This program is version {ours}; the server needs {lowest} or newer. Update it.")
            self.line.outdate(words.format(ours=VERSION, lowest=found.lowest_client))

    def _ask_whether_locked_out(self) -> None:
        """Tell a line that is down from a login that was taken away: both look alike to the feed.

        Asked now and then also while all is well: who came back before the end of their login was committed is in, and sees nothing.
        """
        if not self._asking:
            self._asking = True
            run(self, lambda: me(self.db), then=self._still_in, failed=self._lock_out)

    def _still_in(self, who: Me | None) -> None:
        self._asking = False
        if who is None:
            self.locked_out.emit(_no_longer())

    def _lock_out(self, error: Exception) -> None:
        self._asking = False
        if isinstance(error, Forbidden):
            self.locked_out.emit(str(error))
        else:
            unless_expected(error)


def _no_longer() -> str:
    return translate("session", "This login is no longer in use. Ask the owner for a new one.")


def _parts(version: str) -> list[int]:
    return [int(part) for part in version.split(".")]
