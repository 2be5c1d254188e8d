"""Room: where what is checked and the panel that confirms it stand: side by side, or the panel across the foot, or all below each other."""

from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QLayout, QWidget

from admin_app.proposals.confirming_panel import Panel
from core.qt.widgets import column, scrolled

COLUMN = 356  # px: how wide the panel is where it stands
BESIDE = (1188, 690)  # px: from this width and height on they stand side by side
ACROSS = 940  # px: from this width on the panel lies across the foot; below, it stands at the end of what is scrolled
LEAST_HEIGHT = 470  # px: less, and nothing would be left above a panel across the foot
LEAST = (COLUMN, 160)  # px: whatever it needs as it stands, with less room it stands otherwise


class Room(QWidget):
    """The button is in view wherever there is room for it beside the figures."""

    def __init__(self, inside: QLayout, panel: Panel) -> None:
        super().__init__()
        self.panel = panel
        self.held = QWidget()
        self.end = column()
        self.held.setLayout(column((inside, 1), self.end, margins=(0, 0, 4, 0), spacing=12))
        self.area = scrolled(self.held)
        self.beside = column(spacing=0)
        self.box: QBoxLayout = column((self.area, 1), self.beside, spacing=14)
        self.setLayout(self.box)
        self._way = ""
        self._arrange("across")

    def to_top(self) -> None:
        self.area.verticalScrollBar().setValue(0)

    def minimumSizeHint(self) -> QSize:
        return QSize(*LEAST)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        width, height = event.size().width(), event.size().height()
        if width >= BESIDE[0] and height >= BESIDE[1]:
            self._arrange("beside")
        else:
            self._arrange("across" if width >= ACROSS and height >= LEAST_HEIGHT else "below")

    def _arrange(self, way: str) -> None:
        if way == self._way:
            return
        self._way = way
        for layout in (self.end, self.beside):
            layout.removeWidget(self.panel)  # takeAt() alone leaves its old item alive, and the new one never hears of another height
            while layout.takeAt(0):
                pass
        (self.end if way == "below" else self.beside).addWidget(self.panel)
        if way == "beside":
            self.beside.addStretch(1)
        self.box.setDirection(QBoxLayout.Direction.LeftToRight if way == "beside" else QBoxLayout.Direction.TopToBottom)
        self.panel.setMinimumWidth(COLUMN if way == "beside" else 0)
        self.panel.setMaximumWidth(COLUMN if way == "beside" else 16777215)
        self.panel.arrange(way == "across")
