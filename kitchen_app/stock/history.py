"""What moved an item: the newest movements in the side panel, and all of them in a table.  Facts: core/stock/views.py."""

from datetime import datetime, timedelta
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

from core.base.quantity import shown
from core.base.words import plain
from core.database.gateway import Database
from core.qt.dialog import Dialog, heading
from core.qt.export import ask_where, export_table
from core.qt.form import right_label
from core.qt.line import LineState, ago, moment
from core.qt.rows import RIGHT, Column, RowsModel, table
from core.qt.task import run, unless_expected
from core.qt.texts import breakable
from core.qt.widgets import button, column, label, row, rule
from core.staff import Me, Role
from core.stock import Item, Kind, Movement, movements
from kitchen_app.stock import words

NEWEST, PAGE = 6, 50  # rows
UNDOABLE = (Kind.DELIVERY, Kind.WASTE, Kind.COUNT, Kind.CORRECTION)
IN_TIME = timedelta(minutes=10)  # the verb's own limit
CALM = 120  # ms: who runs along the cards with the arrows asks for none of them


def moved(movement: Movement, item: Item) -> str:
    """Say by how much the shelf changed; what an order only holds or gives back has no sign, for the shelf stays as it is."""
    if movement.kind in (Kind.HOLD, Kind.RELEASE):
        return words.amount(abs(movement.change_held), item)
    return words.change(movement.change, item)


class Recent(QWidget):
    """The newest movements of one item, with a way back where there still is one."""

    undo_asked = Signal(object, object)  # an Item and a Movement of it
    all_asked = Signal()
    loaded = Signal()

    def __init__(self, db: Database, me: Me, line: LineState) -> None:
        super().__init__()
        self.db, self.me, self.line = db, me, line
        self.item: Item | None = None
        self.found: list[Movement] = []
        self.lines = [Line() for _ in range(NEWEST)]
        for place, line_widget in enumerate(self.lines):
            line_widget.undo_asked.connect(lambda place=place: self.undo_asked.emit(self.item, self.found[place]))
        self.everything = button(self.tr("Show all"), "ghost", "touch", "history")
        self.everything.clicked.connect(self.all_asked)
        self.trouble = label("", 14, 400, "muted", wrap=True)
        title = label(self.tr("Recent movements"), 15, 600)
        self.setLayout(column(title, self.trouble, *self.lines, 4, row(self.everything, None), spacing=4))
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(CALM)
        self._soon.timeout.connect(self._load)

    def show_item(self, item: Item) -> None:
        """Show what moved this item; when it is the same one, changed, the old lines stay until the new ones are here."""
        before, self.item = self.item, item
        if before and before.id == item.id:
            if before != item:
                self._soon.start(0)
            return
        self._take([])
        self.trouble.setText(self.tr("Loading…"))
        self.trouble.show()
        self._soon.start(CALM)

    def on_shelf(self) -> Movement | None:
        """Return the newest movement of the shelf itself, if it is among those shown."""
        return next((each for each in self.found if each.kind not in (Kind.HOLD, Kind.RELEASE)), None)

    def refresh(self) -> None:
        """Time went by, or the line changed: say how long ago, and offer what can still be undone."""
        for line, movement in zip(self.lines, self.found, strict=False):
            line.show_movement(movement, self.item, self.line, self._can_undo(movement))

    def _load(self) -> None:
        if item := self.item:
            run(self, lambda: movements(self.db, item.id, limit=NEWEST), then=lambda found: self._told(item, found), failed=self._failed)

    def _told(self, item: Item, found: list[Movement]) -> None:
        if self.item and self.item.id == item.id:
            self.trouble.hide()
            self._take(found)
            self.loaded.emit()

    def _failed(self, error: Exception) -> None:
        unless_expected(error)
        self.trouble.setText(self.tr("They cannot be read at the moment."))
        self.trouble.setVisible(not self.found)

    def _take(self, found: list[Movement]) -> None:
        self.found = found
        for place, line in enumerate(self.lines):
            line.setVisible(place < len(found))
        self.everything.setVisible(bool(found))
        self.refresh()

    def _can_undo(self, movement: Movement) -> bool:
        """Offer only what the verb would do: one's own (any, as manager), once, in time."""
        done = any(each.undoes == movement.number for each in self.found)
        mine = movement.login == self.me.login or self.me.role == Role.KITCHEN_MANAGER
        in_time = self.line.now() - movement.at < IN_TIME
        return movement.kind in UNDOABLE and not done and mine and in_time and self.line.can_save


