"""Concerns: what needs somebody now, worst first, and which page explains it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from PySide6.QtCore import QCoreApplication

from admin_app.orders.question import Question
from admin_app.overview.figures import Figures
from admin_app.overview.words import count
from admin_app.promises.known import Known
from admin_app.promises.unwatched import last_checked, unchecked
from admin_app.stock.filters import Filter
from core.base.money import naira
from core.health import Invariant, KitchenToday, WaitingMoney
from core.orders import State
from core.qt.line import moment
from core.stock import Level

DANGER, WARN, INFO = "danger", "warn", "info"
VERY_LATE = timedelta(minutes=30)  # from then on somebody should call the kitchen
ONE_IN, SOME = 20, 2  # cancelled orders are a concern from one in twenty on, and not the first

translate = QCoreApplication.translate


@dataclass(frozen=True)
class Concern:
    """`key` stays the same while it lasts. `page` and `what` are where it is explained ("" for nowhere)."""

    key: str
    tone: str
    icon: str
    title: str
    detail: str
    page: str
    what: object = None


def concerns(figures: Figures, known: Known) -> list[Concern]:
    """Return everything that needs somebody."""
    found = [*map(_promise, known.broken), *_worker(known, figures.at), *_money(figures.today.money, figures.at)]
    for kitchen in figures.today.kitchens:
        found += _kitchen(kitchen, figures.at)
    return sorted(found, key=lambda each: (DANGER, WARN, INFO).index(each.tone))  # the sort keeps equals as they stand


def _worker(known: Known, now: datetime) -> Iterator[Concern]:
    if known.is_late:
        title = translate("overview", "No worker checks the promises")
        yield Concern("worker", DANGER, "circle-alert", title, f"{last_checked(known, now)}. {unchecked()}", "health")


def _promise(broken: Invariant) -> Concern:
    title = translate("overview", "A promise is broken ({name})").format(name=broken.name)
    rows = count(broken.violations, translate("overview", "1 row breaks it"), translate("overview", "{n} rows break it"))
    return Concern(f"promise {broken.name}", DANGER, "circle-alert", title, f"{broken.title}. {rows}", "health")


def _money(money: WaitingMoney, now: datetime) -> Iterator[Concern]:
    if money.mismatched:
        title = count(
            money.mismatched,
            translate("overview", "1 card payment is not as asked for"),
            translate("overview", "{n} card payments are not as asked for"),
        )
        detail = translate("overview", "Asked for {amount}; nothing was credited").format(amount=naira(money.mismatched_amount))
        yield Concern("mismatched", DANGER, "circle-alert", title, detail, "payments")
    if money.overdue and money.oldest:
        title = count(
            money.overdue,
            translate("overview", "1 card payment without an answer"),
            translate("overview", "{n} card payments without an answer"),
        )
        detail = translate("overview", "The oldest was asked for at {time}").format(time=moment(money.oldest, now))
        yield Concern("overdue", WARN, "hourglass", title, detail, "payments")
    if money.approvals:
        title = count(
            money.approvals,
            translate("overview", "1 proposal waits for a second person"),
            translate("overview", "{n} proposals wait for a second person"),
        )
        yield Concern("approvals", INFO, "users", title, naira(money.approvals_amount), "refunds")


def _kitchen(kitchen: KitchenToday, now: datetime) -> Iterator[Concern]:
    name, key = kitchen.kitchen, kitchen.kitchen_id
    if kitchen.late and kitchen.late_since:
        title = count(kitchen.late, translate("overview", "1 order is late"), translate("overview", "{n} orders are late"))
        detail = translate("overview", "The first was promised for {time}").format(time=moment(kitchen.late_since, now))
        tone = DANGER if now - kitchen.late_since >= VERY_LATE else WARN
        yield Concern(f"late {key}", tone, "clock", f"{name}: {title}", detail, "orders", Question(kitchen_id=key))
    if kitchen.unanswered and kitchen.unanswered_since:
        title = count(kitchen.unanswered, translate("overview", "1 order unanswered"), translate("overview", "{n} orders unanswered"))
        detail = translate("overview", "The oldest waits since {time}").format(time=moment(kitchen.unanswered_since, now))
        yield Concern(f"unanswered {key}", WARN, "bell", f"{name}: {title}", detail, "orders", Question(kitchen_id=key, state=State.PLACED))
    if kitchen.cancelled >= SOME and kitchen.cancelled * ONE_IN >= kitchen.orders:
        title = translate("overview", "{n} orders cancelled").format(n=kitchen.cancelled)
        detail = translate("overview", "Today, where {n} were placed").format(n=f"{kitchen.orders:,}")
        what = Question(kitchen_id=key, state=State.CANCELLED, days=1)
        yield Concern(f"cancelled {key}", WARN, "ban", f"{name}: {title}", detail, "orders", what)
    if kitchen.short or kitchen.out:
        yield _shelves(kitchen)


def _shelves(kitchen: KitchenToday) -> Concern:
    parts = [
        count(kitchen.short, translate("overview", "1 item short"), translate("overview", "{n} items short")) if kitchen.short else "",
        count(kitchen.out, translate("overview", "1 item out"), translate("overview", "{n} items out")) if kitchen.out else "",
    ]
    held = translate("overview", "More is held for orders than is there")
    low = count(kitchen.low, translate("overview", "1 more is low"), translate("overview", "{n} more are low"))
    detail = held if kitchen.short else low if kitchen.low else translate("overview", "Nothing else is low")
    what = Filter(kitchen_id=kitchen.kitchen_id, levels=frozenset({Level.SHORT, Level.OUT}))
    title = f"{kitchen.kitchen}: {', '.join(filter(None, parts))}"
    return Concern(f"shelves {kitchen.kitchen_id}", DANGER if kitchen.short else WARN, "package", title, detail, "stock", what)
