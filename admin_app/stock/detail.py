"""Detail: one item: how its shelf stands, and its movements."""

from uuid import UUID

from PySide6.QtWidgets import QGridLayout, QLabel, QLayout

from admin_app.listing import Detail
from admin_app.stock.movements import Movements
from admin_app.stock.shelves import ICONS, TONES, Shelf, amount, changed_by, level_word
from core.database.gateway import Database
from core.qt.form import right_label
from core.qt.line import LineState, moment
from core.qt.task import run
from core.qt.widgets import column, frame, label, pill, row, rule, set_tone
from core.stock import Item, Movement, movements

PAGE = 50


class ItemDetail(Detail):
    """Reads the movements itself, each time the item changed."""

    def __init__(self, db: Database, line: LineState) -> None:
        super().__init__()
        self.db, self.line = db, line
        self.setAccessibleName(self.tr("Details of the item"))
        self.shelf: Shelf | None = None
        self.figure = label("", 34, 600)
        self.level = pill("")
        self.on_hand, self.held, self.warn_at, self.full_at = (right_label("", 15, 500) for _ in range(4))
        self.counted, self.changed, self.barcode = (right_label("", 15, 500) for _ in range(3))
        self.movements = Movements(line)
        self.movements.rows.wanted.connect(self._read_older)
        line.changed.connect(self._show_age)
        self.lay_out(
            column(label(self.tr("Available"), 14, 500, "muted"), row(self.figure, 4, self.level, None), spacing=0),
            frame("sunken", self._facts()),
            label(self.tr("Movements"), 16, 600),
            rule(),
            (self.movements, 1),
        )

    def show_row(self, shown: Shelf) -> None:
        if self.shelf is None or shown.item.id != self.shelf.item.id:
            self.movements.rows.show([])
        self.shelf = shown
        item, now = shown.item, self.line.now()
        self.title.setText(item.name)
        self.subtitle.setText(" · ".join(part for part in (shown.kitchen.name, item.place) if part))
        self.figure.setText(amount(item.available, item))
        self.level.say(level_word(item.level), TONES.get(item.level, "ok"), ICONS.get(item.level, "circle-check"))
        self.on_hand.setText(amount(item.on_hand, item))
        self.held.setText(amount(item.held, item))
        self.warn_at.setText(amount(item.warn_at, item))
        self.full_at.setText(amount(item.full_at, item))
        self.counted.setText(f"{item.counted_by}, {moment(item.counted_at, now)}" if item.counted_at else self.tr("Never"))
        self.changed.setText(f"{changed_by(item)}, {moment(item.changed_at, now)}")
        self.barcode.setText(item.barcode or self.tr("None"))
        self._read(item)

    def _show_age(self) -> None:
        set_tone(self.figure, "muted" if self.line.offline_since else None)

    def _facts(self) -> QLayout:
        """Lay out the figures two by two, and below them what is longer."""
        pairs = (
            (self.tr("On hand"), self.on_hand, self.tr("Held"), self.held),
            (self.tr("Warn at"), self.warn_at, self.tr("Full at"), self.full_at),
        )
        longer = ((self.tr("Last count"), self.counted), (self.tr("Last change"), self.changed), (self.tr("Barcode"), self.barcode))
        figures = QGridLayout()
        figures.setHorizontalSpacing(16)
        figures.setVerticalSpacing(6)
        for place, (left, left_value, right, right_value) in enumerate(pairs):
            for at, part in enumerate((_name(left), left_value, _name(right), right_value)):
                figures.addWidget(part, place, at)
        for _, value in longer:
            value.setWordWrap(True)
        lines = [row(_name(name), (value, 1), spacing=16) for name, value in longer]
        return column(figures, *lines, margins=(14, 10, 14, 10), spacing=6)

    def _read(self, item: Item) -> None:
        run(self, lambda: movements(self.db, item.id, limit=PAGE), then=lambda page: self._newest(item, page), failed=self.complain)

    def _read_older(self, last: Movement) -> None:
        item_id = last.item_id
        run(
            self, lambda: movements(self.db, item_id, before=last.number, limit=PAGE),
            then=lambda page: self._older(item_id, page), failed=self.complain,
        )  # fmt: skip

    def _newest(self, item: Item, page: list[Movement]) -> None:
        if self._is_shown(item.id):
            self.trouble.hide()
            self.movements.show_page(item, page, len(page) == PAGE)

    def _older(self, item_id: UUID, page: list[Movement]) -> None:
        if self._is_shown(item_id):
            self.movements.rows.append(page, len(page) == PAGE)

    def _is_shown(self, item_id: UUID) -> bool:
        return self.shelf is not None and self.shelf.item.id == item_id


def _name(text: str) -> QLabel:
    return label(text, 15, 400, "muted")