class Line(QWidget):
    """One movement: what, who and when; by how much, and what was there then."""

    undo_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.what, self.who = label("", 15, 500, wrap=True), label("", 13, 400, "muted", wrap=True)
        self.change, self.there = right_label("", 15, 600), right_label("", 13, 400)
        self.undo = button(self.tr("Undo"), None, "touch")
        self.undo.setProperty("role", "option")
        self.undo.clicked.connect(self.undo_asked)
        left, right = column(None, self.what, self.who, None, spacing=1), column(None, self.change, self.there, None, spacing=1)
        self.setLayout(column(row((left, 1), right, self.undo, spacing=10), rule(), margins=(0, 6, 0, 0), spacing=6))
        self.hide()

    def show_movement(self, movement: Movement, item: Item | None, line: LineState, can_undo: bool) -> None:
        if item is None:
            return
        self.what.setText(breakable(words.what(movement)))
        self.who.setText(f"{movement.by or self.tr('a service')}, {ago(movement.at, line.now(), line.offline_since)}")
        self.change.setText(moved(movement, item))
        self.there.setText(self.tr("{amount} there").format(amount=shown(movement.on_hand, item.unit_size)))
        self.undo.setVisible(can_undo)
        self.undo.setAccessibleName(self.tr("Undo: {what}").format(what=words.what(movement)))


class HistoryDialog(Dialog):
    """All movements of one item, newest first, a page at a time; and as a file."""

    def __init__(self, parent: QWidget, db: Database, item: Item, line: LineState) -> None:
        super().__init__(parent, parent.tr("Movements of {name}").format(name=item.name))
        self.db, self.item = db, item
        self.model = RowsModel(_columns(self, item, line.now()), key=lambda movement: movement.number, parent=self)
        self.view = table(self.model, self.tr("Movements"), 52)
        self.told = label(self.tr("Loading…"), 14, 400, "muted", wrap=True)
        self.ask_where = ask_where
        self.export = button(self.tr("Export what is shown"), None, "touch", "download")
        self.export.clicked.connect(self._export)
        close = button(self.tr("Close"), None, "touch")
        close.clicked.connect(self.accept)
        self.finished.connect(self.deleteLater)
        self.setFixedSize(min(1080, parent.width() - 60), min(680, parent.height() - 40))
        title = heading(breakable(item.name), self.tr("Everything that moved it, newest first."))
        foot = row(self.export, (self.told, 1), close, spacing=16)
        self.set_content(column(title, (self.view, 1), foot, margins=(28, 24, 28, 22), spacing=14))
        self.model.wanted.connect(lambda last: self._load(last.number if last else None))
        self._load(None)

    def _load(self, before: int | None) -> None:
        def show(found: list[Movement]) -> None:
            more = len(found) == PAGE
            self.told.setText("" if more or self.model.rows or found else self.tr("Nothing moved it yet."))
            if before is None:
                self.model.show(found, more)
                self.view.setFocus()
            else:
                self.model.append(found, more)

        run(self, lambda: movements(self.db, self.item.id, before, PAGE), then=show, failed=self._failed)

    def _failed(self, error: Exception) -> None:
        unless_expected(error)
        self.told.setText(self.tr("There is no connection. Close this and try again later."))

    def _export(self) -> None:
        def done(path: Path) -> None:
            self.told.setText(self.tr("Written: {file}").format(file=path.name))

        export_table(self.view, f"{plain(self.item.name)[:40]}.csv", then=done, failed=self.told.setText, ask=self.ask_where)


def _columns(context: QObject, item: Item, now: datetime) -> list[Column[Movement]]:
    return [
        Column(context.tr("When"), lambda movement: moment(movement.at, now), width=150),
        Column(context.tr("What"), words.what, weight=500),
        Column(context.tr("Change"), lambda movement: moved(movement, item), RIGHT, width=120, weight=600),
        Column(context.tr("On the shelf"), lambda movement: words.amount(movement.on_hand, item), RIGHT, width=120),
        Column(context.tr("Held"), lambda movement: words.amount(movement.held, item), RIGHT, width=100),
        Column(context.tr("By"), lambda movement: movement.by or context.tr("a service"), width=150),
        Column(context.tr("Note"), lambda movement: movement.note, width=180),
    ]
