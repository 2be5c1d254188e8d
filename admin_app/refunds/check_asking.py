"""Asking what a refund would do. Nothing moves by asking, so whatever became of a question it is asked anew, with another id."""

import time
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from uuid import UUID

from PySide6.QtCore import QCoreApplication, QObject, Signal

from admin_app.desk import Desk
from admin_app.proposals.confirming_act import Confirmable
from admin_app.proposals.confirming_clock import Held, held
from admin_app.refunds.choose_scope import Scope
from admin_app.refunds.words import orders_word, why_word
from core.base.errors import Offline, Refused, Unanswered
from core.base.identifiers import new_id
from core.base.money import naira
from core.kitchens import kitchens
from core.proposals import Limits, limits
from core.refunds import ProposedRefund

translate = QCoreApplication.translate


@dataclass(frozen=True)
class Previewed:
    """What a scope would do. `kitchens` are names by id; `limits` are those of whoever asked."""

    scope: Scope
    proposed: ProposedRefund
    held: Held
    limits: Limits | None
    kitchens: Mapping[UUID, str]

    @property
    def second(self) -> str:
        """Say why a second person must agree; "" where nobody need."""
        return why_second(self.proposed.total, self.limits)

    def confirmable(self) -> Confirmable:
        proposed, second = self.proposed, self.second
        act = translate("refunds", "Send {amount} for approval") if second else translate("refunds", "Refund {amount}")
        return Confirmable(
            proposed.id, proposed.token or "", proposed.total, act.format(amount=naira(proposed.total)), second, self.held,
            proposed.created_at,
        )  # fmt: skip


class Asking(QObject):
    """One question at a time: the answer to an earlier one is dropped."""

    previewed = Signal(object)  # Previewed
    refused = Signal(str)  # why there is no answer, in words

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self.desk = desk
        self.asked: UUID | None = None  # the id of the question that is under way

    def ask(self, scope: Scope) -> None:
        asked = self.asked = new_id()
        asked_at, counted_from = self.desk.line.now(), time.monotonic()

        def answer(found: tuple[ProposedRefund, Limits | None, Mapping[UUID, str]]) -> None:
            proposed, may, names = found
            if asked == self.asked:
                self.asked = None
                held_for = held(proposed.created_at, proposed.expires_at, asked_at, counted_from)
                self.previewed.emit(Previewed(scope, proposed, held_for, may, names))

        self.desk.send(self, asked, partial(self._read, scope), then=answer, failed=partial(self._failed, asked))

    def drop(self) -> None:
        """The answer is not wanted any more."""
        self.asked = None

    def _read(self, scope: Scope, command_id: UUID) -> tuple[ProposedRefund, Limits | None, Mapping[UUID, str]]:
        db, person_id = self.desk.db, self.desk.me.person_id
        names = {kitchen.id: kitchen.name for kitchen in kitchens(db)}
        may = limits(db, person_id) if person_id else None
        return scope.preview(db, command_id), may, names

    def _failed(self, asked: UUID, error: Exception) -> None:
        if asked != self.asked:
            return
        self.asked = None
        self.refused.emit(why_not(error))


def why_not(error: Exception) -> str:
    """Say why it could not be told what a refund would do."""
    if isinstance(error, Unanswered):
        return translate("refunds", "The line was lost before the server answered. This was only a look: nothing was refunded. Look again.")
    if not isinstance(error, Refused | Offline):
        raise error  # a bug: the crash dialog has it
    left_out = error.facts.get("left_out", []) if isinstance(error, Refused) else []
    said = [f"{orders_word(part['orders'])} {why_word(part['why'])} ({naira(part['amount'])})" for part in left_out]
    return f"{error} {', '.join(said)}." if said else str(error)


def why_second(total: int, may: Limits | None) -> str:
    """Say why a second person must agree to so much (kobo); "" where nobody need."""
    if may is None:
        return ""
    if total > may.refund_alone:
        words = translate("refunds", "It is above the {alone} that you may refund alone. It runs once they agree.")
        return words.format(alone=naira(may.refund_alone))
    if may.used_today + total > may.refund_a_day:
        words = translate("refunds", "With the {used} you refunded today it is above your {day} a day. It runs once they agree.")
        return words.format(used=naira(may.used_today), day=naira(may.refund_a_day))
    return ""
