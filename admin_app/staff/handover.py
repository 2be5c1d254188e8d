"""The sheet that shows a password, once: to be copied, printed or written down, and handed over."""

from collections.abc import Callable
from contextlib import suppress

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent, QTextDocument
from PySide6.QtWidgets import QLayout, QWidget

from admin_app.staff.password import hand_over
from core.qt.dialog import Dialog, heading
from core.qt.widgets import button, column, frame, label, note, row
from core.staff import StaffLogin

translate = QCoreApplication.translate

WIDTH = 720  # px

Print = Callable[[QWidget, str], None]


class HandOver(Dialog):
    """Escape does not close it: what it shows cannot be had again."""

    def __init__(self, over: QWidget, login: StaffLogin, password: str, printing: Print | None) -> None:
        """`printing` asks for a printer and prints a text; None where nothing can be printed."""
        super().__init__(over, translate("staff", "{login} can sign in").format(login=login.login))
        self.login, self.secret, self.text = login, password, hand_over(login, password)
        self.setFixedWidth(WIDTH)
        self.password = label(password, 34, 600)
        self.password.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.password.setAccessibleName(self.tr("Password"))
        self.copy = button(self.tr("Copy login and password"), None, "touch", "copy")
        self.copy.clicked.connect(self._copy)
        self.print = button(self.tr("Print"), None, "touch", "printer")
        self.print.setHidden(printing is None)
        self.print.clicked.connect(lambda: printing(self, self.text) if printing else None)
        self.finish = button(self.tr("I have handed it over"), "primary", "touch")
        self.finish.clicked.connect(self.accept)
        self.set_content(self._laid_out())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() != Qt.Key.Key_Escape:
            super().keyPressEvent(event)

    def _laid_out(self) -> QLayout:
        once = self.tr("It is shown this once and kept nowhere. When it is lost, make a new one.")
        advice = self.tr("Tell it to {name} yourself, and to nobody else. Small letters and digits only: no o, i, l, 0 or 1.")
        shown = column(
            row(label(self.tr("Login"), 14, 500, "muted"), None, label(self.login.login, 20, 600)),
            label(self.tr("Password"), 14, 500, "muted"), self.password, margins=(20, 16, 20, 16), spacing=6,
        )  # fmt: skip
        return column(
            heading(self.windowTitle(), once, "lock", "primaryText"), frame("sunken", shown), note(advice.format(name=self.login.name)),
            row(self.copy, self.print, None, self.finish), margins=(28, 26, 28, 24), spacing=14,
        )  # fmt: skip

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.text)
        self.copy.setText(self.tr("Copied"))


def printing() -> Print | None:
    """Return what asks for a printer and prints on it; None on a computer that lacks what printing needs."""
    with suppress(ImportError):  # on Linux it needs libcups
        from PySide6.QtPrintSupport import QPrintDialog, QPrinter

        def print_on_paper(over: QWidget, text: str) -> None:
            printer = QPrinter()
            if QPrintDialog(printer, over).exec():
                document = QTextDocument()
                document.setPlainText(text)
                document.print_(printer)

        return print_on_paper
    return None
