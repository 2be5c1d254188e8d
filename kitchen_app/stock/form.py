"""The form of a change: what happened, how much, why. It knows what is typed and what that means, and sends nothing."""

import unicodedata
from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtGui import QShortcut
from PySide6.QtWidgets import QButtonGroup, QGridLayout, QWidget

from core.base.quantity import shown, smallest
from core.qt.form import AmountField, Field, combo, entry
from core.qt.texts import tip
from core.qt.widgets import button, column, label, row
from core.stock import Item
from kitchen_app.stock import words
from kitchen_app.stock.kinds import Change, Draft, Quick, step

LONGEST_NOTE = 500  # signs; the verbs refuse more
AMOUNTS = ("quantity", "counted", "on_hand")  # what the verbs call the amount


class ChangeForm(QWidget):
    """Shows a draft and lets it be edited: `edited` after every stroke, `submitted` on Enter."""

    edited = Signal()
    submitted = Signal()

    def __init__(self, kinds: Sequence[Change]) -> None:
        super().__init__()
        self.item: Item | None = None
        self.seen: Item | None = None
        self._refused = ""  # why the server did not take this amount
        self.kinds = KindSwitch(kinds)
        self.amount = AmountField("", lambda text: smallest(text, self._size()), lambda quantity: shown(quantity, self._size()))
        self.amount_field = Field("", self.amount)
        self.quick = QuickRow()
        self.reason = combo([], "touch")
        self.reason.setPlaceholderText(self.tr("Choose a reason"))
        self.reason_field = Field(self.tr("Reason"), self.reason)
        self.note = entry("touch", example=self.tr("Only if there is more to say"))
        self.note.setMaxLength(LONGEST_NOTE)
        self.note_field = Field(self.tr("Note"), self.note)
        what = column(label(self.tr("What happened?"), 15, 600), self.kinds, spacing=6)
        self.setLayout(column(what, self.amount_field, self.quick, self.reason_field, self.note_field, spacing=10))
        self.kinds.chosen.connect(self._choose)
        self.amount.changed.connect(self._typed)
        self.amount.line.returnPressed.connect(self.submitted)
        self.note.returnPressed.connect(self.submitted)
        self.quick.picked.connect(self._fill_in)
        self.reason.activated.connect(lambda _: self._typed())
        self.note.textEdited.connect(lambda _: self._typed())

    @property
    def kind(self) -> Change:
        return self.kinds.kind

    @property
    def quantity(self) -> int | None:
        """Smallest units; None while what stands there cannot be meant."""
        value = self.amount.value
        return None if value is None or self.item is None or self.kind.why_not(self.item, value) else value

    def typed(self, draft: Draft) -> Draft:
        """Return the draft with what stands in the form now."""
        note = unicodedata.normalize("NFC", self.note.text().strip())
        return replace(draft, kind=self.kind, text=self.amount.line.text(), reason=self.reason.currentData() or "", note=note)

    def show_draft(self, item: Item, draft: Draft) -> None:
        """Show what was typed about this item so far."""
        self.item, self.seen = item, draft.seen
        self.blockSignals(True)
        self.kinds.show_kind(draft.kind)
        self.amount.line.setText(draft.text)
        self.note.setText(draft.note)
        self._show_kind()
        self.reason.setCurrentIndex(self.reason.findData(draft.reason))
        self.blockSignals(False)
        self._typed()

    def refresh(self, item: Item, draft: Draft) -> None:
        """The item changed under the hand: what was typed stays, what it means may differ."""
        self.item, self.seen = item, draft.seen
        self.quick.offer(self.kind.quick(item))
        self._judge()

    def complain(self, field: str, sentence: str) -> bool:
        """Say what is wrong where it was typed; False when that is nowhere here."""
        fields = dict.fromkeys(AMOUNTS, self.amount_field) | {"note": self.note_field, "reason": self.reason_field}
        if field in AMOUNTS:
            self._refused = sentence
        if field in fields:
            fields[field].complain(sentence)
        return field in fields

    def set_calm(self, calm: bool) -> None:
        """Let nothing be changed for now; what was typed can still be read."""
        for widget in (self.kinds, self.amount.less, self.amount.more, self.quick, self.reason):
            widget.setEnabled(not calm)
        self.amount.line.setReadOnly(calm)
        self.note.setReadOnly(calm)

    def focus_amount(self) -> None:
        self.amount.line.setFocus()
        self.amount.line.selectAll()

    def _choose(self) -> None:
        self._show_kind()
        self._typed()
        self.focus_amount()

    def _show_kind(self) -> None:
        assert self.item
        asks = self.kind.asks(self.item)
        self.amount_field.name.setText(asks)
        self.amount.line.setAccessibleName(asks)
        self.amount.step = step(self.item)
        self.quick.offer(self.kind.quick(self.item))
        kept = self.reason.currentData()
        self.reason.clear()
        for stored in self.kind.reasons:
            self.reason.addItem(words.reason(stored), stored)
        self.reason.setCurrentIndex(self.reason.findData(kept))
        self.reason_field.setVisible(bool(self.kind.reasons))

    def _fill_in(self, quick: Quick) -> None:
        self.amount.set_value(quick.amount + (self.amount.value or 0 if quick.adds else 0))
        self.amount.line.setFocus()

    def _size(self) -> int:
        return self.item.unit_size if self.item else 1

    def _typed(self) -> None:
        self._refused = ""
        self.note_field.clear()
        self.reason_field.clear()
        self._judge()
        self.edited.emit()

    def _judge(self) -> None:
        """Say under the amount what comes of it, or why it cannot be meant; nothing typed is not wrong yet."""
        if self.item is None or self.seen is None:
            return
        value = self.amount.value
        why_not = self.amount.why_not if value is None else self.kind.why_not(self.item, value) or self._refused
        if self.amount.line.text().strip() and why_not:
            self.amount_field.complain(why_not)
        else:
            self.amount_field.help_text = "" if value is None else self.kind.preview(self.item, self.seen, value)
            self.amount_field.clear()


