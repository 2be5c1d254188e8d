"""The two sides of the stock page: what shows the shelves, and what corrects many of them. One is seen, and the focus goes there."""

from collections.abc import Callable
from uuid import UUID

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QStackedLayout, QWidget

from admin_app.stock.correct import CorrectView
from core.qt.buttons import Button
from core.qt.widgets import column


class Sides(QObject):
    def __init__(self, page: QWidget, correct: CorrectView, push: Button, kitchen: Callable[[], UUID | None]) -> None:
        """`page` was laid out, and has a focus proxy; `push` turns it, to the `kitchen` that is shown."""
        super().__init__(page)
        self.page, self.correct, self.kitchen, self.begins = page, correct, kitchen, page.focusProxy() or page
        shelves, corrects, laid_out = QWidget(), QWidget(), page.layout()
        assert laid_out
        shelves.setLayout(laid_out)  # a layout goes along with its parts
        corrects.setLayout(column(correct, margins=(28, 20, 28, 20)))
        self.stack = QStackedLayout(page)
        for each in (shelves, corrects):
            self.stack.addWidget(each)
        push.clicked.connect(self.turn)
        correct.left.connect(self.turn_back)

    def turn(self) -> None:
        """Let many figures be typed."""
        self.stack.setCurrentIndex(1)
        self.page.setFocusProxy(self.correct)
        self.correct.begin(self.kitchen())

    def turn_back(self) -> None:
        """Show the shelves. What was typed stays."""
        if self.stack.currentIndex() == 1:
            self.stack.setCurrentIndex(0)
            self.page.setFocusProxy(self.begins)
            self.page.setFocus()
