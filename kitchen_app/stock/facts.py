"""What is known of one item: its name and place, and what a person looks up while changing it."""

from PySide6.QtWidgets import QGridLayout, QWidget

from core.qt.form import right_label
from core.qt.line import LineState, moment
from core.qt.texts import breakable, cut, tip
from core.qt.widgets import column, label
from core.stock import Item
from kitchen_app.stock import words
from kitchen_app.stock.kinds import Draft

LONGEST = 90  # signs of a name; all of it is in the tool tip


class Head(QWidget):
    """Name, place, and how it stands."""

    def __init__(self) -> None:
        super().__init__()
        self.name = label("", 22, 600, wrap=True)
        self.place = label("", 15, 400, "muted", wrap=True)
        self.stands = label("", 15, 600, wrap=True)
        self.setLayout(column(self.name, self.place, self.stands, spacing=2))

    def show_item(self, item: Item) -> None:
        self.name.setText(breakable(cut(item.name, LONGEST)))
        self.name.setToolTip(tip(breakable(item.name)))
        self.place.setText(breakable(item.place))
        there = self.tr("{amount} on the shelf").format(amount=words.amount(item.on_hand, item))
        left = self.tr("{amount} left to sell").format(amount=words.amount(item.available, item))
        self.stands.setText(f"{there}, {left}" if item.held else there)


class Facts(QWidget):
    """Lines of a name and a figure."""

    def __init__(self) -> None:
        super().__init__()
        self.grid = QGridLayout(self)
        self.grid.setContentsMargins(0, 0, 0, 0)
        self.grid.setVerticalSpacing(8)
        self.grid.setColumnStretch(1, 1)
        self._lines = [(label("", 15, 400, "muted"), right_label("", 15)) for _ in range(5)]
        for place, (name, figure) in enumerate(self._lines):
            figure.setWordWrap(True)
            self.grid.addWidget(name, place, 0)
            self.grid.addWidget(figure, place, 1)

    def show_item(self, item: Item, draft: Draft, line: LineState) -> None:
        now = line.now()
        counted = self.tr("never")
        if item.counted_at:
            counted = f"{moment(item.counted_at, now)}, {item.counted_by or words.translate('stock', 'Somebody')}"
        facts = [
            (self.tr("You began at"), f"{words.amount(draft.seen.on_hand, item)}, {moment(draft.seen_at, now)}"),
            (self.tr("Held for orders"), words.amount(item.held, item)),
            (self.tr("Warns at"), words.amount(item.warn_at, item)),
            (self.tr("Last counted"), counted),
            (self.tr("Barcode"), item.barcode or ""),
        ]
        for (name, figure), (title, words_now) in zip(self._lines, facts, strict=True):
            shown = bool(words_now) and (title != facts[0][0] or draft.seen.version != item.version)
            name.setText(title)
            figure.setText(breakable(words_now))
            name.setVisible(shown)
            figure.setVisible(shown)
