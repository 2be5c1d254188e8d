"""Meaning: what follows from a proposal about people, besides what it changes, in plain words: each sentence with its icon."""

from datetime import datetime

from PySide6.QtCore import QCoreApplication

from admin_app.proposals import freezes
from core.proposals import Kind, Proposal
from core.qt.line import moment

translate = QCoreApplication.translate


def meaning_of(found: Proposal, now: datetime) -> list[tuple[str, str]]:
    """Say what follows where a second person agrees."""
    if found.kind is Kind.APPROVER:
        return means(found.impact["is_approver"], None, now)
    if found.kind is Kind.RELEASE:
        broken = [("triangle-alert", said) for said in freezes.warnings_of(found.impact)]
        return [*broken, *freezes.counted(found.impact, now), *freezes.waits_of(found.impact), *freezes.means()]
    at_once = [("clock", translate("proposals", "It takes effect the moment somebody agrees."))]
    everybody = [("users", translate("proposals", "It holds for whoever has no limits of their own."))]
    return [*at_once, *everybody] if found.impact.get("person") is None else at_once


def means(is_approver: bool, at: datetime | None, now: datetime) -> list[tuple[str, str]]:
    """Say what it means to be an approver, from `at` on (None: a day after it is agreed), or to be none any more."""
    if not is_approver:
        return [
            ("ban", translate("proposals", "They agree to nothing any more, from then on. What they agreed to before stays.")),
            ("lock-open", translate("proposals", "Their login, password and role can be changed again by any owner.")),
        ]
    known = translate("proposals", "From {time} on they approve or reject what others propose: refunds above limits, limits, approvers.")
    later = translate("proposals", "A day after this is agreed they may approve what others propose: refunds, limits, approvers.")
    nobody = translate("proposals", "Never what they proposed themselves, under no login, and never what is about themselves.")
    locked = translate("proposals", "Their login, password and role are then nobody’s to change, no owner’s either: first this is ended.")
    return [("shield-check", known.format(time=moment(at, now)) if at else later), ("ban", nobody), ("lock", locked)]
