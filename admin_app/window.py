"""Window: the office's pages, who sees which of them, and how they hear what changed. The database refuses whoever looks elsewhere."""

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QShortcut

from admin_app.orders import OrdersPage
from admin_app.page import OfficePage
from admin_app.stock import StockPage
from core.database.gateway import Database
from core.database.scripts import VERSION
from core.qt.chrome import SideNav
from core.qt.line import LineState
from core.qt.window import Frame, Page
from core.staff import Me, Role

OFFICE = frozenset({Role.SUPPORT, Role.FINANCE_ADMIN, Role.OWNER_ADMIN, Role.AUDITOR})

translate = QCoreApplication.translate


class Entry(NamedTuple):
    """A page of the navigation, and the roles that see it."""

    title: str
    icon: str
    roles: frozenset[Role]
    make: Callable[[Database, LineState], OfficePage]


def entries() -> list[Entry]:
    return [
        Entry(translate("window", "Orders"), "receipt", OFFICE, OrdersPage),
        Entry(translate("window", "Stock"), "package", OFFICE, StockPage),
    ]


def role_word(role: Role) -> str:
    words = {
        Role.SUPPORT: translate("window", "Support"),
        Role.FINANCE_ADMIN: translate("window", "Finance admin"),
        Role.OWNER_ADMIN: translate("window", "Owner"),
        Role.AUDITOR: translate("window", "Auditor"),
    }
    return words[role]


def office(db: Database, me: Me, line: LineState, memory: Path | None = None) -> Frame:
    """Make the window of one person, with the pages of their role."""
    pages = [(each, each.make(db, line)) for each in entries() if me.role in each.roles]
    chrome = SideNav(line, translate("window", "Rachel Foods"), me.name, role_word(me.role))
    about = [(translate("window", "Office program"), VERSION), (translate("window", "Signed in as"), me.login)]
    shown = [Page(each.title, each.icon, page) for each, page in pages]
    frame = Frame(translate("window", "Rachel Foods, office"), chrome, shown, line, about=about, memory=memory)
    for _, page in pages:
        page.said.connect(frame.toast.say)
    for number, push in enumerate(frame.chrome.pages.buttons(), 1):
        push.setToolTip(f"{push.text()} (Alt+{number})")
        QShortcut(f"Alt+{number}", frame, push.click)
    return frame
