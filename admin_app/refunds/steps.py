"""The top of a step of a refund: the way back, what this step is, and which one of the three."""

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QWidget

from core.qt.widgets import Elided, button, column, label, pill, row

translate = QCoreApplication.translate


class StepHead(QWidget):
    left = Signal()  # back to all refunds, or where else this began

    def __init__(
        self, crumb: str, title: str, step: int = 0, steps: int = 3, home: tuple[str, str] | None = None, beside: QWidget | None = None
    ) -> None:
        """`crumb`: this place in few words; `step`: 1 to `steps`, or 0 where there are none; `beside` stands beside the title.

        `home`: where it began, and what going back says.
        """
        super().__init__()
        begun, tip = home or (translate("refunds", "Refunds"), translate("refunds", "Back to all refunds"))
        self.back = button(begun, None, "admin", "chevron-left")
        self.back.setProperty("role", "quiet")
        self.back.setToolTip(tip)
        self.back.clicked.connect(self.left)
        self.crumb = Elided(crumb, 15, 400, "muted")
        self.step = pill(translate("refunds", "Step {n} of {all}").format(n=step, all=steps))
        self.title = label(title, 26, 600)
        trail = row(self.back, label("›", 15, 400, "muted"), (self.crumb, 1), self.step, spacing=8)
        top = row(self.title, None, *([beside] if beside else []))
        self.setLayout(column(trail, top, spacing=2))
        self.step.setVisible(step > 0)
        self.title.setVisible(bool(title))