class KindSwitch(QWidget):
    """One switch for each kind, two in a row: long words in other languages need the room."""

    chosen = Signal()

    def __init__(self, kinds: Sequence[Change]) -> None:
        super().__init__()
        self.kind = kinds[0]
        self.buttons = {kind: button(kind.title(), size="touch", icon=kind.icon) for kind in kinds}
        group, grid = QButtonGroup(self), QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(8)
        for place, (kind, push) in enumerate(self.buttons.items()):
            key = f"Alt+{place + 1}"
            push.setProperty("role", "option")
            push.setCheckable(True)
            QShortcut(key, self, push.click)  # not the button's own: that one waits a moment, and the next key would come first
            push.setToolTip(tip(f"{kind.title()} ({key})"))
            push.clicked.connect(lambda _, kind=kind: self._choose(kind))
            group.addButton(push)
            alone = place == len(kinds) - 1 and place % 2 == 0
            grid.addWidget(push, place // 2, place % 2, 1, 2 if alone else 1)
        self.show_kind(self.kind)

    def show_kind(self, kind: Change) -> None:
        self.kind = kind
        self.buttons[kind].setChecked(True)

    def _choose(self, kind: Change) -> None:
        self.kind = kind
        self.chosen.emit()


class QuickRow(QWidget):
    """Up to three amounts at one touch."""

    picked = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.offers: list[Quick] = []
        self.buttons = [button("", size="touch") for _ in range(3)]
        for place, push in enumerate(self.buttons):
            push.setProperty("role", "option")
            push.clicked.connect(lambda _, place=place: self.picked.emit(self.offers[place]))
        self.setLayout(row(*((push, 1) for push in self.buttons)))

    def offer(self, offers: Sequence[Quick]) -> None:
        self.offers = list(offers)
        for push, quick in zip(self.buttons, (*offers, None, None, None), strict=False):
            push.setVisible(quick is not None)
            push.setText(quick.words if quick else "")
