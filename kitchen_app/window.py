"""Window: the kitchen's pages, and how they hear what changed."""

from pathlib import Path

from PySide6.QtCore import QCoreApplication

from core.database.gateway import Database
from core.database.scripts import VERSION
from core.kitchens import Kitchen
from core.live import Changes
from core.qt.chrome import TopBar
from core.qt.line import LineState
from core.qt.settle import Settler
from core.qt.sound import Bell
from core.qt.window import Frame, Page
from core.staff import Me
from kitchen_app.orders import OrderQueue
from kitchen_app.stock import StockBoard

translate = QCoreApplication.translate


class KitchenWindow(Frame):
    """The window of one person in one kitchen; every new page is a line here."""

    def __init__(
        self, db: Database, me: Me, kitchen: Kitchen, counter: str, line: LineState, settler: Settler, memory: Path | None = None
    ) -> None:
        """`memory` is the counter's file: where the window stood, what was seen, whether it may sound."""
        self.orders = OrderQueue(db, kitchen, me, line, settler, Bell(memory), memory)
        self.stock = StockBoard(db, kitchen, me, line, settler)
        super().__init__(
            translate("window", "Rachel Foods, {kitchen}").format(kitchen=kitchen.name),
            TopBar(line, kitchen.name, counter, me.name),
            [
                Page(translate("window", "Orders"), "receipt", self.orders),
                Page(translate("window", "Stock"), "package", self.stock),
            ],
            line,
            settler,
            about=[(translate("window", "Kitchen program"), VERSION), (translate("window", "Signed in as"), me.login)],
            memory=memory,
        )
        self.orders.calling.titled.connect(lambda title: self.rename_page(self.orders, title))

    def heard(self, changes: Changes) -> None:
        """The server told what changed: every page reads again what is its own."""
        self.orders.heard(changes)
        self.stock.heard(changes)

    def remind(self, logins: list[str]) -> None:
        """Say whose commands from this counter are still unanswered."""
        self.orders.rail.remind(logins)
        self.stock.remind(logins)
