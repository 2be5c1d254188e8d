"""Fitted: a sheet as high as what is said in it, or as the window: then its middle scrolls, and the buttons stay in reach."""

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtWidgets import QLayout, QWidget

from core.qt.dialog import Dialog
from core.qt.widgets import column, scrolled

AIR, LINE = 24, 1  # px: what stays free of the window it lies over, and the line round it
MARGINS = (28, 24, 28, 24)


class Fitted(Dialog):
    """`inside` is its middle; whatever changes in there or in `watch`ed parts fits it again."""

    def __init__(self, over: QWidget, title: str, widest: int) -> None:
        super().__init__(over, title)
        self.setFixedWidth(min(widest, over.window().width() - AIR))
        self.inside = QWidget()
        self.body = scrolled(self.inside)
        self._fit_soon = QTimer(self, singleShot=True, interval=0)  # when all that changed has told its new size
        self._fit_soon.timeout.connect(self.fit)
        self.watch(self.inside)

    @property
    def room(self) -> int:
        """How wide the middle is, in px."""
        return self.width() - MARGINS[0] - MARGINS[2] - 2 * LINE

    def lay_out_round(self, *parts: QLayout | QWidget) -> None:
        """Lay out the sheet: its head, its middle, and what stands below."""
        self.set_content(column(*parts, margins=MARGINS, spacing=14))

    def watch(self, part: QWidget) -> None:
        part.installEventFilter(self)

    def fit_soon(self) -> None:
        self._fit_soon.start()

    def fit(self) -> None:
        """Be as high as what is said, or as the window."""
        layout = self.inside.layout()
        assert layout
        needed = layout.totalHeightForWidth(self.room) if layout.hasHeightForWidth() else layout.totalSizeHint().height()
        self.body.setFixedHeight(0)
        round_it = self.sheet.heightForWidth(self.width())
        room = self._over.window().height() - AIR - round_it
        fits = needed <= room
        # Left to itself a bar that was there once stays: it takes room, so that there is too little without it.
        self.body.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff if fits else Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.body.setFixedHeight(min(needed, room))
        self.setFixedHeight(round_it + self.body.height())
        self.move(self._over.window().geometry().center() - self.rect().center())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest:
            self._fit_soon.start()
        return False
