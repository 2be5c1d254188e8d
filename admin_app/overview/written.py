"""The figures of the day, as they are written into a file: plain numbers, each with its unit and what it is compared with."""

from PySide6.QtCore import QCoreApplication

from admin_app.overview.figures import COMPARED, WEEK, Figures
from core.qt.states import state_word

translate = QCoreApplication.translate


def titles() -> list[str]:
    return [
        translate("overview", "Figure"), translate("overview", "Unit"), translate("overview", "Today"),
        translate("overview", "Yesterday by this time"), translate("overview", "A week ago by this time"),
    ]  # fmt: skip


def figure_rows(figures: Figures) -> list[list[str]]:
    """Write every figure of the page; what has nothing to be compared with leaves those cells empty."""
    orders, naira_unit, now, wallets = translate("overview", "orders"), translate("overview", "naira"), figures.now, figures.before.wallets
    then = [figures.then(days) for days in COMPARED]
    rows = [
        [translate("overview", "Orders"), orders, str(now.orders), *(str(each.orders) for each in then)],
        [translate("overview", "Taken"), naira_unit, amount(now.paid), *(amount(each.paid) for each in then)],
        [
            translate("overview", "Given back"), naira_unit, amount(figures.given_back),
            *(amount(figures.given_back_then(days)) for days in COMPARED),
        ],
        *([state_word(state), orders, str(count)] for state, count in figures.states.items()),
        [translate("overview", "In wallets"), naira_unit, amount(wallets.balance)],
        [translate("overview", "Frozen in wallets"), naira_unit, amount(wallets.frozen_balance)],
        [translate("overview", "Frozen wallets"), translate("overview", "wallets"), str(wallets.frozen)],
    ]  # fmt: skip
    for kitchen in figures.today.kitchens:
        rows += [
            [f"{kitchen.kitchen}: {what}", unit, str(count)]
            for what, unit, count in (
                (translate("overview", "late"), orders, kitchen.late),
                (translate("overview", "unanswered"), orders, kitchen.unanswered),
                (translate("overview", "cancelled"), orders, kitchen.cancelled),
                (translate("overview", "out or short"), translate("overview", "items"), kitchen.out + kitchen.short),
            )
        ]
    return [row + [""] * (len(titles()) - len(row)) for row in rows]


def hour_titles() -> list[str]:
    return [translate("overview", "Hour"), translate("overview", "Orders today"), translate("overview", "Orders a week ago")]


def hour_rows(figures: Figures) -> list[list[str]]:
    today, before = figures.by_hour(0), figures.by_hour(WEEK)
    return [[f"{hour:02}:00", str(today.get(hour, 0)), str(before.get(hour, 0))] for hour in range(24)]


def amount(kobo: int) -> str:
    """Write money for a file: "1234.50", without sign and commas."""
    return f"{kobo // 100}.{kobo % 100:02}"
