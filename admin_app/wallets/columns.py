"""Columns: what one row of the wallets page says, and how it is written into a file."""

from PySide6.QtCore import QCoreApplication

from admin_app.exporting import full_time, plain_naira
from core.base.money import naira
from core.qt.line import LineState, moment
from core.qt.rows import RIGHT, Column
from core.wallets import ListedWallet

FROZEN_ICON, OPEN_ICON = "lock", "lock-open"
SPARE = (1, 4)  # columns that step aside: phone, last movement

translate = QCoreApplication.translate


def state_word(wallet: ListedWallet) -> str:
    return translate("wallets", "Frozen") if wallet.frozen_at else translate("wallets", "Open")


def last_moved(wallet: ListedWallet, line: LineState) -> str:
    return moment(wallet.moved_at, line.now()) if wallet.moved_at else translate("wallets", "Never")


def columns(line: LineState) -> tuple[Column[ListedWallet], ...]:
    """Return the table's columns. Rows that are only the last known ones stand back; a frozen wallet keeps its icon and its word."""

    def tone(wallet: ListedWallet) -> str | None:
        return "muted" if line.offline_since else None

    def money_tone(wallet: ListedWallet) -> str | None:
        return tone(wallet) if wallet.balance else "muted"

    def state_tone(wallet: ListedWallet) -> str | None:
        return tone(wallet) or ("warnText" if wallet.frozen_at else "muted")

    def state_icon(wallet: ListedWallet) -> str | None:
        return FROZEN_ICON if wallet.frozen_at else None

    return (
        Column(translate("wallets", "Customer"), lambda wallet: wallet.customer, weight=500, tone=tone),
        Column(translate("wallets", "Phone"), lambda wallet: wallet.phone, width=150, tone=tone),
        Column(translate("wallets", "Balance"), lambda wallet: naira(wallet.balance), RIGHT, 160, 600, tone=money_tone),
        Column(translate("wallets", "State"), state_word, width=120, tone=state_tone, icon=state_icon),
        Column(translate("wallets", "Last movement"), lambda wallet: last_moved(wallet, line), width=160, tone=tone),
    )


def titles() -> list[str]:
    """Return the titles of what cells() writes."""
    return [
        translate("wallets", "Customer"), translate("wallets", "Phone"), translate("wallets", "Balance, naira"),
        translate("wallets", "State"), translate("wallets", "Frozen since"), translate("wallets", "Frozen by"),
        translate("wallets", "Why"), translate("wallets", "Last movement"), translate("wallets", "Steps"),
    ]  # fmt: skip


def cells(wallet: ListedWallet) -> list[str]:
    """Write a wallet for a file: the balance as a plain figure, times in full, the phone masked."""
    return [
        wallet.customer, wallet.phone, plain_naira(wallet.balance), state_word(wallet), full_time(wallet.frozen_at), wallet.frozen_by or "",
        wallet.frozen_why or "", full_time(wallet.moved_at), str(wallet.version),
    ]  # fmt: skip
