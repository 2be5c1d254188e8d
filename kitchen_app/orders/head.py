"""The head of the queue: search, what waits for payment, how old all this is, the sound, and the way out into a file."""

from datetime import datetime

from PySide6.QtWidgets import QBoxLayout, QWidget

from core.qt.form import Search
from core.qt.line import moment
from core.qt.sound import Bell, MuteButton
from core.qt.texts import tip
from core.qt.widgets import Picture, Pill, button, label, row


class Head(QWidget):
    """One line above the lanes."""

    def __init__(self, bell: Bell) -> None:
        super().__init__()
        self.search = Search(self.tr("Find an order"), self.tr("Number or dish"), "touch")
        self.search.setFixedWidth(300)
        self.search.setToolTip(tip(self.tr("Find an order (/ or Ctrl+F)")))
        self.hourglass = Picture("hourglass", "muted")
        self.unpaid = label("", 15, 500, "muted", wrap=True)
        self.hidden, self.age = Pill("", "warn", "search"), Pill("", "warn", "clock")
        self.sound = MuteButton(bell)
        self.export = button(self.tr("Export CSV"), "ghost", "touch", "download")
        parts = (self.search, 4, self.hidden, self.hourglass, (self.unpaid, 1), self.age, self.sound, self.export)
        line: QBoxLayout = row(*parts, spacing=10)
        self.setLayout(line)
        self.show_unpaid(0)
        self.hidden.hide()
        self.age.hide()

    def show_unpaid(self, count: int) -> None:
        """Orders that wait for their payment: nothing to do, but their stock is held."""
        said = self.tr("1 order awaits payment, stock held") if count == 1 else self.tr("{n} orders await payment, stock held")
        self.unpaid.setText(said.format(n=count) if count else "")
        self.hourglass.setVisible(count > 0)

    def show_hidden(self, count: int, new: int) -> None:
        """Orders that the search leaves out: somebody may have forgotten it there, and a new one rings."""
        said = self.tr("{n} hidden, {new} of them new") if new else self.tr("{n} hidden")
        self.hidden.say(said.format(n=count, new=new), "warn", "search")
        self.hidden.setVisible(count > 0)

    def show_age(self, as_of: datetime | None, now: datetime) -> None:
        """Say as of when all this is known, when that is not now."""
        self.age.setVisible(as_of is not None)
        if as_of:
            self.age.say(self.tr("as of {time}").format(time=moment(as_of, now)), "warn", "clock")
