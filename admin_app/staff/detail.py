"""Detail: one login: whose it is, what it may do, where it is signed in now, and what the owner can do about it."""

from collections.abc import Sequence
from functools import partial
from typing import NamedTuple

from PySide6.QtCore import QTimer
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QLayout, QWidget

from admin_app.desk import Desk
from admin_app.listing import Detail, empty
from admin_app.staff.foot import Foot
from admin_app.staff.limits import said
from admin_app.staff.parts import held, point
from admin_app.staff.powers import Powers
from admin_app.staff.words import ICONS, TONES, how_it_ended, may, place, program_word, signed_in, standing_word
from core.database.gateway import Database
from core.proposals import Limits, limits
from core.qt.line import moment
from core.qt.task import run
from core.qt.widgets import column, frame, label, note, picture, pill, row, scrolled
from core.staff import ListedLogin, OpenSession, Standing, list_staff, sessions

LOOK_EVERY = 5000  # ms: who is signed in is not announced


class StaffDetail(Detail):
    """Reads the person's logins and the open sessions itself: when the login changed, and every few seconds."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.setAccessibleName(self.tr("Details of the login"))
        self.login: ListedLogin | None = None
        self.state, self.since = pill(""), label("", 15, 400, "muted")
        self.ended = note("", "info", "ban")
        self.logins, self.role, self.limits, self.sessions = (column(spacing=6) for _ in range(4))
        self.limits_title = label(self.tr("Limits"), 16, 600)
        self.logins_title = label("", 16, 600, wrap=True)
        self.powers, self.foot = Powers(desk), Foot(desk)
        self._told: Told | None = None
        self._clock = QTimer(self, interval=LOOK_EVERY)
        self._clock.timeout.connect(self._look)
        inside = QWidget()
        inside.setLayout(self._laid_out())
        area = scrolled(inside)
        area.setAccessibleName(self.tr("Logins, role and open sessions"))
        self.lay_out(row(self.state, 4, self.since, None), (area, 1), self.foot)

    def show_row(self, shown: ListedLogin) -> None:
        now = self.desk.line.now()
        if self.login is None or shown.login != self.login.login:
            self._told = None
            self._show_logins([shown])
            self._show_limits(None)
            empty(self.sessions)
        self.login = shown
        self.title.setText(shown.name)
        self.subtitle.setText(place(shown.role, shown.kitchens))
        self.state.say(standing_word(shown.state), TONES.get(shown.state), ICONS[shown.state])
        self.since.setText(self.tr("since {time}").format(time=moment(shown.created_at, now)))
        self.ended.setVisible(shown.state is Standing.ENDED)
        self.ended.words.setText(how_it_ended(shown, now))
        empty(self.role)
        for sentence in may(shown.role):
            self.role.addWidget(point(sentence))
        self.foot.show_login(shown)
        self._look()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._clock.start()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._clock.stop()

    def _laid_out(self) -> QLayout:
        return column(
            self.ended, self.logins_title, frame("sunken", column(self.logins, margins=(14, 10, 14, 10))),
            4, label(self.tr("Signed in now"), 16, 600), self.sessions,
            4, self.limits_title, self.limits, self.powers,
            4, label(self.tr("What this role may do"), 16, 600), self.role, None, margins=(0, 0, 8, 0), spacing=8,
        )  # fmt: skip

    def _look(self) -> None:
        if self.login and self.desk.line.offline_since is None:
            run(self, partial(_read, self.desk.db, self.login), then=partial(self._show, self.login.login), failed=self.complain)

    def _show(self, login: str, told: "Told") -> None:
        if self.login is None or self.login.login != login:
            return  # another one is shown by now
        self.trouble.hide()
        if told != self._told:
            self._told = told
            self._show_logins(told.logins)
            self._show_sessions(told.sessions)
            self._show_limits(told.limits)

    def _show_logins(self, logins: Sequence[ListedLogin]) -> None:
        one = len(logins) == 1
        self.logins_title.setText(self.tr("Signs in as") if one else self.tr("One person, {n} logins").format(n=len(logins)))
        empty(self.logins)
        for each in logins:
            what = column(label(each.login, 15, 600), label(place(each.role, each.kitchens), 13, 400, "muted", wrap=True), spacing=1)
            state = pill(standing_word(each.state), TONES.get(each.state), ICONS[each.state])
            self.logins.addWidget(held(row((what, 1), state)))

    def _show_sessions(self, found: Sequence[OpenSession]) -> None:
        empty(self.sessions)
        for each in found:
            said = label(signed_in(each, self.desk.line.now()), 13, 400, "muted", wrap=True)
            words = column(label(program_word(each.program), 15, 500, wrap=True), said, spacing=1)
            self.sessions.addWidget(held(row(picture("monitor", "muted", 18), (words, 1), spacing=10)))
        if not found:
            self.sessions.addWidget(label(self.tr("Nowhere."), 15, 400, "muted"))

    def _show_limits(self, found: Limits | None) -> None:
        """Tell what the person refunds alone and approves; nothing of whoever refunds nothing."""
        empty(self.limits)
        self.limits_title.setVisible(found is not None)
        for icon, sentence in said(found, self.desk.line.now()) if found else ():
            self.limits.addWidget(point(sentence, icon))
        self.powers.show_limits(self.login, found)
        self.foot.protect(found is not None and found.approver_since is not None)


class Told(NamedTuple):
    """What the server told of one login and its person."""

    logins: list[ListedLogin]
    sessions: list[OpenSession]
    limits: Limits | None


def _read(db: Database, login: ListedLogin) -> Told:
    """Read all logins of the person, where this one is signed in, and the person's limits. A counter and a service are nobody's."""
    own = list_staff(db, person_id=login.person_id) if login.person_id else [login]
    return Told(own, sessions(db, login.login), limits(db, login.person_id) if login.person_id else None)
