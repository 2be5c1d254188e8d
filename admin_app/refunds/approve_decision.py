"""The decision about a refund that waits for a second person, and the way to its run once it was decided."""

from PySide6.QtCore import QCoreApplication, Signal

from admin_app.desk import Desk
from admin_app.proposals.deciding import Deciding, Manner
from admin_app.refunds.approve_words import came_of_it, over, rejecting, typing
from core.qt.widgets import button

translate = QCoreApplication.translate


class Decision(Deciding):
    run_wanted = Signal()

    def __init__(self, desk: Desk) -> None:
        run = button(translate("refunds", "Show the run"), "primary", "touch", "arrow-right")
        super().__init__(desk, Manner(typing, rejecting, came_of_it, over), run)
        run.clicked.connect(self.run_wanted)
