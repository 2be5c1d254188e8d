"""Sound: a bell for what must not be missed. It is extra: the screen says it first, and no sound ever stops or fails a program."""

import sys
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QObject, QProcess, QSettings, QSize, QStandardPaths, QTimer, Signal
from PySide6.QtWidgets import QApplication

from core.qt import theme
from core.qt.buttons import Button

SOUNDS = theme.RESOURCES / "sounds"  # <name>.wav
PLAYERS = ("pw-play", "paplay", "aplay", "afplay")  # PipeWire, PulseAudio, ALSA, macOS: each takes a file
LONGEST = 5000  # ms: a player still running then hangs
MUTED = "sound/muted"


class Bell(QObject):
    """Rings at one counter, one sound at a time; whether it is muted is kept on disk."""

    muted_changed = Signal(bool)

    def __init__(self, memory: Path | None, parent: QObject | None = None, players: Sequence[str] = PLAYERS) -> None:
        """`memory` is the file of this counter's settings; None forgets."""
        super().__init__(parent)
        self._memory = QSettings(str(memory), QSettings.Format.IniFormat) if memory else None
        self._muted = bool(self._memory and self._memory.value(MUTED, False, type=bool))
        self._found = [found for name in players if (found := QStandardPaths.findExecutable(name))]
        self._players = self._found  # the first of them plays
        self._now = self._next = ""
        self._process = QProcess(self)
        self._process.finished.connect(self._ended)
        self._process.errorOccurred.connect(self._not_started)
        self._limit = QTimer(self)
        self._limit.setSingleShot(True)
        self._limit.setInterval(LONGEST)
        self._limit.timeout.connect(self._process.kill)

    @property
    def muted(self) -> bool:
        return self._muted

    @muted.setter
    def muted(self, muted: bool) -> None:
        if muted == self._muted:
            return
        self._muted = muted
        self._now = self._next = ""
        self._process.kill()  # silence is meant for the sound of this moment too
        if self._memory:
            self._memory.setValue(MUTED, muted)
            self._memory.sync()
        self.muted_changed.emit(muted)

    def ring(self, name: str) -> None:
        """Play "new" or "cancelled". While another sounds it waits for its end; the same one is not repeated."""
        if self._muted:
            return
        if sys.platform == "win32":
            _ring_on_windows(name)
        elif self._process.state() == QProcess.ProcessState.NotRunning:
            self._play(name)
        elif name != self._now:
            self._next = name

    def _play(self, name: str) -> None:
        if not self._players:
            QApplication.beep()
            self._players, self._next = self._found, ""  # a sound server may be there again the next time
            return
        self._now = name
        self._limit.start()
        self._process.start(self._players[0], [str(SOUNDS / f"{name}.wav")])

    def _ended(self, code: int, status: QProcess.ExitStatus) -> None:
        self._limit.stop()
        if self._now and (code or status == QProcess.ExitStatus.CrashExit):  # and not because it was to be silent
            self._try_the_next_player()
        elif self._next:
            name, self._next = self._next, ""
            self._play(name)

    def _not_started(self, error: QProcess.ProcessError) -> None:
        if error == QProcess.ProcessError.FailedToStart:
            self._limit.stop()
            self._try_the_next_player()

    def _try_the_next_player(self) -> None:
        """This one does not work here (no sound server, no card): it is not asked again while another one does."""
        self._players = self._players[1:]
        QTimer.singleShot(0, self, self._play_again)  # not from inside the process's own signal

    def _play_again(self) -> None:
        if self._now:  # else it was muted in between
            self._play(self._now)


class MuteButton(Button):
    """Says whether the bell rings at this counter, and switches it."""

    def __init__(self, bell: Bell) -> None:
        super().__init__()
        self.bell = bell
        self.setAutoDefault(False)
        self.setFont(theme.font(16, 600))
        self.setProperty("kind", "ghost")
        self.setProperty("sz", "touch")
        self.setIconSize(QSize(26, 20))
        self.setAccessibleDescription(self.tr("Switches the bell for new and cancelled orders at this counter"))
        self.clicked.connect(self._switch)
        bell.muted_changed.connect(self._show)
        self._show()

    def sizeHint(self) -> QSize:
        """Be as wide whichever way it stands, so that nothing beside it moves."""
        hint, wide = super().sizeHint(), self.fontMetrics().horizontalAdvance
        hint.setWidth(hint.width() - wide(self.text()) + max(wide(self._said(muted)) for muted in (True, False)))
        return hint

    def _said(self, muted: bool) -> str:
        return self.tr("Sound off") if muted else self.tr("Sound on")

    def _switch(self) -> None:
        self.bell.muted = not self.bell.muted

    def _show(self) -> None:
        muted = self.bell.muted
        self.setText(self._said(muted))
        self.setIcon(theme.qicon("volume-x" if muted else "volume-2", "warnText" if muted else "muted"))
        self.setProperty("role", "muted" if muted else "")  # a counter that nobody hears is to be noticed
        self.style().polish(self)


def _ring_on_windows(name: str) -> None:
    """Windows plays by itself, and stops what sounded before."""
    if sys.platform == "win32":
        import winsound

        try:
            winsound.PlaySound(str(SOUNDS / f"{name}.wav"), winsound.SND_FILENAME | winsound.SND_ASYNC | winsound.SND_NODEFAULT)
        except RuntimeError:
            QApplication.beep()
