"""Rehearsal: somebody outside drives the program by its visible text: a step per line (JSON) on stdin, an answer per line on stdout.

{"do": "click", "text"} · {"do": "select", "text"} a row, a card or an entry of a box · {"do": "type", "label", "text"} ·
{"do": "scan", "text"} · {"do": "press", "key": "Escape"} · {"do": "wait" or "gone", "text", "seconds": 10} · {"do": "texts"} ·
{"do": "theme", "name": "dark"} · {"do": "size", "width", "height"} · {"do": "picture", "path"} · {"do": "quit"}
An answer is {"ok": true, …} or {"ok": false, "why", "texts"}. Knows no program.
"""

import json
import sys
import threading
import time
from collections.abc import Callable
from typing import Any, TextIO

from PySide6.QtCore import QEvent, QObject, QPoint, QPointF, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QKeySequence, QMouseEvent, QPainter, QPixmap
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QWidget

from core.qt import theme, visible
from core.qt.visible import NotFound

LOOK_EVERY = 50  # ms
Step = dict[str, Any]


def asked_for(arguments: list[str]) -> bool:
    """Say whether the program was started with `--rehearse -`."""
    return any(pair == ("--rehearse", "-") for pair in zip(arguments, arguments[1:], strict=False))


class Rehearsal(QObject):
    """Takes the steps one after another; the end of the input ends the program."""

    _read = Signal(object)

    def __init__(self, app: QApplication, steps: TextIO = sys.stdin, answers: TextIO = sys.stdout) -> None:
        super().__init__(app)
        self.app, self.answers = app, answers
        self._turn = threading.Semaphore(0)  # the next step is read when this one is answered
        self._read.connect(self._take)
        threading.Thread(target=self._listen, args=(steps,), daemon=True).start()

    def _listen(self, steps: TextIO) -> None:
        for line in steps:
            if line.strip():
                self._read.emit(line)
                self._turn.acquire()
        self._read.emit(None)

    def _take(self, line: str | None) -> None:
        if line is None:
            self.app.quit()
            return
        try:
            step = json.loads(line)
            take = STEPS.get(step["do"])
            if take is None:
                raise NotFound(f"no step is called “{step['do']}”")
            take(self, step)
        except NotFound as error:
            self.failed(str(error))
        except (KeyError, ValueError) as error:
            self.failed(f"this step cannot be read: {error!r}")

    def act(self, act: Callable[[], object]) -> None:
        """Act, then answer; but answer too when the act does not return, because it opened a dialog."""
        QTimer.singleShot(0, act)
        QTimer.singleShot(20, self.passed)

    def until(self, come: Callable[[], bool], why_not: str, seconds: float) -> None:
        deadline = time.monotonic() + seconds

        def look() -> None:
            if come():
                self.passed()
            elif time.monotonic() > deadline:
                self.failed(why_not)
            else:
                QTimer.singleShot(LOOK_EVERY, look)

        look()

    def passed(self, **facts: object) -> None:
        self._answer({"ok": True, **facts})

    def failed(self, why: str) -> None:
        self._answer({"ok": False, "why": why, "texts": visible.texts()})

    def _answer(self, answer: dict[str, object]) -> None:
        print(json.dumps(answer, ensure_ascii=False), file=self.answers, flush=True)
        self._turn.release()


def _click(rehearsal: Rehearsal, step: Step) -> None:
    found = visible.target(step["text"])
    if not found.isEnabled():
        raise NotFound(f"“{step['text']}” is off")
    rehearsal.act(found.trigger if isinstance(found, QAction) else lambda: _press_mouse(found))


def _select(rehearsal: Rehearsal, step: Step) -> None:
    found = visible.choice(step["text"])
    if isinstance(found, visible.Entry):
        found.box.setCurrentIndex(found.place)
        rehearsal.act(lambda: found.box.activated.emit(found.place))
    else:
        found.view.scrollTo(found.place)
        rehearsal.act(lambda: _press_mouse(found.view.viewport(), found.view.visualRect(found.place).center()))


