"""Window: the office's pages, who sees which of them, and how they hear what changed. The database refuses whoever looks elsewhere."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QShortcut

from admin_app.audit import AuditPage
from admin_app.audit.verdicts import alarm
from admin_app.customers import CustomersPage
from admin_app.desk import Desk
from admin_app.frozen import FrozenBanner
from admin_app.health import HealthPage
from admin_app.orders import OrdersPage
from admin_app.overview import OverviewPage
from admin_app.page import OfficePage
from admin_app.promises.checks import Checks
from admin_app.proposals.page import ApprovalsPage
from admin_app.proposals.words import done_words
from admin_app.refunds.page import RefundsPage
from admin_app.roles import READS_ALL, role_word
from admin_app.staff import StaffPage
from admin_app.stock import StockPage
from admin_app.wallets import WalletsPage
from core.database.scripts import VERSION
from core.live import Changes
from core.qt.chrome import SideNav
from core.qt.line import Words
from core.qt.window import Frame, Page
from core.staff import Role

translate = QCoreApplication.translate


class Entry(NamedTuple):
    """A page of the navigation: what other pages call it, and the roles that see it."""

    key: str
    title: str
    icon: str
    roles: frozenset[Role]
    make: Callable[[Desk], OfficePage]


def entries() -> list[Entry]:
    return [
        Entry("overview", translate("window", "Overview"), "layout-dashboard", READS_ALL, OverviewPage),
        Entry("orders", translate("window", "Orders"), "receipt", READS_ALL, OrdersPage),
        Entry("refunds", translate("window", "Refunds"), "undo-2", READS_ALL, RefundsPage),
        Entry("stock", translate("window", "Stock"), "package", READS_ALL | {Role.KITCHEN_MANAGER}, StockPage),
        Entry("wallets", translate("window", "Wallets"), "wallet", READS_ALL, WalletsPage),
        Entry("customers", translate("window", "Customers"), "users", READS_ALL, CustomersPage),
        Entry("staff", translate("window", "Staff"), "user", frozenset({Role.OWNER_ADMIN, Role.AUDITOR}), StaffPage),
        Entry("approvals", translate("window", "Approvals"), "shield-check", READS_ALL - {Role.SUPPORT}, ApprovalsPage),
        Entry("audit", translate("window", "Audit trail"), "history", READS_ALL, AuditPage),
        Entry("health", translate("window", "Health"), "server", READS_ALL, HealthPage),
    ]  # fmt: skip


def entries_of(role: Role) -> list[Entry]:
    """Return the pages that a role sees."""
    return [each for each in entries() if role in each.roles]


class OfficeWindow(Frame):
    """The window of one person, with the pages of their role."""

    def __init__(self, desk: Desk, memory: Path | None = None) -> None:
        shown = entries_of(desk.me.role)
        checks = Checks(desk.db, desk.line)
        desk = replace(desk, pages=frozenset(each.key for each in shown), checks=checks)
        self.watch = desk.watch
        self.by_key = {each.key: each.make(desk) for each in shown}
        me, self.frozen, self.checks = desk.me, FrozenBanner(desk), checks
        super().__init__(
            translate("window", "Rachel Foods, office"),
            SideNav(desk.line, translate("window", "Rachel Foods"), me.name, role_word(me.role)),
            [Page(each.title, each.icon, self.by_key[each.key]) for each in shown],
            desk.line,
            desk.settler,
            about=[(translate("window", "Office program"), VERSION), (translate("window", "Signed in as"), me.login)],
            memory=memory,
        )
        checks.setParent(self)
        self.beside.insertWidget(0, self.frozen)
        self._listen()
        for banner in (self.frozen, self.alarm, self.line_banner, self.doubt_banner, self.reminder):
            banner.tighten()
        for number, push in enumerate(self.chrome.pages.buttons()[:10], 1):
            push.setToolTip(f"{push.text()} (Alt+{number % 10})")
            QShortcut(f"Alt+{number % 10}", self, push.click)

    def _listen(self) -> None:
        self.frozen.wanted.connect(lambda found: self.go("approvals", found.id))
        self.frozen.sent.connect(lambda found: self.toast.say(*done_words(found)))
        for page in self.by_key.values():
            page.said.connect(self.toast.say)
            page.wanted.connect(self.go)
        self.reminder.act.clicked.connect(self.reminder.hide)
        self.alarm.act.clicked.connect(lambda: self.go("audit"))
        if self.watch:
            self.watch.changed.connect(self._show_alarm)
            self.pages.currentChanged.connect(self._show_alarm)
            self._show_alarm()

    def go(self, page_key: str, what: object = None) -> None:
        """Turn to a page, and have it show one thing. A page this person does not have is not turned to."""
        if page := self.by_key.get(page_key):
            self.show_page(page)
            if what is not None:
                page.look_at(what)

    def heard(self, changes: Changes) -> None:
        """The server told what changed: every page reads again what is its own."""
        self.frozen.take(changes)
        self.checks.take(changes)
        for page in self.by_key.values():
            page.take(changes)

    def _show_alarm(self) -> None:
        """Say on every page that the trail is not what was sealed, but for the trail's own, which says more."""
        found = self.watch.alarm if self.watch and self.pages.currentWidget() is not self.by_key["audit"] else None
        self.alarm.tell(alarm(found) if found else None, self.tr("Show"))

    def remind(self, logins: list[str]) -> None:
        """Say whose requests from this computer are still unanswered: only they can find out, and nobody should repeat them."""
        if logins:
            said = self.tr("Being checked: what {logins} sent from here.").format(logins=", ".join(logins))
            aside = self.tr("It is settled when they sign in here. Look before you do it again.")
            self.reminder.tell(Words(said, "info", "clock", aside), self.tr("Understood"))
