"""Facts of a refund, for the record: who made it and why, who agreed, within which limits, and how it ended."""

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from admin_app.listing import empty
from admin_app.proposals.words import end
from admin_app.refunds.words import reason_word, short_code
from core.base.money import naira
from core.proposals import Progress, Proposal
from core.qt.line import moment
from core.qt.widgets import column, label

translate = QCoreApplication.translate


def facts(found: Proposal, now: datetime) -> list[tuple[str, str]]:
    """Return what is to be known of it, each with its name."""
    at = moment(found.confirmed_at or found.created_at, now)
    made = translate("refunds", "{name}, {time}\nwith the login {login}").format(name=found.made_by, time=at, login=found.login)
    said = [(translate("refunds", "Made by"), made)]
    if found.code:
        said.append((translate("refunds", "Reason"), f"{reason_word(found.code)}\n“{found.reason}”"))
    said.append((translate("refunds", "Approval"), approval(found, now)))
    if found.alone_limit is not None:
        said.append((translate("refunds", "Limits then"), limits_then(found)))
    if found.ended_at:
        said.append((translate("refunds", "End"), end(found, now)))
    return [*said, (translate("refunds", "Code of what was shown"), short_code(found.digest))]


def approval(found: Proposal, now: datetime) -> str:
    """Say who agreed and when, or that nobody had to, or until when it waits."""
    if found.approved_at:
        return translate("refunds", "{name}, {time}").format(name=found.approved_by, time=moment(found.approved_at, now))
    if found.approve_by is None:
        return translate("refunds", "Not needed: within the limits") if found.confirmed_at else translate("refunds", "Nobody confirmed it")
    if found.state is Progress.AWAITING_APPROVAL:
        return translate("refunds", "Waits for a second person, until {time}").format(time=moment(found.approve_by, now))
    return translate("refunds", "Nobody agreed")


def limits_then(found: Proposal) -> str:
    """Say what its maker could refund alone when they confirmed it, and what their day came to with it."""
    words = translate("refunds", "{alone} at once, {day} a day\nWith this one the day came to {total}.")
    return words.format(alone=naira(found.alone_limit or 0), day=naira(found.day_limit or 0), total=naira(found.day_total or 0))


class Facts(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self._lines = column(spacing=12)
        self.setLayout(self._lines)

    def show_proposal(self, found: Proposal, now: datetime) -> None:
        self.show_facts(facts(found, now))

    def show_facts(self, said: Sequence[tuple[str, str]]) -> None:
        empty(self._lines)
        for name, words in said:
            first, *others = words.split("\n")
            below = [label(each, 14, 400, "muted", wrap=True) for each in others]
            holder = QWidget()
            holder.setLayout(column(label(name, 13, 500, "muted"), label(first, 15, 500, wrap=True), *below, spacing=2))
            holder.setAccessibleName(f"{name}: {words}")
            self._lines.addWidget(holder)
