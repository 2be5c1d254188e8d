"""The cards side by side: as many in a row as fit, moved through by arrows or by a finger."""

from PySide6.QtCore import QModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListView, QScroller

from kitchen_app.stock.card import GAP, HEIGHT, WIDTH, CardDelegate
from kitchen_app.stock.model import ShelfModel

SCROLL_BAR = 18  # px: Qt keeps them free, and a column would go missing
BY_KEYS = (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason, Qt.FocusReason.ShortcutFocusReason)


class CardView(QListView):
    """A grid of cards. Enter, or a second click, opens one."""

    opened = Signal()

    def __init__(self, model: ShelfModel) -> None:
        super().__init__()
        self.by_keys = False  # moved through by keys: then the focus is shown; a finger needs no ring where it points
        self.setModel(model)
        self.setItemDelegate(CardDelegate(model, lambda: self.by_keys, self))
        self.setViewMode(QListView.ViewMode.IconMode)
        self.setMovement(QListView.Movement.Static)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setUniformItemSizes(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(self.tr("Stock items"))
        self.doubleClicked.connect(lambda _: self.opened.emit())
        QScroller.grabGesture(self.viewport(), QScroller.ScrollerGestureType.TouchGesture)

    def resizeEvent(self, event: QResizeEvent) -> None:
        room = self.width() - SCROLL_BAR
        self.setGridSize(QSize(room // max(1, room // (WIDTH + GAP)), HEIGHT + GAP))
        super().resizeEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        self.by_keys = self.by_keys or event.reason() in BY_KEYS
        super().focusInEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.by_keys = False
        super().mousePressEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        self.by_keys = True
        self.viewport().update()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self.setCurrentIndex(self.currentIndex())  # it may have had the focus only
            self.opened.emit()
        elif event.key() == Qt.Key.Key_Slash:
            event.ignore()  # the board's: it means "search"
        else:
            super().keyPressEvent(event)

    def point_at(self, place: QModelIndex) -> None:
        """Select a card and bring it into view."""
        self.setCurrentIndex(place)
        self.scrollTo(place, QAbstractItemView.ScrollHint.EnsureVisible)
