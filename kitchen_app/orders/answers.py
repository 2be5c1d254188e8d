"""What becomes of a step somebody asked for: recorded, refused or not known; said on its card, where they asked."""

from collections.abc import Callable, Sequence
from functools import partial
from uuid import UUID

from PySide6.QtCore import QObject, Signal

from core.base.errors import Illegal, Missing, Stale
from core.database.gateway import Database
from core.orders import Order, QueuedOrder, Step, order_history
from core.qt.settle import CHECKING, Settler
from core.qt.task import run
from kitchen_app.orders import told
from kitchen_app.orders.book import LANES, Book
from kitchen_app.orders.cancelling import Cancelling
from kitchen_app.orders.look import Look, Mark
from kitchen_app.orders.looks import Looks
from kitchen_app.orders.steps import Steps


class Answers(QObject):
    """Puts every answer into the book or onto a card."""

    unread = Signal()  # the queue on screen may be old
    stepped = Signal()  # the book has an order in another state than before
    changed = Signal()
    restless = Signal()  # something was recorded, or got no answer
    homeless = Signal(str)  # what is to be said of an order that has no card any more

    def __init__(self, db: Database, book: Book, looks: Looks, steps: Steps, settler: Settler, cancelling: Cancelling) -> None:
        super().__init__(cancelling)
        self.db, self.book, self.looks, self.settler, self.cancelling = db, book, looks, settler, cancelling
        steps.done.connect(self._done)
        steps.ticked.connect(self._ticked)
        steps.refused.connect(self._refused)
        steps.doubted.connect(self._doubted)

    def begin(self, act: Callable[[QueuedOrder], None], look: Look) -> None:
        """Somebody wants a step. What was said about the order before is read by now."""
        order = look.entry.order
        doubt = self.looks.doubt(order)
        if doubt and doubt.state != CHECKING:
            self.settler.dismiss(doubt)
        self.looks.forget(order.id)
        act(order)

    def _done(self, order: Order, reason: str | None) -> None:
        self.book.step(order, reason)
        self.cancelling.end(order.id)
        self.stepped.emit()
        self.unread.emit()
        self.restless.emit()

    def _ticked(self, order_id: UUID, dish_id: UUID, ready: bool) -> None:
        self.book.tick(order_id, dish_id, ready)
        self.unread.emit()
        self.restless.emit()

    def _refused(self, order: QueuedOrder, error: Exception) -> None:
        if self.cancelling.complains(order, error):
            return
        if isinstance(error, Stale | Illegal | Missing):
            run(self, lambda: order_history(self.db, order.id), then=partial(self._overtaken, order),
                failed=lambda _: self._say(order, str(error)))  # fmt: skip
        else:
            self._say(order, told.refusal(order, error))
        self.unread.emit()

    def _overtaken(self, order: QueuedOrder, steps: Sequence[Step]) -> None:
        """Somebody was faster: say who."""
        sentence = told.overtaken(order, steps)
        if steps and steps[-1].state in LANES:
            self.looks.tell(order.id, Mark("warn", "history", sentence), steps[-1].version)
            self.changed.emit()
        else:
            self.homeless.emit(sentence)

    def _say(self, order: QueuedOrder, sentence: str) -> None:
        self.looks.tell(order.id, Mark("danger", "circle-alert", sentence), order.version)
        self.changed.emit()

    def _doubted(self, order_id: UUID, command_id: UUID) -> None:
        self.cancelling.end(order_id)
        self.settler.watch(command_id)
        self.unread.emit()
        self.restless.emit()
