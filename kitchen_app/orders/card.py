"""The card of an order: its face, and its buttons: the next step, a tick for each dish, the way back, cancelling."""

from uuid import UUID

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QWidget

from core.orders import OrderLine
from core.qt import theme
from core.qt.texts import tip
from core.qt.widgets import Button, button
from kitchen_app.orders import face
from kitchen_app.orders.face import ICON, TICK_BOX
from kitchen_app.orders.hand import Hand
from kitchen_app.orders.look import Look

ARROWS = {Qt.Key.Key_Left: (-1, 0), Qt.Key.Key_Right: (1, 0), Qt.Key.Key_Up: (0, -1), Qt.Key.Key_Down: (0, 1)}
BY_KEYS = (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason, Qt.FocusReason.ShortcutFocusReason)


class Card(QAbstractButton):
    """A touch opens or closes it; its buttons act. A touch leaves the focus where it is: no Enter of a scanner then finds a button."""

    stepped, recalled, cancelled = Signal(object), Signal(object), Signal(object)  # a Look
    dish_ticked = Signal(object, object, bool)  # a Look, a dish's id, and whether it shall be ready
    moved = Signal(object, int, int)  # a Look, and which way an arrow goes from it: across, down

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.look: Look | None = None
        self.by_keys = False  # reached by keys: a finger needs no ring where it points
        self.bright = True  # the half of its pulse in which the ring of a new one is strong
        self.act = self._button("step", "touch_large", self.stepped)
        self.recall = self._button("option", "bar", self.recalled)
        self.cancel = self._button("option", "bar", self.cancelled)
        self.ticks: list[Tick] = []
        self.hand = Hand(self, self.act, self.recall, self.cancel)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def show_look(self, look: Look, width: int) -> int:
        """Show how the order is now; return how high the card must be."""
        plan = face.plan(look, width)
        if look != self.look or width != self.width():
            self.look = look
            self.setAccessibleName(look.spoken())
            self._show_ticks(look, plan)
            self._show_buttons(look, plan)
            self.update()
        return plan.height

    def keyPressEvent(self, event: QKeyEvent) -> None:
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.act.click()
        elif enter:
            self.click()
        elif event.key() == Qt.Key.Key_Backspace and self.recall.isVisible():
            self.recall.click()
        elif arrow := ARROWS.get(Qt.Key(event.key())):
            self.moved.emit(self.look, *arrow)
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        self.by_keys = event.reason() in BY_KEYS
        super().focusInEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        if self.look is None:
            return
        painter, card = QPainter(self), QRectF(self.rect())
        face.paint(painter, card, self.look, face.plan(self.look, self.width()).blocks, self._ring(self.look))
        if self.hasFocus() and self.by_keys:
            face.outline(painter, card, "focus", 2, inset=5)
        painter.end()

    def _ring(self, look: Look) -> str:
        if look.is_open:
            return "primary"
        return ("warn" if self.bright else "warnLine") if look.is_new else ""

    def _show_buttons(self, look: Look, plan: face.Plan) -> None:
        number, kept = look.name, (self.act, self.recall, self.cancel)
        self.act.setText(look.act)
        self.act.setAccessibleName(self.tr("{act} order {number}").format(act=look.act, number=number))
        self.recall.setText(look.recall)
        self.recall.setAccessibleName(self.tr("{act}, order {number}").format(act=look.recall, number=number))
        self.cancel.setText(self.tr("Cancel order"))
        self.cancel.setAccessibleName(self.tr("Cancel order {number}").format(number=number))
        for push, place in zip(kept, (plan.act, plan.recall, plan.cancel), strict=True):
            if push.hasFocus() and not (place and look.can_act):
                self.setFocus(Qt.FocusReason.TabFocusReason)  # or Qt would look for another button, on another card
            push.setVisible(place is not None)
            push.setEnabled(look.can_act)
            push.setToolTip(tip(look.why_not) if look.why_not else "")
            push.setAccessibleDescription(look.why_not)
            if place:
                push.setGeometry(place)

    def _show_ticks(self, look: Look, plan: face.Plan) -> None:
        while len(self.ticks) < len(plan.ticks):
            tick = Tick(self)
            self.hand.watch(tick)
            tick.clicked.connect(lambda on, tick=tick: self.dish_ticked.emit(self.look, tick.dish_id, not on))
            QWidget.setTabOrder(self.ticks[-1] if self.ticks else self, tick)
            self.ticks.append(tick)
        for place, tick in enumerate(self.ticks):
            tick.setVisible(place < len(plan.ticks))
            if place < len(plan.ticks):
                line = look.entry.dishes[place]
                tick.show_dish(line, look)
                tick.setGeometry(plan.ticks[place])

    def _button(self, role: str, size: str, signal: object) -> Button:
        push = button("", None, size)
        push.setParent(self)
        push.setProperty("role", role)
        push.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        push.clicked.connect(lambda: signal.emit(self.look))  # type: ignore[attr-defined]
        return push


class Tick(Button):
    """One dish, ticked off when it is ready. It paints its words itself: a long name takes two lines."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.dish_id: UUID | None = None
        self.words = ""
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def show_dish(self, line: OrderLine, look: Look) -> None:
        self.dish_id, self.words = line.dish_id, f"{line.quantity} × {line.dish}"
        card = self.parentWidget()
        if card and self.hasFocus() and not look.can_act:
            card.setFocus(Qt.FocusReason.TabFocusReason)
        self.setChecked(line.is_ready != (line.dish_id in look.ticking))
        self.setEnabled(look.can_act)
        self.setAccessibleDescription(look.why_not)
        self.setAccessibleName(self.tr("{dish} is ready, order {number}").format(dish=self.words, number=look.name))
        self.update()

    def nextCheckState(self) -> None:
        """A touch ticks nothing by itself: the order does, when that is under way."""

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, place, on = QPainter(self), QRectF(self.rect()), self.isChecked()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        line = "ok" if on else "borderStrong" if self.isEnabled() else "border"
        face.fill(painter, place, "okSoft" if on else "surface", line, 10)
        box = QRectF(10, (place.height() - TICK_BOX) / 2, TICK_BOX, TICK_BOX)
        if on or self.isEnabled():
            face.fill(painter, box, "ok" if on else "surface", "ok" if on else "borderStrong", 7)
        if on:
            painter.drawPixmap(box.adjusted(3, 3, -3, -3).topLeft(), theme.icon("check", "surface", ICON))
        token = "okText" if on else "text"  # also while it is off: cooking goes on without a line
        lines, font = face.tick_lines(self.words, self.width()), face.TYPE["tick"]
        high = len(lines) * face.line_height(*font)
        face.write_lines(painter, QRectF(TICK_BOX + 22, (place.height() - high) / 2, self.width(), high), lines, *font, token)
        if self.hasFocus():
            face.outline(painter, place, "focus", 2)
        painter.end()

