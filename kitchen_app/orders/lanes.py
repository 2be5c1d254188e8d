"""The lanes side by side: placed, accepted, cooking, ready, out. Arrows go from card to card; what calls for somebody pulses."""

import sys
from collections.abc import Mapping, Sequence
from uuid import UUID

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QApplication, QStyle, QWidget

from core.orders import State
from core.qt.states import state_word
from core.qt.widgets import row
from kitchen_app.orders.book import LANES
from kitchen_app.orders.card import ARROWS, BY_KEYS, Card
from kitchen_app.orders.lane import Lane
from kitchen_app.orders.look import Look

PULSE = 700  # ms


class Lanes(QWidget):
    """Passes on what somebody wants of an order."""

    touched, stepped, recalled, cancelled = Signal(object), Signal(object), Signal(object), Signal(object)  # a Look
    dish_ticked = Signal(object, object, bool)  # a Look, a dish's id, and whether it shall be ready

    def __init__(self) -> None:
        super().__init__()
        self.lanes = {state: Lane(state_word(state), self._card) for state in LANES}
        self.setLayout(row(*((lane, 1) for lane in self.lanes.values()), spacing=0))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        for lane in self.lanes.values():
            lane.lost.connect(self._take_focus)
        self._bright = True
        self._pulse = QTimer(self)
        self._pulse.setInterval(PULSE)
        self._pulse.timeout.connect(self._beat)

    def show_looks(self, looks: Mapping[State, Sequence[Look]]) -> None:
        for state, lane in self.lanes.items():
            lane.show_looks(list(looks[state]))
        if looks[State.PLACED] and moves(self):
            if not self._pulse.isActive():
                self._pulse.start()
        else:
            self._pulse.stop()

    def card(self, order_id: UUID) -> Card | None:
        """Return the card of an order and bring it into view; None when it is in no lane."""
        for lane in self.lanes.values():
            place = lane.place_of(order_id)
            if place is not None:
                return lane.reveal(place)
        return None

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Keys go on to the first card; a finger needs no focus, and nothing shall be scrolled for it."""
        super().focusInEvent(event)
        if event.reason() in BY_KEYS:
            self._focus_any()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (*ARROWS, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._focus_any()
        else:
            super().keyPressEvent(event)

    def _take_focus(self, by_keys: bool) -> None:
        self.setFocus(Qt.FocusReason.TabFocusReason if by_keys else Qt.FocusReason.OtherFocusReason)

    def _focus_any(self) -> None:
        """Go to the first card there is."""
        for lane in self.lanes.values():
            if lane.looks:
                lane.reveal(0).setFocus(Qt.FocusReason.TabFocusReason)
                return

    def _card(self, parent: QWidget) -> Card:
        card = Card(parent)
        card.clicked.connect(lambda: self.touched.emit(card.look))
        card.stepped.connect(self.stepped)
        card.recalled.connect(self.recalled)
        card.cancelled.connect(self.cancelled)
        card.dish_ticked.connect(self.dish_ticked)
        card.moved.connect(self._move)
        return card

    def _move(self, look: Look, across: int, down: int) -> None:
        """Go from a card to the one beside it; over empty lanes to the next that has one."""
        lanes = list(self.lanes.values())
        here = LANES.index(look.entry.order.state)
        place = lanes[here].place_of(look.entry.order.id) or 0
        ways = range(here + across, len(lanes) if across > 0 else -1, across) if across else [here]
        lane = next((lanes[way] for way in ways if lanes[way].looks), None)
        if lane:
            lane.reveal(max(0, min(place + down, len(lane.looks) - 1))).setFocus(Qt.FocusReason.TabFocusReason)

    def _beat(self) -> None:
        self._bright = not self._bright
        for card in self.lanes[State.PLACED].cards.values():
            card.bright = self._bright
            card.update()


def moves(widget: QWidget) -> bool:
    """Say whether the system wants things on the screen to move at all, as far as Qt knows it."""
    still = sys.platform == "win32" and not QApplication.isEffectEnabled(Qt.UIEffect.UI_General)  # elsewhere it is never set
    return not still and widget.style().styleHint(QStyle.StyleHint.SH_Widget_Animation_Duration, None, widget) > 0
