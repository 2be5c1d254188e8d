"""Tiles: the four figures on top: orders, what was taken, what went back, and what is in wallets."""

from collections.abc import Collection, Mapping

from PySide6.QtCore import QCoreApplication

from admin_app.orders.question import Question
from admin_app.overview.figures import WEEK, Figures
from admin_app.overview.tile import Tile
from admin_app.overview.words import compared, count, share
from core.base.money import naira

ORDERS, TAKEN, BACK, WALLETS = "orders", "taken", "back", "wallets"

translate = QCoreApplication.translate


def tiles(pages: Collection[str]) -> dict[str, Tile]:
    """Make them; each leads to the page that explains it, as far as there is one."""
    today = Question(days=1)
    back: tuple[str, object] = ("refunds", None) if "refunds" in pages else ("orders", Question(days=1, went_back=True))
    return {
        ORDERS: Tile(translate("overview", "Orders today"), "receipt", ("orders", today), pages),
        TAKEN: Tile(translate("overview", "Taken today"), "banknote", ("orders", today), pages),
        BACK: Tile(translate("overview", "Given back today"), "undo-2", back, pages),
        WALLETS: Tile(translate("overview", "In wallets"), "wallet", ("wallets", None), pages),
    }


def tell_tiles(shown: Mapping[str, Tile], figures: Figures, is_old: bool) -> None:
    now = figures.now
    shown[ORDERS].tell(f"{now.orders:,}", [compared(now.orders, figures.then(days).orders, days) for days in (1, WEEK)], is_old)
    shown[TAKEN].tell(naira(now.paid), [compared(now.paid, figures.then(days).paid, days) for days in (1, WEEK)], is_old)
    shown[BACK].tell(naira(figures.given_back), _back(figures), is_old)
    shown[WALLETS].tell(naira(figures.before.wallets.balance), _wallets(figures), is_old)


def _back(figures: Figures) -> list[str]:
    reversals, refunds = figures.back("reversal").times, figures.back("refund").times
    orders = count(reversals, translate("overview", "1 cancelled order"), translate("overview", "{n} cancelled orders"))
    others = count(refunds, translate("overview", "1 refund"), translate("overview", "{n} refunds"))
    part = translate("overview", "{share} of what was taken").format(share=share(figures.given_back, figures.now.paid))
    return [f"{orders}, {others}", part]


def _wallets(figures: Figures) -> list[str]:
    wallets = figures.before.wallets
    frozen = translate("overview", "{n} frozen, with {amount}").format(n=f"{wallets.frozen:,}", amount=naira(wallets.frozen_balance))
    many = count(wallets.wallets, translate("overview", "1 wallet"), translate("overview", "{n} wallets"))
    return [many, frozen if wallets.frozen else translate("overview", "None is frozen")]
