"""Doubts: the list of what was sent when the line was lost, and what became of each.  Facts: core/qt/settle.py."""

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QScrollArea, QWidget

from core.qt.dialog import Dialog, heading
from core.qt.line import moment
from core.qt.settle import CHECKING, NOT_RECORDED, RECORDED, UNKNOWABLE, Doubt, Settler, describe, what_now
from core.qt.widgets import button, column, frame, label, pill, row

LOOKS = {
    CHECKING: ("info", "clock"),
    RECORDED: ("ok", "circle-check"),
    NOT_RECORDED: ("danger", "circle-alert"),
    UNKNOWABLE: ("warn", "triangle-alert"),
}


class DoubtsDialog(Dialog):
    """Shows each as it stands, and follows while it is open."""

    def __init__(self, parent: QWidget, settler: Settler) -> None:
        super().__init__(parent, QCoreApplication.translate("DoubtsDialog", "Sent when the line was lost"))
        self.settler = settler
        self.setFixedWidth(680)
        self.lines = QScrollArea()
        self.lines.setWidgetResizable(True)
        self.lines.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.lines.setMinimumHeight(260)
        done = button(self.tr("Understood"), "primary", "touch")
        done.clicked.connect(self._understood)
        back = button(self.tr("Close"), None, "touch")
        back.clicked.connect(self.reject)
        fact = self.tr("Nothing of this was sent twice.")
        self.set_content(
            column(
                heading(self.tr("Sent when the line was lost"), fact, "clock", "infoText"),
                self.lines,
                row(back, None, done),
                margins=(28, 26, 28, 24),
                spacing=16,
            )
        )
        settler.changed.connect(self._show)
        self._show()

    def _show(self) -> None:
        inside = QWidget()
        inside.setLayout(column(*(self._line(doubt) for doubt in self.settler.doubts), None, spacing=10))
        self.lines.setWidget(inside)

    def _line(self, doubt: Doubt) -> QWidget:
        tone, icon = LOOKS[doubt.state]
        said = column(
            label(doubt.words, 16, 600, wrap=True),
            label(f"{moment(doubt.at, self.settler.line.now())} · {what_now(doubt)}", 14, 400, "muted", wrap=True),
            spacing=2,
        )
        again = []
        if self.settler.can_repeat(doubt):
            again = [button(self.tr("Enter it again"), None, "touch")]
            again[0].clicked.connect(lambda: self._again(doubt))
        return frame("sunken", row((said, 1), pill(describe(doubt), tone, icon), *again, margins=(16, 12, 14, 12), spacing=14))

    def _again(self, doubt: Doubt) -> None:
        self.accept()
        self.settler.again.emit(doubt)

    def _understood(self) -> None:
        self.settler.clear()
        self.accept()
