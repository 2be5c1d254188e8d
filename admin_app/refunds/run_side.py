"""Side: a column that scrolls where there is not enough height. It cuts nothing that wraps, and keeps what is worked on in sight."""

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QBoxLayout, QFrame, QLayout, QLineEdit, QScrollArea, QWidget

from core.qt.finger import Finger
from core.qt.widgets import row

BESIDE_BAR, BELOW = 6, 170  # px: between what scrolls and its bar; below what is typed, for the button that belongs to it
NARROW, SIDE = 900, 356  # px: below the one nothing stands side by side; how wide the right column is
WIDEST = 16777215  # px: what Qt takes for no limit


class Tall(QWidget):
    """As high as what is in it needs at its width: a scroll area asks for less where words wrap."""

    rose = Signal(int)  # to how many px, or fell

    def __init__(self, inside: QLayout) -> None:
        super().__init__()
        self.setLayout(inside)

    def event(self, event: QEvent) -> bool:
        done = super().event(event)
        if event.type() == QEvent.Type.LayoutRequest:
            self._rise()
        return done

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._rise()

    def _rise(self) -> None:
        layout = self.layout()
        needed = layout.totalMinimumHeightForWidth(self.width()) if layout and layout.hasHeightForWidth() else 0
        if needed != self.minimumHeight():
            self.setMinimumHeight(needed)
            self.rose.emit(needed)


class Side(QScrollArea):
    """Scrolls by itself; unrolled it is as high as what is in it, and what it stands in scrolls."""

    def __init__(self, inside: QLayout) -> None:
        super().__init__()
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.tall, self.is_unrolled = Tall(inside), False
        self.tall.rose.connect(lambda _: self.unroll(self.is_unrolled))
        self.setWidget(self.tall)
        Finger(self.viewport())
        self.verticalScrollBar().rangeChanged.connect(lambda _, most: self._stand(inside, most > 0))

    def unroll(self, on: bool) -> None:
        self.is_unrolled = on
        self.setMinimumHeight(self.tall.minimumHeight() if on else 0)

    def _stand(self, inside: QLayout, scrolls: bool) -> None:
        """Stand off from the bar while there is one, and follow what is being typed to where it went."""
        inside.setContentsMargins(0, 0, BESIDE_BAR if scrolls else 0, 0)
        focus = QApplication.focusWidget()
        if scrolls and isinstance(focus, QLineEdit) and self.tall.isAncestorOf(focus):
            self.ensureWidgetVisible(focus, 0, BELOW)


class Beside(QWidget):
    """What one looks at, and beside it the column in which one acts; where that is too narrow the column stands first."""

    def __init__(self, main: QWidget, side: Side, *others: Side) -> None:
        """`others`: what scrolls by itself in `main`."""
        super().__init__()
        self.side, self.others = side, others
        self.box: QBoxLayout = row((main, 1), side, spacing=16)
        self.setLayout(self.box)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.arrange(event.size().width() < NARROW)

    def arrange(self, narrow: bool) -> None:
        way = QBoxLayout.Direction.BottomToTop if narrow else QBoxLayout.Direction.LeftToRight
        if way != self.box.direction() or self.side.maximumWidth() == WIDEST and not narrow:
            self.box.setDirection(way)
            self.side.setMinimumWidth(0 if narrow else SIDE)
            self.side.setMaximumWidth(WIDEST if narrow else SIDE)
            for each in (self.side, *self.others):
                each.unroll(narrow)
