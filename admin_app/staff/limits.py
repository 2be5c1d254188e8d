"""Limits: what a person may refund alone, and whether they agree to what others propose, in words."""

from datetime import datetime

from PySide6.QtCore import QCoreApplication

from core.base.money import naira
from core.proposals import Limits
from core.qt.line import moment

translate = QCoreApplication.translate


def said(limits: Limits, now: datetime) -> list[tuple[str, str]]:
    """Return one sentence a line, each with its icon."""
    alone = translate("staff", "Refunds alone up to {once} at once, {a_day} a day.")
    used = translate("staff", "{amount} of today is used up.")
    lines = [
        ("banknote", alone.format(once=naira(limits.refund_alone), a_day=naira(limits.refund_a_day))),
        ("clock", used.format(amount=naira(limits.used_today))),
    ]
    if limits.approves_from and limits.approves_from > now:
        lines.append(("shield-check", translate("staff", "Agrees to what others propose from {time} on.").format(
            time=moment(limits.approves_from, now))))  # fmt: skip
    elif limits.approves_from:
        lines.append(("shield-check", translate("staff", "Agrees to what others propose, as the second person.")))
    return lines
