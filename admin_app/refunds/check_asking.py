"""Asking what a refund would do, and what was found out by it."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from PySide6.QtCore import QCoreApplication

from admin_app.desk import Desk
from admin_app.proposals.asking import Asking
from admin_app.proposals.confirming_act import Confirmable
from admin_app.proposals.confirming_clock import Held
from admin_app.refunds.choose_scope import Scope
from admin_app.refunds.words import orders_word, why_word
from core.base.errors import Refused
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
    limits: Limits | None
    kitchens: Mapping[UUID, str]

    @property
    def second(self) -> str:
        """Say why a second person must agree; "" where nobody need."""
        return why_second(self.proposed.total, self.limits)

    def confirmable(self, held: Held) -> Confirmable:
        proposed, second = self.proposed, self.second
        act = translate("refunds", "Send {amount} for approval") if second else translate("refunds", "Refund {amount}")
        return Confirmable(
            proposed.id, proposed.token or "", proposed.total, act.format(amount=naira(proposed.total)), second, held, proposed.created_at
        )  # fmt: skip


def look(desk: Desk, scope: Scope, command_id: UUID) -> Previewed:
    """Preview a scope, and read what belongs to it. Blocks."""
    names = {kitchen.id: kitchen.name for kitchen in kitchens(desk.db)}
    may = limits(desk.db, desk.me.person_id) if desk.me.person_id else None
    return Previewed(scope, scope.preview(desk.db, command_id), may, names)


class RefundAsking(Asking):
    """Where nothing could be refunded it says what was left out, and why."""

    def why_not(self, error: Exception) -> str:
        why = super().why_not(error)
        left_out = error.facts.get("left_out", []) if isinstance(error, Refused) else []
        said = [f"{orders_word(part['orders'])} {why_word(part['why'])} ({naira(part['amount'])})" for part in left_out]
        return f"{why} {', '.join(said)}." if said else why

    def lost(self) -> str:
        return translate("refunds", "The line was lost before the server answered. This was only a look: nothing was refunded. Look again.")


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
