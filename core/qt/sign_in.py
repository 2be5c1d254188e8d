"""Sign-in: the first page. It asks for login and password, says in words why it does not go on, and keeps what was typed."""

from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QCheckBox, QLayout, QLineEdit, QProgressBar, QWidget

from core.base.config import Server, SignIn
from core.base.errors import Forbidden, Offline, Refused
from core.qt import theme
from core.qt.form import Field, entry
from core.qt.keys import Keys
from core.qt.task import run
from core.qt.widgets import button, column, frame, label, note, picture, row

TRY_AGAIN = 10  # seconds
WIDTH = 460  # px


class Secret(QWidget):
    """A line for a password, and a button that shows it."""

    def __init__(self) -> None:
        super().__init__()
        self.line = entry("touch")
        self.line.setEchoMode(QLineEdit.EchoMode.Password)
        self.eye = button("", None, "touch", "eye")
        self.eye.setCheckable(True)
        self.eye.setFixedWidth(56)
        self.eye.setAccessibleName(self.tr("Show the password"))
        self.eye.toggled.connect(self._show)
        self.setLayout(row((self.line, 1), self.eye))
        self.setFocusProxy(self.line)

    def _show(self, shown: bool) -> None:
        self.line.setEchoMode(QLineEdit.EchoMode.Normal if shown else QLineEdit.EchoMode.Password)
        self.eye.setIcon(theme.qicon("eye-off" if shown else "eye"))


class SignInPage(QWidget):
    """`connect(login, password)` runs off the UI thread and returns the session that `signed_in` carries.

    A Forbidden without facts.why stands under the password; any other Refused above the button; after Offline it tries again.
    """

    signed_in = Signal(object)

    def __init__(
        self,
        program: str,
        icon: str,
        server: Server,
        connect: Callable[[str, str], object],
        known: SignIn | None = None,
        keys: Keys | None = None,
    ) -> None:
        """`program`: what this is, such as "Kitchen, Counter 1". `known`: what to fill in. `keys`: where "Remember" puts it."""
        super().__init__()
        self.connect_to, self.keys = connect, keys
        self.address = f"{server.host}:{server.port}"
        self.login, self.secret = entry("touch"), Secret()
        self.password = self.secret.line
        self.login_field = Field(self.tr("Login"), self.login)
        self.password_field = Field(self.tr("Password"), self.secret)
        self.remember = QCheckBox(self.tr("Remember on this computer"))
        self.trouble = note("", "warn", "wifi-off")
        self.progress = _moving_bar(self.tr("Signing in"))
        self.go = button("", "primary", "touch_large")
        self._why, self._seconds = "", 0
        self._again = QTimer(self)
        self._again.setInterval(1000)
        self._again.timeout.connect(self._count_down)
        self._dress()
        self.setLayout(self._laid_out(program, icon))
        self._listen()
        self._fill_in(known)

    def sign_in(self) -> None:
        """Connect with what is typed; nothing typed is lost, whatever comes of it."""
        self._calm()
        typed = SignIn(self.login.text().strip(), self.password.text())
        for field, text in ((self.login_field, typed.login), (self.password_field, typed.password)):
            if not text:
                field.complain(self.tr("Type this first."))
                field.editor.setFocus()
                return
        self._busy(True)
        connect = self.connect_to
        run(self, lambda: connect(typed.login, typed.password), then=lambda session: self._came_in(typed, session), failed=self._failed)

    def _came_in(self, typed: SignIn, session: object) -> None:
        self._busy(False)
        keys, wanted = self.keys, self.remember.isChecked()
        if keys and not self.remember.isHidden():
            run(self, lambda: keys.keep(typed) if wanted else keys.forget(), then=lambda _: None, failed=_not_foreseen)
        self.password.clear()  # whoever signs out leaves no password behind
        self.signed_in.emit(session)

    def _failed(self, error: Exception) -> None:
        self._busy(False)
        if isinstance(error, Offline):
            self._why, self._seconds = str(error), TRY_AGAIN
            self._again.start()
            self._say_offline()
            self.go.setFocus()
        elif isinstance(error, Forbidden) and "why" not in error.facts:
            self.password_field.complain(str(error))
            self.password.setFocus()
            self.password.selectAll()
        elif isinstance(error, Refused):
            self.trouble.say(str(error), "danger", "circle-alert")
            self.trouble.show()
            self.login.setFocus()
        else:
            raise error  # a bug: the crash dialog has it

    def _count_down(self) -> None:
        self._seconds -= 1
        if self._seconds > 0:
            self._say_offline()
        else:
            self.sign_in()

    def _say_offline(self) -> None:
        words = self.tr("{why} What you typed stays. Trying again in {n} s.")
        self.trouble.say(words.format(why=self._why, n=self._seconds), "warn", "wifi-off")
        self.trouble.show()
        self.go.setText(self.tr("Try now"))

    def _calm(self) -> None:
        """Take back what was said: something is being typed or tried again."""
        self._again.stop()
        self.trouble.hide()
        self.login_field.clear()
        self.password_field.clear()
        self.go.setText(self.tr("Sign in"))

    def _busy(self, busy: bool) -> None:
        for widget in (self.login, self.secret, self.remember, self.go):
            widget.setEnabled(not busy)
        self.progress.setVisible(busy)
        self.go.setText(self.tr("Signing in…") if busy else self.tr("Sign in"))

    def _dress(self) -> None:
        self.setProperty("role", "page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.remember.setFont(theme.font(15))
        self.remember.setMinimumHeight(48)
        self.remember.hide()

    def _laid_out(self, program: str, icon: str) -> QLayout:
        words = column(label("Rachel Foods", 26, 600), label(program, 15, 400, "muted"), spacing=2)
        name = row(picture(icon, "primaryText", 34), words, None, spacing=16)
        where = row(picture("server", "faint", 16), label(self.address, 13, 400, "faint"), None, spacing=8)
        inside = column(
            name, 12, self.login_field, 4, self.password_field, self.remember, 8, self.trouble, 4, self.go, self.progress, 4, where,
            margins=(32, 30, 32, 24), spacing=8,
        )  # fmt: skip
        card = frame("card", inside)
        card.setFixedWidth(WIDTH)
        return column(None, row(None, card, None), None)

    def _listen(self) -> None:
        self.go.clicked.connect(self.sign_in)
        for line in (self.login, self.password):
            line.returnPressed.connect(self.sign_in)
            line.textEdited.connect(self._calm)
        self._busy(False)
        self._calm()

    def _fill_in(self, known: SignIn | None) -> None:
        """Fill in what is known already; else ask the keyring, which may take a while."""
        if known:
            self._take(known)
        elif self.keys:
            keys = self.keys
            run(self, lambda: (keys.works(), keys.recall()), then=self._recalled, failed=_not_foreseen)

    def _recalled(self, told: tuple[bool, SignIn | None]) -> None:
        works, kept = told
        self.remember.setVisible(works)
        self.remember.setChecked(kept is not None)
        if kept and not self.login.text() and not self.password.text():
            self._take(kept)

    def _take(self, known: SignIn) -> None:
        self.login.setText(known.login)
        self.password.setText(known.password)


def _moving_bar(name: str) -> QProgressBar:
    """Return a bar for what takes nobody knows how long; it keeps its place while it is hidden."""
    bar = QProgressBar()
    bar.setRange(0, 0)
    bar.setTextVisible(False)
    bar.setAccessibleName(name)
    place = bar.sizePolicy()
    place.setRetainSizeWhenHidden(True)
    bar.setSizePolicy(place)
    return bar


def _not_foreseen(error: Exception) -> None:
    raise error
