"""Shouts: cancelled orders, on top of everything until somebody has pressed "Seen". Which were seen is kept on this computer."""

from collections.abc import Collection, Sequence
from pathlib import Path
from uuid import UUID

from PySide6.QtCore import QSettings, Qt, Signal
from PySide6.QtWidgets import QFrame, QWidget

from core.orders import State
from core.qt.line import clock
from core.qt.texts import breakable, cut
from core.qt.widgets import Elided, Picture, button, column, label, row
from kitchen_app.orders import words
from kitchen_app.orders.book import Entry
from kitchen_app.orders.hand import Hand

SIDE_BY_SIDE = 2
LONGEST = 160  # signs of a reason; all of it stands in the order's story
BEGUN = (State.PREPARING, State.READY, State.OUT)
SEEN = "orders/seen"


class Seen:
    """The cancelled orders somebody has taken note of at this counter. `memory` is the counter's file; None forgets."""

    def __init__(self, memory: Path | None) -> None:
        self._memory = QSettings(str(memory), QSettings.Format.IniFormat) if memory else None
        kept = str(self._memory.value(SEEN, "")) if self._memory else ""
        self._ids = set(kept.split())

    def __contains__(self, order_id: UUID) -> bool:
        return str(order_id) in self._ids

    def add(self, order_id: UUID) -> None:
        self._keep(self._ids | {str(order_id)})

    def forget_all_but(self, known: Collection[UUID]) -> None:
        """Drop what the server does not tell any more."""
        if gone := self._ids - {str(order_id) for order_id in known}:
            self._keep(self._ids - gone)

    def _keep(self, ids: set[str]) -> None:
        self._ids = ids
        if self._memory:
            self._memory.setValue(SEEN, " ".join(sorted(ids)))
            self._memory.sync()


class Shouts(QWidget):
    """The newest cancelled orders side by side; how many more there are is said below."""

    seen = Signal(object)  # the id of an order

    def __init__(self) -> None:
        super().__init__()
        self.shouts = [Shout() for _ in range(SIDE_BY_SIDE)]
        for shout in self.shouts:
            shout.act.clicked.connect(lambda _=False, shout=shout: self.seen.emit(shout.order_id))
        self.more = label("", 15, 600, "danger")
        self.setLayout(column(row(*((shout, 1) for shout in self.shouts), spacing=12), self.more, spacing=6))
        self.hide()

    def show_entries(self, entries: Sequence[Entry]) -> None:
        """Show them, newest first."""
        for place, shout in enumerate(self.shouts):
            shout.setVisible(place < len(entries))
            if place < len(entries):
                shout.show_entry(entries[place])
        more = len(entries) - SIDE_BY_SIDE
        self.more.setText(self.tr("and {n} more cancelled").format(n=more))
        self.more.setVisible(more > 0)
        self.setVisible(bool(entries))


class Shout(QFrame):
    """One cancelled order: stop cooking it, why, and by whom."""

    def __init__(self) -> None:
        super().__init__()
        self.order_id: UUID | None = None
        self.setProperty("role", "shout")
        self.title, self.why, self.dishes = label("", 22, 700, "danger", wrap=True), label("", 16, 600, wrap=True), Elided("", 15)
        self.act = button(self.tr("Seen"), None, "touch_large")
        self.act.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.hand = Hand(self.act)
        said = column(None, self.title, self.why, self.dishes, None, spacing=2)
        self.setLayout(row(Picture("ban", "dangerText", 34), (said, 1), self.act, margins=(16, 10, 12, 10), spacing=14))

    def show_entry(self, entry: Entry) -> None:
        order = entry.order
        if order.id != self.order_id:
            self.hand.moved()  # what was shouted here before is seen; this is not
            self.order_id = order.id
        title = self.tr("Stop cooking {number}: cancelled") if begun(entry) else self.tr("{number} cancelled")
        self.title.setText(title.format(number=order.number))
        time = clock(order.changed_at)
        self.why.setText(breakable(f"{cut(words.who_did(order), LONGEST)}, {time}"))
        self.dishes.setText(", ".join(f"{line.quantity} × {line.dish}" for line in entry.dishes))
        self.act.setAccessibleName(self.tr("Seen: order {number} cancelled").format(number=order.number))


def begun(entry: Entry) -> bool:
    """Say whether it was being cooked already."""
    return entry.order.came_from in BEGUN
