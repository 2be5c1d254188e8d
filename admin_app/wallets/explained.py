"""Explained: why a balance is what it is, step by step, in words that can be read aloud to whoever asks by phone."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from uuid import UUID

from PySide6.QtCore import QCoreApplication

from admin_app.exporting import full_time, plain_naira
from core.base.money import naira
from core.database.gateway import Database
from core.qt.line import moment
from core.wallets import Cause, Entry, ListedWallet, wallet_steps

EXPORT_PAGE = 1000

translate = QCoreApplication.translate


@dataclass(frozen=True)
class Check:
    """Whether steps, newest first, lead from zero to what the newest says; `is_whole`: they begin with the first."""

    steps: int
    total: int  # kobo
    is_whole: bool
    is_right: bool


def check(steps: Sequence[Entry]) -> Check:
    """Add the steps up, and follow them from one to the next."""
    total = sum(step.amount for step in steps)
    is_whole = not steps or steps[-1].number == 1
    follows = all(newer.number == older.number + 1 and newer.balance == older.balance + newer.amount for newer, older in pairwise(steps))
    return Check(len(steps), total, is_whole, follows and (not steps or not is_whole or total == steps[0].balance))


def reason(step: Entry) -> str:
    """Say why money moved, to be read aloud."""
    words = {
        Cause.TOP_UP: translate("wallets", "Paid in through the payment provider"),
        Cause.PAYMENT: translate("wallets", "Paid for order {number}"),
        Cause.REVERSAL: translate("wallets", "Order {number} was cancelled, so its money came back: {reason}"),
        Cause.REFUND: translate("wallets", "Refund for order {number}"),
    }.get(step.kind, step.words)
    if step.kind is Cause.REVERSAL and not step.reason:
        words = translate("wallets", "Order {number} was cancelled, so its money came back")
    return words.format(number=step.order_number, reason=step.reason)


def signed(amount: int) -> str:
    """Write by how much a balance changed: "+₦500.00", "−₦500.00"."""
    return f"+{naira(amount)}" if amount > 0 else naira(amount)


def who(step: Entry) -> str:
    """Name the person, or the service by its login."""
    return step.by or translate("wallets", "Service {login}").format(login=step.login)


def who_and_when(step: Entry, now: datetime) -> str:
    words = translate("wallets", "Step {number} · {time} · {who}")
    return words.format(number=f"{step.number:,}", time=moment(step.at, now), who=who(step))


def spoken(step: Entry, now: datetime) -> str:
    """Say a step to a screen reader."""
    left = translate("wallets", "{amount} after it").format(amount=naira(step.balance))
    return ", ".join([reason(step), signed(step.amount), left, who_and_when(step, now)])


def check_words(steps: Sequence[Entry]) -> str:
    """Say what the steps add up to, once they are all there."""
    found = check(steps)
    several = translate("wallets", "{n} steps, they add up to {total}")
    words = translate("wallets", "1 step, it makes {total}") if found.steps == 1 else several
    return words.format(n=f"{found.steps:,}", total=naira(found.total))


def as_text(wallet: ListedWallet, steps: Sequence[Entry], now: datetime) -> str:
    """Write what is shown as plain text, to be pasted into a letter or a ticket. The phone stays masked."""
    head = translate("wallets", "Wallet of {customer}, {phone}").format(customer=wallet.customer, phone=wallet.phone)
    balance = translate("wallets", "Balance: {amount} ({time})").format(amount=naira(wallet.balance), time=full_time(now))
    lines = [head, balance, *([frozen_words(wallet, now)] if wallet.frozen_at else []), ""]
    lines += [
        f"{step.number:,}. {full_time(step.at)}  {signed(step.amount)} = {naira(step.balance)}  {reason(step)} ({who(step)})"
        for step in steps
    ]
    if steps:
        older = translate("wallets", "… and {n} older steps").format(n=f"{steps[-1].number - 1:,}")
        lines += ["", check_words(steps) if check(steps).is_whole else older]
    return "\n".join(lines)


def frozen_words(wallet: ListedWallet, now: datetime) -> str:
    """Say since when a wallet is frozen, by whom where that is known, and why."""
    if wallet.frozen_at is None:
        return ""
    known = translate("wallets", "Frozen since {time} by {who}: “{why}”")
    words = known if wallet.frozen_by else translate("wallets", "Frozen since {time}: “{why}”")
    return words.format(time=moment(wallet.frozen_at, now), who=wallet.frozen_by, why=wallet.frozen_why)


def step_titles() -> list[str]:
    """Return the titles of what step_cells() writes."""
    return [
        translate("wallets", "Step"), translate("wallets", "Time"), translate("wallets", "In, naira"), translate("wallets", "Out, naira"),
        translate("wallets", "Balance after, naira"), translate("wallets", "Why"), translate("wallets", "Order"),
        translate("wallets", "Who"), translate("wallets", "Login"), translate("wallets", "Reference"),
    ]  # fmt: skip


def step_cells(step: Entry) -> list[str]:
    """Write a step for a file. What came in and what went out stand apart: a figure with a minus would be made text, for safety."""
    came, went = (plain_naira(abs(step.amount)), "") if step.amount > 0 else ("", plain_naira(abs(step.amount)))
    return [
        str(step.number), full_time(step.at), came, went, plain_naira(step.balance), reason(step), str(step.order_number or ""),
        step.by or "", step.login, step.reference,
    ]  # fmt: skip


def every_step(db: Database, customer_id: UUID, before: int | None = None) -> Iterator[Entry]:
    """Read a wallet's whole history, newest first, page after page; only what is before step `before`, where that is given. Blocks."""
    while page := wallet_steps(db, customer_id, before, EXPORT_PAGE):
        yield from page
        before = page[-1].number
