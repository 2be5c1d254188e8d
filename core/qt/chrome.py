"""Chrome: what stands round the pages. A bar with tabs on top (kitchen), or a column at the side (office); both tell the same things."""

from itertools import pairwise

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QBoxLayout, QButtonGroup, QFrame, QLayout, QScrollArea, QVBoxLayout, QWidget

from core.qt import theme
from core.qt.line import LineState, Words, clock
from core.qt.toast import Toast
from core.qt.widgets import Button, Elided, Picture, Pill, button, column, label, row, set_property, set_tone

BAR_HEIGHT, NAV_WIDTH = 66, 208  # px


class Chrome(QFrame):
    """Pages to choose from, the state of the line, the person, and a place for the toast."""

    page_role = "tab"
    across = True  # it lies above the pages, not beside them

    def __init__(self, line: LineState, person: str) -> None:
        super().__init__()
        self.line = line
        self.pages = QButtonGroup(self)
        self.toast = Toast()
        self.pill = Pill("")
        self.person = button(person, icon="user")
        self.person.setProperty("opens", True)
        line.changed.connect(self.show_line)
        self.show_line()

    def add_page(self, title: str, icon: str) -> Button:
        """Add a page's button; the first nine are also Ctrl+1 to Ctrl+9."""
        place = len(self.pages.buttons())
        push = button(title, icon=icon or None)
        push.setProperty("role", self.page_role)
        push.setCheckable(True)
        push.setAutoExclusive(True)
        push.toggled.connect(lambda on: self.mark(push, icon, on))
        self.mark(push, icon, False)
        if place < 9:
            push.setShortcut(f"Ctrl+{place + 1}")
        self.pages.addButton(push, place)
        self.shelf().insertWidget(place, push)
        for before, after in pairwise([*self.pages.buttons(), self.toast.undo, self.person]):
            QWidget.setTabOrder(before, after)  # as they stand, not as they were made
        return push

    def mark(self, push: Button, icon: str, on: bool) -> None:
        """Show whether this is the page one is on: not by the colour alone, and the others not as loud."""
        push.setFont(theme.font(16, 600 if on else 500))

    def shelf(self) -> QBoxLayout:
        """The layout that holds the pages' buttons."""
        raise NotImplementedError

    def show_line(self) -> None:
        words = self.line.pill()
        self.pill.say(words.text, words.tone, words.icon)


class TopBar(Chrome):
    """The kitchen's: which kitchen and counter, tabs, the toast's place, line, clock, person."""

    def __init__(self, line: LineState, place: str, counter: str, person: str) -> None:
        super().__init__(line, person)
        self.setProperty("role", "bar")
        self.setFixedHeight(BAR_HEIGHT)
        self.person.setProperty("kind", "ghost")
        self.person.setProperty("sz", "bar")
        self.clock = label("", 17, 600)
        line.ticked.connect(self._tick)
        self._tick()
        self._tabs = row(spacing=0)
        where = column(None, Elided(place, 17, 600), Elided(counter, 13, 400, "muted"), None, spacing=1)
        self.setLayout(
            row(
                Picture("chef-hat", "primaryText", 26), where, 24, self._tabs, None, self.toast, None,
                self.pill, 4, self.clock, 4, self.person, margins=(20, 0, 12, 0), spacing=10,
            )
        )  # fmt: skip

    def shelf(self) -> QBoxLayout:
        return self._tabs

    def _tick(self) -> None:
        self.clock.setText(clock(self.line.now()))


class SideNav(Chrome):
    """The office's: the product, its pages, and at the foot the line and the person."""

    page_role = "navitem"
    across = False

    def __init__(self, line: LineState, product: str, person: str, role: str) -> None:
        super().__init__(line, person)
        self.setProperty("role", "nav")
        self.setFixedWidth(NAV_WIDTH)
        self.person.setProperty("role", "navperson")
        self.person.setFont(theme.font(14, 600))
        self.person.setIcon(theme.qicon("user", "navMuted"))
        name = row(Picture("soup", "onNav", 24), Elided(product, 17, 600), None, margins=(12, 0, 0, 0), spacing=10)
        self._items: QVBoxLayout = column(spacing=4)
        self._area = Scrolled(column(self._items, None))
        self.setLayout(
            column(
                name, 16, (self._area, 1), 8, row(self.pill, None, spacing=0), 8, self.person,
                row(Elided(role, 13, 400, "muted"), None, margins=(42, 0, 0, 0)), margins=(9, 20, 9, 16), spacing=0,
            )
        )  # fmt: skip

    def shelf(self) -> QBoxLayout:
        return self._items

    def add_page(self, title: str, icon: str) -> Button:
        push = super().add_page(title, icon)
        push.installEventFilter(self._area)
        return push

    def mark(self, push: Button, icon: str, on: bool) -> None:
        push.setFont(theme.font(15, 600 if on else 500))
        push.setIcon(theme.qicon(icon, "onNav" if on else "navMuted"))
        if on:
            self._area.ensureWidgetVisible(push)


class Scrolled(QScrollArea):
    """Holds the pages' buttons; where there is not enough height they scroll, and follow the focus wherever it comes from."""

    def __init__(self, inside: QLayout) -> None:
        super().__init__()
        held = QWidget()
        held.setLayout(inside)
        self.setWidget(held)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(watched, Button) and event.type() == QEvent.Type.FocusIn:
            self.ensureWidgetVisible(watched)
        return super().eventFilter(watched, event)


class Banner(QFrame):
    """What the whole program must know now, under the bar, with at most one button."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "banner")
        self.picture = Picture("info")
        self.words = label("", 15, 500, wrap=True)
        self.aside = label("", 14)
        self.act = button("", size="bar")
        self._row = row(self.picture, (self.words, 1), self.aside, self.act, margins=(20, 6, 20, 6), spacing=12)
        self.setLayout(self._row)
        self.setMinimumHeight(42)
        self.hide()

    def tighten(self) -> None:
        """Take no more height than a mouse needs: in the office several may stand above each other."""
        self._row.setContentsMargins(20, 1, 20, 1)
        set_property(self.act, "sz", "admin")

    def tell(self, words: Words | None, act: str = "") -> None:
        """Show the words, or nothing at all; `act` names the button."""
        self.setVisible(words is not None)
        if words is None:
            return
        self.words.setText(words.text)
        self.aside.setText(words.aside)
        self.aside.setVisible(bool(words.aside))
        self.picture.show_icon(words.icon, f"{words.tone}Text")
        self.act.setText(act)
        self.act.setVisible(bool(act))
        set_tone(self, words.tone)
