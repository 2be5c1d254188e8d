"""Puts together what each card says and offers now: from the book, from what is under way, and from what is not known yet."""

from datetime import datetime, timedelta
from typing import NamedTuple
from uuid import UUID

from PySide6.QtCore import QCoreApplication

from core.orders import QueuedOrder, State
from core.qt.line import LineState
from core.qt.settle import CHECKING, NOT_RECORDED, RECORDED, Doubt, Settler, describe, what_now
from core.qt.states import state_word
from core.staff import Me, Role
from kitchen_app.orders import asked, words
from kitchen_app.orders.book import LANES, Book, Entry
from kitchen_app.orders.cancel import CANCELLABLE
from kitchen_app.orders.look import Look, Mark
from kitchen_app.orders.steps import Steps

STAYS = timedelta(minutes=1)  # how long a card says why a step was refused
DOUBT = {CHECKING: ("info", "clock"), RECORDED: ("info", "check"), NOT_RECORDED: ("warn", "circle-alert")}

translate = QCoreApplication.translate


class Trouble(NamedTuple):
    """Why a step was not taken, until when a card says it, and since which version of the order it is true."""

    mark: Mark
    until: datetime
    version: int


class Looks:
    """Knows which card is open, and what its person was told there."""

    def __init__(self, book: Book, steps: Steps, settler: Settler, line: LineState, me: Me) -> None:
        self.book, self.steps, self.settler, self.line, self.me = book, steps, settler, line, me
        self.open: UUID | None = None
        self.story: tuple[str, ...] = ()  # the steps of the open one
        self.searched = ""
        self.unread: UUID | None = None
        self._troubles: dict[UUID, Trouble] = {}

    def all(self) -> dict[State, list[Look]]:
        """Return the cards of each lane."""
        return {state: [self._look(entry) for entry in self.book.lane(state, self.searched)] for state in LANES}

    def tell(self, order_id: UUID, mark: Mark, version: int) -> None:
        """Say on its card why a step was refused; `version` is the order's as the server has it, and the card's perhaps only soon."""
        self._troubles[order_id] = Trouble(mark, self.line.now() + STAYS, version)
        self.unread = order_id

    def forget(self, order_id: UUID) -> None:
        """What its card said is read."""
        self._troubles.pop(order_id, None)

    def to_be_read(self) -> UUID | None:
        """Return, once, the order whose card says why a step was refused: it may be in another lane by now, and out of view."""
        order = self.book.find(self.unread) if self.unread else None
        trouble = self._troubles.get(order.id) if order else None
        if order is None or trouble is None or order.version < trouble.version:
            return None
        self.unread = None
        return order.id

    def doubt(self, order: QueuedOrder) -> Doubt | None:
        """Return what is known of the last step of it whose answer was lost."""
        about = [
            doubt for doubt in self.settler.doubts
            if doubt.asked and doubt.asked.verb in asked.KINDS and asked.order_id(doubt.asked.args) == order.id
        ]  # fmt: skip
        return about[-1] if about else None

    def why_not(self, order: QueuedOrder) -> str:
        """Say why nothing can be done with it for now; "" when it can."""
        doubt = self.doubt(order)
        if self.line.too_old:
            return translate("orders", "This program is too old. It must be updated first.")
        if not self.line.can_save:
            return translate("orders", "No connection: nothing can be sent.")
        if order.id in self.steps.sending:
            return translate("orders", "Wait for the answer.")
        return translate("orders", "Being checked: do not do it again yet.") if doubt and doubt.state == CHECKING else ""

    def _look(self, entry: Entry) -> Look:
        order, why_not = entry.order, self.why_not(entry.order)
        is_open, sending = order.id == self.open, order.id in self.steps.sending
        step = words.next_step(order)
        return Look(
            entry=entry,
            clock=words.clock(order, self.line.now()),
            act=translate("orders", "Sending…") if sending else step.act if step else "",
            can_act=not why_not,
            why_not=why_not,
            recall=self._recall(order, is_open),
            cancel=is_open and self.me.role == Role.KITCHEN_MANAGER and order.state in CANCELLABLE,
            mark=self._mark(order),
            told=words.who_did(order),
            story=self.story if is_open else (),
            is_open=is_open,
            is_new=order.state is State.PLACED and not sending,
            is_old=self.line.offline_since is not None,
            ticking=frozenset(dish_id for order_id, dish_id in self.steps.ticking if order_id == order.id),
        )

    def _recall(self, order: QueuedOrder, is_open: bool) -> str:
        """Name the step that can be taken back; that of somebody else only on an open card."""
        if not self.book.can_recall(order) or not (is_open or order.changed_by_id == self.me.person_id):
            return ""
        return translate("orders", "Take back: {state}").format(state=state_word(order.state))

    def _mark(self, order: QueuedOrder) -> Mark | None:
        """Say the one thing that matters most: what is not known, why it was refused, or who was here."""
        doubt, trouble = self.doubt(order), self._troubles.get(order.id)
        if doubt and doubt.state == CHECKING:
            return _doubted(doubt)
        if trouble and trouble.until > self.line.now() and order.version <= trouble.version:  # not of a step before
            return trouble.mark
        if doubt:
            return _doubted(doubt)
        news = self.book.news(order)
        return Mark("warn", "history", news) if news else None


def _doubted(doubt: Doubt) -> Mark:
    tone, icon = DOUBT.get(doubt.state, ("warn", "triangle-alert"))
    return Mark(tone, icon, f"{describe(doubt)}: {doubt.words}. {what_now(doubt)}")
