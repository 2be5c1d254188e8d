"""Steps: send what a cook wants of an order under an id of its own, and tell what became of it.  Verbs: core/orders/steps.py, queue.py."""

from collections.abc import Callable
from functools import partial
from uuid import UUID

from PySide6.QtCore import QObject, Signal

from core.base.errors import Offline, Outdated, Refused, Unanswered
from core.base.identifiers import new_id
from core.database.gateway import Database
from core.orders import RECALLED, Order, QueuedOrder, State, advance_order, cancel_order, mark_dish_ready, recall_order, start_cooking
from core.qt.line import LineState
from core.qt.task import run
from kitchen_app.orders.words import next_step


class Steps(QObject):
    """Each step holds for the version that was seen. One step of an order is under way at a time; its dishes go beside it."""

    changed = Signal()  # what is under way
    done = Signal(object, object)  # the Order as it is now, and the reason of the step or None
    ticked = Signal(object, object, bool)  # the ids of an order and a dish, and whether it is ready
    refused = Signal(object, object)  # the QueuedOrder as it was seen, and the error
    doubted = Signal(object, object)  # the ids of the order and of the command whose answer was lost

    def __init__(self, db: Database, line: LineState, parent: QObject) -> None:
        super().__init__(parent)
        self.db, self.line = db, line
        self.sending: set[UUID] = set()  # orders
        self.ticking: dict[tuple[UUID, UUID], bool] = {}  # order and dish: whether it shall be ready

    def advance(self, order: QueuedOrder) -> None:
        """Take the next step."""
        step = next_step(order)
        if step and step.state is State.PREPARING:
            self._step(order, lambda command_id: start_cooking(self.db, command_id, order.id, order.version))
        elif step:
            self._step(order, lambda command_id: advance_order(self.db, command_id, order.id, order.version, step.state))

    def recall(self, order: QueuedOrder) -> None:
        """Take the last step back."""
        self._step(order, lambda command_id: recall_order(self.db, command_id, order.id, order.version), RECALLED)

    def cancel(self, order: QueuedOrder, reason: str) -> None:
        self._step(order, lambda command_id: cancel_order(self.db, command_id, order.id, order.version, reason), reason)

    def tick(self, order: QueuedOrder, dish_id: UUID, ready: bool) -> None:
        """Say that a dish is ready, or not ready after all."""
        key = (order.id, dish_id)
        if key not in self.ticking:
            self.ticking[key] = ready
            self._send(
                order,
                lambda command_id: mark_dish_ready(self.db, command_id, order.id, dish_id, ready),
                lambda _: self.ticked.emit(order.id, dish_id, ready),
                lambda: self.ticking.pop(key),
            )

    def _step(self, order: QueuedOrder, work: Callable[[UUID], Order], reason: str | None = None) -> None:
        if order.id not in self.sending:
            self.sending.add(order.id)
            self._send(order, work, lambda now: self.done.emit(now, reason), lambda: self.sending.discard(order.id))

    def _send(
        self, order: QueuedOrder, work: Callable[[UUID], Order], then: Callable[[Order], object], over: Callable[[], object]
    ) -> None:
        command_id = new_id()

        def answered(now: Order) -> None:
            over()
            then(now)
            self.changed.emit()

        self.changed.emit()
        run(self, lambda: work(command_id), then=answered, failed=partial(self._failed, order, command_id, over))

    def _failed(self, order: QueuedOrder, command_id: UUID, over: Callable[[], object], error: Exception) -> None:
        over()
        if isinstance(error, Unanswered):
            self.doubted.emit(order.id, command_id)
        elif isinstance(error, Offline | Refused):
            self.refused.emit(order, error)
            if isinstance(error, Outdated):
                self.line.outdate(str(error))
        else:
            raise error  # a bug: the crash dialog has it
        self.changed.emit()
