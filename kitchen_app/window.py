"""Window: the kitchen's pages, and how they hear what changed."""

from pathlib import Path

from PySide6.QtCore import QCoreApplication

from core.database.gateway import Database
from core.database.scripts import VERSION
from core.kitchens import Kitchen
from core.qt.chrome import TopBar
from core.qt.line import LineState
from core.qt.settle import Settler
from core.qt.window import Frame, Page
from core.staff import Me
from kitchen_app.stock import StockBoard

translate = QCoreApplication.translate


class KitchenWindow(Frame):
    """The window of one person in one kitchen; every new page is a line here."""

    def __init__(
        self, db: Database, me: Me, kitchen: Kitchen, counter: str, line: LineState, settler: Settler, memory: Path | None = None
    ) -> None:
        """`memory` is the file that keeps where the window stood."""
        self.stock = StockBoard(db, kitchen, me, line, settler)
        super().__init__(
            translate("window", "Rachel Foods, {kitchen}").format(kitchen=kitchen.name),
            TopBar(line, kitchen.name, counter, me.name),
            [Page(translate("window", "Stock"), "package", self.stock)],
            line,
            settler,
            about=[(translate("window", "Kitchen program"), VERSION), (translate("window", "Signed in as"), me.login)],
            memory=memory,
        )
