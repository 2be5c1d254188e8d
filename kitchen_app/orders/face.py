"""The face of a card: what stands where on it, and how it is painted. Its buttons: kitchen_app/orders/card.py."""

from functools import cache, lru_cache
from math import ceil
from typing import NamedTuple

from PySide6.QtCore import QCoreApplication, QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPen, QTextLayout, QTextOption

from core.qt import theme
from kitchen_app.orders.look import Look

PAD, GAP, HEAD, RADIUS = 14, 8, 44, 12  # px
ACT, SMALL = 64, 48  # px: the next step, and what is rarer
TICK_BOX = 26  # px, and the room round the words of a dish to tick
NUMBER = (40, 34, 28, 22)  # px: read from two metres, where there is room for it
ICON = 20
MOST_DISHES, SHORT_NOTE = 5, 3  # lines on a card that is not open; but what is being cooked is not cut: an allergy may stand last
WHOLE = 40  # lines: more than the longest note has
TYPE = {  # px and weight
    "dish": (17, 600), "tick": (16, 600), "mark": (15, 600), "note": (15, 600), "more": (15, 500), "told": (13, 400), "story": (13, 400),
}  # fmt: skip
LOUD = ("text", "text", "bg")  # a note, whatever the ground of its card: its own ground, line and words
LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter

translate = QCoreApplication.translate


class Block(NamedTuple):
    """Words in their place. With an icon they stand on a ground of their tone."""

    kind: str
    place: QRect
    lines: tuple[str, ...]
    tone: str = ""
    icon: str = ""


class Plan(NamedTuple):
    """Where everything is, in px from the card's corner."""

    blocks: list[Block]
    ticks: list[QRect]
    act: QRect
    recall: QRect | None
    cancel: QRect | None
    height: int


@lru_cache(maxsize=1024)
def plan(look: Look, width: int) -> Plan:
    """Lay a card of that width out."""
    stack, ticks = _Stack(width), []
    if look.mark:
        stack.boxed("mark", look.mark.text, 6, look.mark.tone, look.mark.icon)
    if look.ticks:
        ticks = [stack.room(_tick_height(f"{line.quantity} × {line.dish}", stack.width)) for line in look.entry.dishes]
    else:
        _list_dishes(stack, look)
    if note := look.entry.order.note:
        stack.boxed("note", note, WHOLE if look.is_open or look.ticks else SHORT_NOTE, "", "info")
    stack.words("told", look.told, 2, gap=GAP)
    for line in look.story:
        stack.words("story", line, 3)
    stack.top += GAP - 4 if look.story else 0
    act = stack.room(ACT)
    recall = stack.room(SMALL) if look.recall else None
    cancel = stack.room(SMALL) if look.cancel else None
    return Plan(stack.blocks, ticks, act, recall, cancel, stack.top + PAD - GAP)


def _list_dishes(stack: "_Stack", look: Look) -> None:
    dishes = look.entry.dishes
    shown = dishes if look.is_open or len(dishes) <= MOST_DISHES else dishes[: MOST_DISHES - 1]
    for line in shown:
        stack.words("dish", f"{line.quantity} × {line.dish}", 6 if look.is_open else 2, gap=2)
    if len(shown) < len(dishes):
        stack.words("more", translate("orders", "and {n} more: touch the card").format(n=len(dishes) - len(shown)), 1, gap=2)
    stack.top += GAP - 2


class _Stack:
    """Lays things out from top to bottom, below the card's head."""

    def __init__(self, width: int) -> None:
        self.width = width - 2 * PAD
        self.top = PAD + HEAD
        self.blocks: list[Block] = []

    def room(self, height: int, gap: int = GAP) -> QRect:
        place = QRect(PAD, self.top, self.width, height)
        self.top += height + gap
        return place

    def words(self, kind: str, text: str, rows: int, gap: int = 4) -> None:
        if text:
            lines = fitted(text, *TYPE[kind], self.width, rows)
            self.blocks.append(Block(kind, self.room(len(lines) * line_height(*TYPE[kind]), gap), lines))

    def boxed(self, kind: str, text: str, rows: int, tone: str, icon: str) -> None:
        """Words on a ground, with an icon before them."""
        lines = fitted(text, *TYPE[kind], self.width - ICON - 26, rows)
        self.blocks.append(Block(kind, self.room(len(lines) * line_height(*TYPE[kind]) + 16), lines, tone, icon))


def tick_lines(text: str, width: int) -> tuple[str, ...]:
    """Return the lines of a dish that can be ticked off."""
    return fitted(text, *TYPE["tick"], width - TICK_BOX - 32, WHOLE)


