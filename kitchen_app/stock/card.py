"""One card of the stock board: what is left to sell, large; what orders hold; who changed it last. Painted, for there may be hundreds."""

from collections.abc import Callable
from functools import cache

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPen
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from core.base.quantity import shown
from core.qt import theme
from core.qt.rows import ROW
from core.stock import Item, Level
from kitchen_app.stock import words
from kitchen_app.stock.model import ShelfModel

WIDTH, HEIGHT, GAP = 224, 152, 14  # px: the narrowest card, its height, and the room between two
PAD, UNIT_ROOM = 16, 48
LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
BADGE = {Level.SHORT: "triangle-alert", Level.OUT: "ban", Level.LOW: "triangle-alert"}  # the icon beside the word
TONE = {Level.SHORT: "danger", Level.OUT: "danger", Level.LOW: "warn"}


class CardDelegate(QStyledItemDelegate):
    """Paints a card in today's colours, as wide as the view's grid. `shows_focus` tells whether the focus is of use to whoever looks."""

    def __init__(self, model: ShelfModel, shows_focus: Callable[[], bool], view: QListView) -> None:
        super().__init__(view)
        self.model, self.shows_focus, self.view = model, shows_focus, view

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return self.view.gridSize()

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> None:
        item: Item = index.data(ROW)
        card = QRectF(option.rect).adjusted(0, 0, -GAP, -GAP)
        state = option.state
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._ground(painter, card, item, bool(state & QStyle.StateFlag.State_Selected))
        inside = card.adjusted(PAD, 12, -PAD, -10)
        self._top(painter, inside, item)
        self._number(painter, inside, item)
        self._bar(painter, inside, item)
        self._foot(painter, inside, item)
        if state & QStyle.StateFlag.State_HasFocus and self.shows_focus():
            _outline(painter, card, "focus", 2, inset=5, radius=8)
        painter.restore()

    def _ground(self, painter: QPainter, card: QRectF, item: Item, selected: bool) -> None:
        tone, glow = TONE.get(item.level), self.model.glow(item)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour(f"{tone}Soft" if tone else "surface"))
        painter.drawRoundedRect(card, 12, 12)
        _outline(painter, card, f"{tone}Line" if tone else "border", 1)
        if selected:
            _outline(painter, card, "primary", 3)
        elif glow:
            painter.setOpacity(glow)
            _outline(painter, card, "warn", 3)
            painter.setOpacity(1)

    def _top(self, painter: QPainter, inside: QRectF, item: Item) -> None:
        found, room = item.level, inside.width()
        line = QRectF(inside.x(), inside.y(), inside.width(), 24)
        if word := words.level_word(found):
            wide = _write(painter, line, word, 13, 700, f"{TONE[found]}Text", RIGHT)
            painter.drawPixmap(QPointF(line.right() - wide - 21, line.y() + 4), theme.icon(BADGE[found], f"{TONE[found]}Text", 16))
            room -= wide + 29
        _write(painter, QRectF(line.x(), line.y(), room, 24), item.name, 16, 600, "text")

    def _number(self, painter: QPainter, inside: QRectF, item: Item) -> None:
        """What is left to sell, and beside it what just changed."""
        found, line = item.level, QRectF(inside.x(), inside.y() + 24, inside.width(), 46)
        token = "muted" if self.model.line.offline_since else "dangerText" if TONE.get(found) == "danger" else "text"
        number = shown(item.available, item.unit_size)
        wide = _write(painter, line, number, figure_size(number, line.width() - UNIT_ROOM), 600, token)
        unit = _write(painter, line.adjusted(wide + 6, 9, 0, 0), item.unit, 16, 500, "muted")
        beside = line.adjusted(wide + unit + 14, 9, 0, 0)
        tone = "dangerText" if TONE.get(found) == "danger" else "warnText"
        _write(painter, beside, *mark_that_fits(self.model.news(item), beside.width()), 700, tone, RIGHT)

    def _bar(self, painter: QPainter, inside: QRectF, item: Item) -> None:
        """How full the shelf is of what can be sold; the tick is where it warns."""
        tone = TONE.get(item.level)
        bar = QRectF(inside.x(), inside.y() + 76, inside.width(), 6)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour(f"{tone}Line" if tone else "border"))
        painter.drawRoundedRect(bar, 3, 3)
        if item.available > 0:
            painter.setBrush(theme.colour("faint" if self.model.line.offline_since else tone or "primary"))
            painter.drawRoundedRect(QRectF(bar.x(), bar.y(), max(6.0, bar.width() * min(1, item.available / item.full_at)), 6), 3, 3)
        painter.setBrush(theme.colour("text"))
        painter.drawRect(QRectF(bar.x() + (bar.width() - 2) * min(1, item.warn_at / item.full_at), bar.y() - 3, 2, 12))

    def _foot(self, painter: QPainter, inside: QRectF, item: Item) -> None:
        line = QRectF(inside.x(), inside.y() + 90, inside.width(), 20)
        token = "dangerText" if item.available < 0 else "muted"
        _write(painter, line, words.held(item), 13, 600 if item.held else 400, token)
        told = words.changed(item, self.model.line.now(), self.model.line.offline_since)
        _write(painter, line.translated(0, 20), told, 13, 400, "muted")


def figure_size(number: str, room: float) -> int:
    """Return how large a figure can be written: it is never cut, for 1000 is not 100."""
    return next((px for px in (34, 26, 20) if _face(px, 600)[1].horizontalAdvance(number) <= room), 15)


def mark_that_fits(news: str, room: float) -> tuple[str, int]:
    """Return what can be written of a change, and how large: the unit goes first, then the mark itself; a figure is never cut."""
    bare = news.split(" ")[0]
    sizes = ((news, 14), (bare, 14), (bare, 12))
    return next(((text, px) for text, px in sizes if _face(px, 700)[1].horizontalAdvance(text) <= room), ("", 14))


def _write(
    painter: QPainter, line: QRectF, text: str, px: int, weight: int, token: str, align: Qt.AlignmentFlag = LEFT
) -> float:
    """Write one line, with … where there is no room, and return how wide it came out."""
    face, metrics = _face(px, weight)
    seen = metrics.elidedText(text, Qt.TextElideMode.ElideRight, line.width())
    painter.setFont(face)
    painter.setPen(theme.colour(token))
    painter.drawText(line, int(align | Qt.TextFlag.TextSingleLine), seen)
    return metrics.horizontalAdvance(seen)


@cache
def _face(px: int, weight: int) -> tuple[QFont, QFontMetricsF]:
    face = theme.font(px, weight)
    return face, QFontMetricsF(face)


def _outline(painter: QPainter, card: QRectF, token: str, width: float, inset: float = 0, radius: float = 12) -> None:
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(theme.colour(token), width))
    half = inset + width / 2
    painter.drawRoundedRect(card.adjusted(half, half, -half, -half), radius - width / 2, radius - width / 2)
