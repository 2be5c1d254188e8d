"""One lane of the queue: the orders in one state, from top to bottom. Only cards that can be seen exist, however many orders wait."""

from collections.abc import Callable
from itertools import pairwise
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from core.qt.widgets import column, label, row, scrolled
from kitchen_app.orders import face
from kitchen_app.orders.card import Card
from kitchen_app.orders.look import Look

GAP, GUTTER = 12, 14  # px: between two cards, and beside them, where the scroll bar comes
BEYOND = 200  # px above and below what is seen, where cards exist too


class Lane(QWidget):
    """Shows what it is given. `make` returns a new card whose signals somebody hears."""

    lost = Signal(bool)  # the card with the focus went; whether it was reached by keys, and there is no other here

    def __init__(self, title: str, make: Callable[[QWidget], Card]) -> None:
        super().__init__()
        self.make = make
        self.looks: list[Look] = []
        self.tops = [0]
        self.cards: dict[UUID, Card] = {}
        self._spare: list[Card] = []
        self.title, self.count = label(title, 17, 700), label("0", 17, 600, "muted")
        self.nothing = label(self.tr("Nothing here"), 15, 400, "muted")
        self.inside = QWidget()
        self.area = scrolled(self.inside)
        self.area.verticalScrollBar().valueChanged.connect(self._fill)
        self.setAccessibleName(title)
        head = row(self.title, self.count, None, spacing=10)
        self.setLayout(column(head, self.nothing, (self.area, 1), spacing=8))

    def show_looks(self, looks: list[Look]) -> None:
        """Show these orders. What is seen stays where it is, also when something above it comes or goes."""
        bar = self.area.verticalScrollBar()
        first = next((place for place, top in enumerate(self.tops) if top >= bar.value()), None)
        held = None if first is None or bar.value() == 0 else (_id(self.looks[first]), self.tops[first] - bar.value())
        place, by_keys = self._focused()
        lost = place is not None and _id(self.looks[place]) not in {_id(look) for look in looks}
        stood = self._stand()
        self.looks = looks
        self._place()
        if held:
            self._hold(*held)
        self._fill()
        self._warn_hands(stood)
        self.count.setText(str(len(looks)))
        self.nothing.setVisible(not looks)
        if lost and place is not None:
            self._pass_on_focus(place, by_keys)

    def place_of(self, order_id: UUID) -> int | None:
        return next((place for place, look in enumerate(self.looks) if _id(look) == order_id), None)

    def reveal(self, place: int) -> Card:
        """Bring the card at this place into view and return it."""
        bar, seen, top = self.area.verticalScrollBar(), self.area.viewport().height(), self.tops[place]
        bar.setValue(max(min(bar.value(), top), min(self.tops[place + 1] - seen, top)))
        self._fill()
        return self.cards[_id(self.looks[place])]

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.show_looks(self.looks)
        self._warn_hands({})  # something came or went above the lanes

    @property
    def _across(self) -> int:
        return max(120, self.width() - GUTTER)

    def _place(self) -> None:
        """Find out where each card begins; the last of `tops` is where the lane ends."""
        self.tops = [0]
        for look in self.looks:
            self.tops.append(self.tops[-1] + face.plan(look, self._across).height + GAP)
        self.inside.setMinimumHeight(self.tops[-1])
        self.inside.resize(self.inside.width(), max(self.tops[-1], self.area.viewport().height()))

    def _stand(self) -> dict[UUID, tuple[int, int]]:
        """Return where each card stands on the screen, and how high it is."""
        above = self.area.verticalScrollBar().value()
        return {_id(look): (top - above, end - top) for look, (top, end) in zip(self.looks, pairwise(self.tops), strict=True)}

    def _warn_hands(self, stood: dict[UUID, tuple[int, int]]) -> None:
        """A card that stands elsewhere than it stood may have come under a finger."""
        now = self._stand()
        for order_id, card in self.cards.items():
            if stood.get(order_id) != now[order_id]:
                card.hand.moved()

    def _hold(self, order_id: UUID, below: int) -> None:
        place = self.place_of(order_id)
        if place is not None:
            self.area.verticalScrollBar().setValue(self.tops[place] - below)

    def _fill(self) -> None:
        """Have cards where somebody looks, and nowhere else."""
        above, seen = self.area.verticalScrollBar().value(), self.area.viewport().height()
        wanted = {
            _id(look): place for place, look in enumerate(self.looks)
            if self.tops[place + 1] > above - BEYOND and self.tops[place] < above + seen + BEYOND or self._has_focus(_id(look))
        }  # fmt: skip
        for order_id in [order_id for order_id in self.cards if order_id not in wanted]:
            card = self.cards.pop(order_id)
            if focus := _focus_in(card):  # else Qt hands it to the next card when this one hides, and scrolls there
                focus.clearFocus()
            card.hide()
            self._spare.append(card)
        for order_id, place in wanted.items():
            card = self.cards.get(order_id) or (self._spare.pop() if self._spare else self.make(self.inside))
            self.cards[order_id] = card
            high = card.show_look(self.looks[place], self._across)
            card.setGeometry(0, self.tops[place], self._across, high)
            card.show()

    def _has_focus(self, order_id: UUID) -> bool:
        card = self.cards.get(order_id)
        return card is not None and _focus_in(card) is not None

    def _focused(self) -> tuple[int | None, bool]:
        """Return the place of the card that has the focus, and whether keys brought it there."""
        for place, look in enumerate(self.looks):
            if self._has_focus(_id(look)):
                card = self.cards[_id(look)]
                return place, card.by_keys or not card.hasFocus()
        return None, False

    def _pass_on_focus(self, place: int, by_keys: bool) -> None:
        """The card that had the focus went: who works by keys is on the next one now, but on none of its buttons."""
        if by_keys and self.looks:
            self.reveal(min(place, len(self.looks) - 1)).setFocus(Qt.FocusReason.TabFocusReason)
        else:
            self.lost.emit(by_keys)


def _id(look: Look) -> UUID:
    return look.entry.order.id


def _focus_in(card: Card) -> QWidget | None:
    focus = card.window().focusWidget()
    return focus if focus is card or card.isAncestorOf(focus) else None