def _tick_height(text: str, width: int) -> int:
    return max(SMALL, len(tick_lines(text, width)) * line_height(*TYPE["tick"]) + 14)


@lru_cache(maxsize=4096)
def fitted(text: str, px: int, weight: int, width: int, rows: int) -> tuple[str, ...]:
    """Return the lines of a text in that width: at most so many, the last ending in … where that is not all."""
    font, metrics = _face(px, weight)
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout = QTextLayout(" ".join(text.split()), font)
    layout.setTextOption(option)
    layout.beginLayout()
    lines: list[str] = []
    while len(lines) < rows and (line := layout.createLine()).isValid():
        line.setLineWidth(width)
        rest = layout.text()[line.textStart() :]
        whole = line.textLength() == len(rest)
        last = len(lines) == rows - 1 and not whole
        lines.append(metrics.elidedText(rest, Qt.TextElideMode.ElideRight, width) if last else rest[: line.textLength()].rstrip())
    layout.endLayout()
    return tuple(lines)


def line_height(px: int, weight: int) -> int:
    return _face(px, weight)[1].lineSpacing()


def write_lines(painter: QPainter, place: QRectF, lines: tuple[str, ...], px: int, weight: int, token: str) -> None:
    """Write lines from the top of a place down."""
    high = line_height(px, weight)
    for row, text in enumerate(lines):
        write(painter, QRectF(place.x(), place.y() + row * high, place.width(), high), text, px, weight, token, LEFT)


def paint(painter: QPainter, card: QRectF, look: Look, blocks: list[Block], ring: str) -> None:
    """Paint all but the buttons. `ring` is the colour round it, or ""."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    ground = look.clock.tone if look.clock.tone in ("warn", "danger") else ""
    fill(painter, card, f"{ground}Soft" if ground else "surface", f"{ground}Line" if ground else "border", RADIUS)
    if ring:
        outline(painter, card, ring, 3)
    _head(painter, QRectF(PAD, PAD - 4, card.width() - 2 * PAD, HEAD), look)
    for block in blocks:
        _block(painter, block)


def _head(painter: QPainter, line: QRectF, look: Look) -> None:
    """The number, large, and the clock: neither is ever cut, so the number is written smaller before they meet."""
    tone = look.clock.tone
    token = f"{tone}Text" if tone else "muted"
    wide = write(painter, line, look.clock.text, 16, 700 if tone else 600, token, RIGHT) + ICON + 6
    icon = theme.icon("triangle-alert" if tone else "clock", token, ICON)
    painter.drawPixmap(QPointF(line.right() - wide, line.center().y() - ICON / 2), icon)
    write(painter, line, look.name, number_size(look.name, line.width() - wide - 8), 700, "muted" if look.is_old else "text", LEFT)


def number_size(number: str, room: float) -> int:
    return next((px for px in NUMBER if _face(px, 700)[1].horizontalAdvance(number) <= room), 18)


def _block(painter: QPainter, block: Block) -> None:
    place, token = QRectF(block.place), "muted" if block.kind in ("told", "story", "more") else "text"
    if block.icon:
        ground, line, token = LOUD if block.kind == "note" else (f"{block.tone}Soft", block.tone, f"{block.tone}Text")
        fill(painter, place, ground, line, 8)
        painter.drawPixmap(QPointF(place.x() + 8, place.y() + 8), theme.icon(block.icon, token, ICON))
        place = place.adjusted(ICON + 16, 8, -12, -8)
    write_lines(painter, place, block.lines, *TYPE[block.kind], token)


def write(painter: QPainter, line: QRectF, text: str, px: int, weight: int, token: str, align: Qt.AlignmentFlag) -> int:
    """Write one line and return how wide it is."""
    font, metrics = _face(px, weight)
    painter.setFont(font)
    painter.setPen(theme.colour(token))
    painter.drawText(line, int(align | Qt.TextFlag.TextSingleLine), text)
    return ceil(metrics.horizontalAdvance(text))


def fill(painter: QPainter, place: QRectF, ground: str, line: str, radius: float) -> None:
    painter.setPen(QPen(theme.colour(line), 1))
    painter.setBrush(theme.colour(ground))
    painter.drawRoundedRect(place.adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)


def outline(painter: QPainter, place: QRectF, token: str, width: float, inset: float = 0) -> None:
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(theme.colour(token), width))
    half = inset + width / 2
    painter.drawRoundedRect(place.adjusted(half, half, -half, -half), RADIUS - half, RADIUS - half)


@cache
def _face(px: int, weight: int) -> tuple[QFont, QFontMetrics]:
    font = theme.font(px, weight)
    return font, QFontMetrics(font)
