"""Bars: a small chart: a bar for each hour or day, and a mark where it stood before. What it shows it also says in words."""

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QHelpEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QToolTip

from core.qt import theme
from core.qt.buttons import Button

TOP, BOTTOM, SIDE = 24, 24, 8  # px round the bars
GAP = 0.28  # the part of a slot that stays free
ENDS = (2, 4, 6, 8, 10, 12, 14, 16, 20)  # where a scale may end, and ten times that, and so on


class Bar(NamedTuple):
    """`label` stands below it; `then` is marked across it; `goes_on`: its time is not over; `words` say all of it."""

    label: str
    value: int
    then: int | None
    goes_on: bool
    words: str


def ceiling(most: int) -> int:
    """Return where the scale ends: a round even number at or above the highest bar, so that its half is whole."""
    step = 1
    while ENDS[-1] * step < most:
        step *= 10
    return next(end * step for end in ENDS if end * step >= most)


class Bars(Button):
    """`numbers`: each bar says its own figure where there is room, instead of a scale at the side."""

    def __init__(self, title: str, numbers: bool = False) -> None:
        super().__init__()
        self.title, self.numbered = title, numbers
        self.bars: Sequence[Bar] = ()
        self.top = 2
        self.is_old = False
        self.setProperty("role", "quiet")
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName(title)

    def sizeHint(self) -> QSize:
        return QSize(200, 170)

    minimumSizeHint = sizeHint

    def show_bars(self, bars: Sequence[Bar], is_old: bool) -> None:
        self.bars, self.is_old = bars, is_old
        self.top = ceiling(max((max(bar.value, bar.then or 0) for bar in bars), default=0))
        self.setAccessibleName(". ".join([self.title, *(bar.words for bar in bars)]))
        self.update()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent) and self.bars:
            place = int((event.pos().x() - self._plot().left()) // self._slot())
            QToolTip.showText(event.globalPos(), self.bars[place].words if 0 <= place < len(self.bars) else self.title, self)
            return True
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self.bars:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(theme.font(13))
        self._scale(painter)
        for place, bar in enumerate(self.bars):
            self._bar(painter, place, bar)
            if self.numbers:
                self._number(painter, place, bar)
        self._labels(painter)

    @property
    def numbers(self) -> bool:
        widest = max(_width(f"{bar.value:,}") for bar in self.bars)
        return self.numbered and widest + 2 <= (self.width() - 2 * SIDE) / len(self.bars)

    def _plot(self) -> QRectF:
        left = SIDE if self.numbers else SIDE + 8 + _width(f"{self.top:,}")
        return QRectF(self.rect()).adjusted(left, TOP, -SIDE, -BOTTOM)

    def _slot(self) -> float:
        return self._plot().width() / len(self.bars)

    def _scale(self, painter: QPainter) -> None:
        plot = self._plot()
        for value in (0,) if self.numbers else (0, self.top // 2, self.top):
            y = plot.bottom() - plot.height() * value / self.top
            painter.setPen(QPen(theme.colour("border" if value else "borderStrong"), 1))
            painter.drawLine(round(plot.left()), round(y), round(plot.right()), round(y))
            if not self.numbers:
                painter.setPen(theme.colour("muted"))
                room = QRectF(0, y - 10, plot.left() - 8, 20)
                painter.drawText(room, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, f"{value:,}")

    def _bar(self, painter: QPainter, place: int, bar: Bar) -> None:
        plot, slot = self._plot(), self._slot()
        left, width = plot.left() + slot * (place + GAP / 2), slot * (1 - GAP)
        high = plot.height() * bar.value / self.top
        shape = QRectF(left, plot.bottom() - high, width, high)
        colour = theme.colour("borderStrong" if self.is_old else "primary")
        if bar.goes_on:  # not over: an outline on a light ground
            painter.setPen(QPen(colour, 1.5))
            painter.setBrush(theme.colour("sunken" if self.is_old else "primarySoft"))
            shape.adjust(0.75, 0.75, -0.75, -0.75)
        else:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colour)
        if bar.value:
            painter.drawRoundedRect(shape, 2, 2)
        if bar.then:  # with the ground round it, so that it is seen on the bar too
            y = round(plot.bottom() - plot.height() * bar.then / self.top)
            for token, thick in (("surface", 6), ("muted" if self.is_old else "text", 2)):
                painter.setPen(QPen(theme.colour(token), thick, Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap))
                painter.drawLine(round(left - 2), y, round(left + width + 2), y)

    def _number(self, painter: QPainter, place: int, bar: Bar) -> None:
        plot, slot = self._plot(), self._slot()
        painter.setPen(theme.colour("muted" if self.is_old else "text"))
        room = QRectF(plot.left() + slot * place, plot.bottom() - plot.height() * bar.value / self.top - 21, slot, 20)
        painter.drawText(room, Qt.AlignmentFlag.AlignCenter, f"{bar.value:,}")

    def _labels(self, painter: QPainter) -> None:
        """Write below the bars; where there is no room for all, every second, or third."""
        plot, slot = self._plot(), self._slot()
        widest = max(_width(bar.label) for bar in self.bars)
        every = 1 + int((widest + 4) // slot)
        for place, bar in enumerate(self.bars):
            if place % every == 0:
                painter.setPen(theme.colour("text" if bar.goes_on and not self.is_old else "muted"))
                room = QRectF(plot.left() + slot * place - widest, plot.bottom() + 4, slot + 2 * widest, BOTTOM - 4)
                painter.drawText(room, Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignVCenter, bar.label)


def _width(text: str) -> int:
    return QFontMetrics(theme.font(13)).horizontalAdvance(text)
