"""Crash: what was not foreseen is written down, told to the person once with a number to quote, and the program goes on.

Nothing personal is written: of an error its kind and the places it came through, never its message, which may hold a name.
"""

import faulthandler
import json
import logging
import os
import secrets
import sys
import threading
import traceback
from datetime import UTC, datetime
from logging.handlers import RotatingFileHandler
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QCoreApplication, QMessageLogContext, QObject, Qt, QtMsgType, Signal, qInstallMessageHandler
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QWidget

from core.qt.dialog import Dialog, heading
from core.qt.widgets import button, column, frame, label, row

LEVELS = {
    QtMsgType.QtDebugMsg: logging.DEBUG,
    QtMsgType.QtInfoMsg: logging.INFO,
    QtMsgType.QtWarningMsg: logging.WARNING,
    QtMsgType.QtCriticalMsg: logging.ERROR,
    QtMsgType.QtFatalMsg: logging.CRITICAL,
}
FILE_SIZE, FILES = 1_000_000, 5  # bytes each, and how many old ones are kept
ROOT = Path(__file__).parents[2]
log = logging.getLogger("rachel")


def install(data: Path, program: str, version: str) -> "Crash":
    """Begin to write `<data>/logs/<program>.log` and to catch what nobody else caught. Call it once, after the QApplication is made."""
    folder = data / "logs"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    fatal = open(os.open(folder / f"{program}-fatal.log", os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600), "w")  # noqa: SIM115 - open as long as we run
    faulthandler.enable(fatal)
    handler = RotatingFileHandler(folder / f"{program}.log", maxBytes=FILE_SIZE, backupCount=FILES, encoding="utf-8", delay=True)
    handler.setFormatter(JsonLine(program, version))
    log.addHandler(handler)
    log.setLevel(logging.INFO)
    crash = Crash(version, QApplication.instance())
    sys.excepthook = crash.caught
    threading.excepthook = lambda told: crash.caught(told.exc_type, told.exc_value, told.exc_traceback)
    qInstallMessageHandler(_qt_said)
    return crash


class JsonLine(logging.Formatter):
    """One JSON object for each line of the log."""

    def __init__(self, program: str, version: str) -> None:
        super().__init__()
        self.known = {"program": program, "version": version, "pid": os.getpid()}

    def format(self, record: logging.LogRecord) -> str:
        at = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
        facts = getattr(record, "facts", {})
        return json.dumps({"at": at, "level": record.levelname, **self.known, "said": record.getMessage(), **facts}, ensure_ascii=False)


class Crash(QObject):
    """Catches errors of every thread, writes them down there, and shows them in the UI thread."""

    _happened = Signal(str, str)

    def __init__(self, version: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.version = version
        self.dialog: CrashDialog | None = None
        self._happened.connect(self._show)

    def caught(self, kind: type[BaseException], error: BaseException | None, trace: TracebackType | None) -> None:
        if not issubclass(kind, Exception):  # Ctrl+C, SystemExit
            sys.__excepthook__(kind, error or kind(), trace)
            return
        number = secrets.token_hex(4).upper()
        places = [_place(frame) for frame in traceback.extract_tb(trace)]
        log.error("not foreseen", extra={"facts": {"id": number, "error": kind.__qualname__, "through": places}})
        sys.__excepthook__(kind, error or kind(), trace)  # whoever started it in a terminal sees it all
        self._happened.emit(number, f"{number} · {self.version} · {kind.__qualname__}\n" + "\n".join(places))

    def _show(self, number: str, details: str) -> None:
        window = _window()
        if window is None or self.dialog is not None:  # one dialog is enough, each error has its line in the log
            return
        self.dialog = CrashDialog(window, number, details)
        self.dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.dialog.finished.connect(self._closed)
        self.dialog.open()

    def _closed(self) -> None:
        self.dialog = None


class CrashDialog(Dialog):
    def __init__(self, parent: QWidget, number: str, details: str) -> None:
        super().__init__(parent, QCoreApplication.translate("CrashDialog", "Something went wrong"))
        self.setFixedWidth(560)
        copy = button(self.tr("Copy details"), None, "touch", "copy")
        copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(details))
        go_on = button(self.tr("Go on"), "primary", "touch")
        go_on.clicked.connect(self.accept)
        fact = self.tr("This is a fault of the program, not yours. It goes on; look once more whether your last step was saved.")
        quoted = row(label(self.tr("Tell support this number"), 15, 400, "muted"), None, label(number, 20, 600))
        self.set_content(
            column(
                heading(self.tr("Something went wrong"), fact, "circle-alert", "dangerText"),
                frame("sunken", column(quoted, margins=(18, 14, 18, 14))),
                label(self.tr("The details hold no names, amounts or passwords."), 14, 400, "muted", wrap=True),
                row(copy, None, go_on),
                margins=(28, 26, 28, 24),
                spacing=16,
            )
        )


def _window() -> QWidget | None:
    shown = [window for window in QApplication.topLevelWidgets() if window.isVisible() and window.isWindow()]
    return QApplication.activeModalWidget() or QApplication.activeWindow() or next(iter(shown), None)


def _place(frame: traceback.FrameSummary) -> str:
    path = Path(frame.filename)
    name = path.relative_to(ROOT).as_posix() if path.is_relative_to(ROOT) else path.name  # a folder may bear a person's name
    return f"{name}:{frame.lineno} {frame.name}"


def _qt_said(kind: QtMsgType, context: QMessageLogContext, message: str) -> None:
    log.log(LEVELS[kind], "Qt: %s", message)