def _type(rehearsal: Rehearsal, step: Step) -> None:
    entry = visible.entry(step["label"])
    if not entry.isEnabled() or entry.isReadOnly():
        raise NotFound(f"“{step['label']}” is off")
    entry.setFocus()
    entry.selectAll()
    if isinstance(entry, QLineEdit):
        entry.insert(step["text"])
    elif isinstance(entry, QPlainTextEdit):
        entry.insertPlainText(step["text"])
    rehearsal.passed()


def _scan(rehearsal: Rehearsal, step: Step) -> None:
    window = _front().windowHandle()
    for sign in step["text"]:
        QTest.keyClick(window, sign)
    rehearsal.act(lambda: QTest.keyClick(window, Qt.Key.Key_Return))


def _press(rehearsal: Rehearsal, step: Step) -> None:
    keys = QKeySequence.fromString(step["key"])
    if not keys.toString():
        raise NotFound(f"no key is called “{step['key']}”")
    window = _front().windowHandle()
    rehearsal.act(lambda: QTest.keySequence(window, keys))


def _wait(rehearsal: Rehearsal, step: Step) -> None:
    rehearsal.until(lambda: visible.shows(step["text"]), f"“{step['text']}” did not come", step.get("seconds", 10))


def _gone(rehearsal: Rehearsal, step: Step) -> None:
    rehearsal.until(lambda: not visible.shows(step["text"]), f"“{step['text']}” did not go", step.get("seconds", 10))


def _texts(rehearsal: Rehearsal, step: Step) -> None:
    rehearsal.passed(texts=visible.texts())


def _theme(rehearsal: Rehearsal, step: Step) -> None:
    theme.follow(rehearsal.app, step["name"])
    rehearsal.passed()


def _size(rehearsal: Rehearsal, step: Step) -> None:
    visible.windows()[0].resize(step["width"], step["height"])
    rehearsal.passed()


def _picture(rehearsal: Rehearsal, step: Step) -> None:
    def draw() -> None:
        if picture().save(step["path"]):
            rehearsal.passed(path=step["path"])
        else:
            rehearsal.failed(f"{step['path']} cannot be written")

    QTimer.singleShot(LOOK_EVERY, draw)  # what just changed is laid out level by level


def _quit(rehearsal: Rehearsal, step: Step) -> None:
    rehearsal.passed()
    QTimer.singleShot(0, rehearsal.app.closeAllWindows)
    QTimer.singleShot(100, rehearsal.app.quit)


STEPS: dict[str, Callable[[Rehearsal, Step], None]] = {
    "click": _click,
    "select": _select,
    "type": _type,
    "scan": _scan,
    "press": _press,
    "wait": _wait,
    "gone": _gone,
    "texts": _texts,
    "theme": _theme,
    "size": _size,
    "picture": _picture,
    "quit": _quit,
}


def picture() -> QPixmap:
    """Return what is on screen: the window, and over it its dialogs and menus, where they stand."""
    lowest, *others = visible.windows()
    pixmap = lowest.grab()
    painter = QPainter(pixmap)
    for window in others:
        painter.drawPixmap(window.geometry().topLeft() - lowest.geometry().topLeft(), window.grab())
    painter.end()
    return pixmap


def _front() -> QWidget:
    return QApplication.activePopupWidget() or QApplication.activeModalWidget() or visible.windows()[-1]


def _press_mouse(widget: QWidget, at: QPoint | None = None) -> None:
    """Press as a program does, and say so in the event: it looked before, and is quicker than any hand."""
    left, none, plain = Qt.MouseButton.LeftButton, Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier
    place = QPointF(at or widget.rect().center())
    there, source = widget.mapToGlobal(place), Qt.MouseEventSource.MouseEventSynthesizedByApplication
    for kind, buttons in ((QEvent.Type.MouseButtonPress, left), (QEvent.Type.MouseButtonRelease, none)):
        QApplication.sendEvent(widget, QMouseEvent(kind, place, there, there, left, buttons, plain, source))
