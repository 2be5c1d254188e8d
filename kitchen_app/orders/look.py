"""How one order looks at this moment: everything its card says and offers. Two that are equal need not be painted anew."""

from dataclasses import dataclass
from typing import NamedTuple

from core.orders import State
from core.qt.states import state_word
from kitchen_app.orders.book import Entry
from kitchen_app.orders.words import Clock


class Mark(NamedTuple):
    """What a card says above its dishes, on a ground of its own."""

    tone: str  # "danger", "warn", "info" or "ok"
    icon: str
    text: str


@dataclass(frozen=True)
class Look:
    """One card. What is not offered is "" or False."""

    entry: Entry
    clock: Clock
    act: str  # the word on its button
    can_act: bool = True
    why_not: str = ""  # why nothing can be done with it for now, for who asks
    recall: str = ""
    cancel: bool = False
    mark: Mark | None = None
    told: str = ""  # who took the last step
    story: tuple[str, ...] = ()  # all its steps, when it is open
    is_open: bool = False
    is_new: bool = False  # it calls for somebody
    is_old: bool = False  # only as of some time ago
    ticking: frozenset[object] = frozenset()  # the dishes whose tick is under way

    @property
    def name(self) -> str:
        return str(self.entry.order.number)

    @property
    def ticks(self) -> bool:
        """Its dishes can be ticked off."""
        return self.entry.order.state is State.PREPARING

    def spoken(self) -> str:
        """Say a card as a screen reader does."""
        order = self.entry.order
        dishes = [f"{line.quantity} × {line.dish}" for line in self.entry.dishes]
        said = [f"{order.number}", state_word(order.state), self.clock.text, *([self.mark.text] if self.mark else []), *dishes]
        return ". ".join([*said, *([order.note] if order.note else []), self.told, *self.story])
