"""Attention: the list of what needs somebody now, and whether the promises hold."""

from collections.abc import Collection, Sequence
from itertools import pairwise

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QFrame, QSizePolicy, QWidget

from admin_app.overview.concerns import Concern
from admin_app.overview.promises import Promises
from admin_app.overview.tile import heading, quiet_unless
from core.qt.buttons import Button
from core.qt.widgets import Elided, Picture, column, label, pill, row, rule, scrolled, set_tone

HEIGHT = 52  # px


class Line(Button):
    """One concern. Where a page explains it, an arrow says so and a click goes there."""

    def __init__(self, leads: bool) -> None:
        super().__init__()
        self.setProperty("role", "line")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.picture = Picture("info", px=20)
        self.title, self.detail = Elided("", 15, 600), Elided("", 13, 400, "muted")
        self.arrow = Picture("arrow-right", "muted", 16)
        said = column(None, self.title, self.detail, None, spacing=1)
        self.setLayout(row(self.picture, (said, 1), self.arrow, margins=(8, 4, 8, 4), spacing=10))
        self.arrow.setVisible(leads)  # not before it stands somewhere: it would be a window of its own
        for part in self.findChildren(QWidget):
            part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        quiet_unless(self, leads)

    def sizeHint(self) -> QSize:
        return QSize(200, HEIGHT)

    minimumSizeHint = sizeHint

    def tell(self, concern: Concern, is_old: bool) -> None:
        self.picture.show_icon(concern.icon, "muted" if is_old else f"{concern.tone}Text")
        set_tone(self.title, "muted" if is_old else None)
        self.title.setText(concern.title)
        self.detail.setText(concern.detail)
        self.setAccessibleName(f"{concern.title}. {concern.detail}")
        self.setToolTip(f"{concern.title}\n{concern.detail}")


class Attention(QFrame):
    wanted = Signal(str, object)

    def __init__(self, pages: Collection[str], promises: Promises) -> None:
        super().__init__()
        self.pages, self.promises = pages, promises
        self.setProperty("role", "card")
        self.lines: dict[str, Line] = {}
        self.shown: dict[str, Concern] = {}
        self.count = pill("")
        self.calm = label(self.tr("Nothing waits for anybody."), 15, 400, "muted", wrap=True)
        self.calm.hide()
        self._list = column(self.calm, None, spacing=2)
        inside = QWidget()
        inside.setLayout(self._list)
        area = scrolled(inside)
        area.setMinimumHeight(150)
        title = heading(self.tr("Needs somebody"), self.count)
        self.setLayout(column(title, (area, 1), rule(), promises, margins=(10, 14, 10, 8), spacing=8))

    def show_concerns(self, found: Sequence[Concern], is_old: bool) -> None:
        """Show these. What stays is changed where it stands, so that the focus and the pointer keep it."""
        self.shown = {each.key: each for each in found}
        for key in self.lines.keys() - self.shown.keys():
            self.lines.pop(key).deleteLater()
        for place, each in enumerate(found):
            line = self.lines.get(each.key) or self._add(each)
            line.tell(each, is_old)
            if self._list.indexOf(line) != place + 1:
                self._list.insertWidget(place + 1, line)
        for before, after in pairwise([*(self.lines[each.key] for each in found), self.promises.act]):
            QWidget.setTabOrder(before, after)  # as they stand, not as they came
        self.calm.setVisible(not found and self.promises.is_read)
        self.count.setVisible(bool(found))
        self.count.say(f"{len(found)}", found[0].tone if found and not is_old else None)
        self.count.setAccessibleName(self.tr("{n} things need somebody").format(n=len(found)))

    def _add(self, concern: Concern) -> Line:
        key = concern.key
        line = self.lines[key] = Line(concern.page in self.pages)
        line.clicked.connect(lambda: self.wanted.emit(self.shown[key].page, self.shown[key].what))
        return line
