"""The side panel: one item, the form to change it, and what is known of it. What is typed is kept for each item until it is saved."""

from collections.abc import Callable
from dataclasses import replace
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QWidget

from core.base.quantity import shown
from core.database.gateway import Database
from core.qt.line import LineState
from core.qt.settle import CHECKING, Doubt
from core.qt.widgets import column, label, picture, row, rule, scrolled
from core.staff import Me
from core.stock import Item, Movement
from kitchen_app.stock import words
from kitchen_app.stock.drafts import Drafts
from kitchen_app.stock.facts import Facts, Head
from kitchen_app.stock.foot import Foot
from kitchen_app.stock.form import ChangeForm
from kitchen_app.stock.history import Recent
from kitchen_app.stock.kinds import Draft, kinds_for, seen_again
from kitchen_app.stock.notice import DoubtNotice, MovedNotice

WIDTH, SCROLL_BAR = 360, 12  # px
ESCAPE = Qt.Key.Key_Escape.value


class ChangePanel(QFrame):
    """Says upward what the person wants; whoever sends it tells back what became of it."""

    wanted = Signal(object, object)  # a Draft, and its amount in smallest units
    again_wanted = Signal(object)  # a Doubt
    understood = Signal(object)  # a Doubt
    left = Signal()

    def __init__(self, db: Database, me: Me, line: LineState) -> None:
        super().__init__()
        self.setProperty("role", "side")
        self.setFixedWidth(WIDTH)
        kinds = kinds_for(me.role)
        self.line = line
        self.item: Item | None = None
        self.drafts = Drafts(kinds[0])
        self.doubt: Doubt | None = None
        self.sending: set[UUID] = set()  # the items whose change is under way
        self.head, self.facts, self.foot = Head(), Facts(), Foot()
        self.moved, self.settled = MovedNotice(), DoubtNotice(narrow=True)
        self.form = ChangeForm(kinds)
        self.recent = Recent(db, me, line)
        self.nothing = _nothing_chosen(self)
        parts = (self.head, self.settled, self.moved, self.form, rule(), self.facts, rule(), self.recent, None)
        page = QWidget()
        page.setLayout(column(*parts, margins=(24, 20, 24 - SCROLL_BAR, 20), spacing=12))
        self.inside = scrolled(page)
        self.inside.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)  # or everything moves sideways when it comes
        self.setLayout(column((self.nothing, 1), (self.inside, 1), self.foot, spacing=0))
        self.form.edited.connect(self._edited)
        self.form.submitted.connect(self._submit)
        self.foot.save.clicked.connect(self._submit)
        self.recent.loaded.connect(self.show_state)
        line.changed.connect(self.show_state)
        line.ticked.connect(self.show_state)  # how long ago things were, and what can still be undone
        self.show_item(None)

    @property
    def draft(self) -> Draft | None:
        return self.drafts.of(self.item, self.line.now()) if self.item else None

    def show_item(self, item: Item | None) -> None:
        """Show another item, or the same one as it stands now: then what is typed stays."""
        before, self.item = self.item, item
        for part in (self.inside, self.foot):
            part.setVisible(item is not None)
        self.nothing.setVisible(item is None)
        if item is None:
            return
        if before is None or before.id != item.id:
            self.inside.verticalScrollBar().setValue(0)
            self.form.show_draft(item, self.drafts.of(item, self.line.now()))
        self.recent.show_item(item)
        self.show_state()

    def show_doubt(self, doubt: Doubt | None) -> None:
        """Show what is known of a change of this item whose answer was lost."""
        self.doubt = doubt
        self.show_state()

    def show_state(self) -> None:
        """Bring everything but what is typed up to date."""
        if self.item is None or self.draft is None:
            return
        item, draft = self.item, self.draft
        self.head.show_item(item)
        self.facts.show_item(item, draft, self.line)
        self.settled.tell(
            self.doubt, self.line, lambda: self.again_wanted.emit(self.doubt), lambda: self.understood.emit(self.doubt)
        )
        self.moved.tell(item, draft, self.recent.on_shelf(), self.line, self._use_now)
        self.recent.refresh()
        self.form.refresh(item, draft)
        self.form.set_calm(_closed(self) != "")
        _show_act(self, item, draft)

    def begin(self, draft: Draft) -> None:
        """Put a draft into the form, to be looked at and saved."""
        self.drafts.keep(draft)
        if self.item and self.item.id == draft.seen.id:
            self.form.show_draft(self.item, draft)
            self.show_state()

    def begin_anew(self, item: Item) -> None:
        """What was typed about this item is done with."""
        self.drafts.drop(item.id)
        self.begin(self.drafts.of(item, self.line.now()))

    def saved(self, item: Item, movement: Movement, undo: Callable[[], object] | None) -> None:
        """It is recorded: forget what was typed, say so, and offer the way back."""
        if undo:
            self.begin_anew(item)
        self.foot.toast.say(*words.saved(movement, item), self.tr("Undo") if undo else "", undo)

    def set_sending(self, item_id: UUID, sending: bool) -> None:
        """A change of this item is under way, or no longer."""
        self.sending = self.sending | {item_id} if sending else self.sending - {item_id}
        self.show_state()

    def complain(self, sentence: str, field: str) -> None:
        """Say why nothing was saved, where it was typed, or at the button."""
        if not self.form.complain(field, sentence):
            self.foot.complain(sentence)

    def focus_amount(self) -> None:
        self.form.focus_amount()
        self.inside.ensureWidgetVisible(self.form.amount)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == ESCAPE:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def _edited(self) -> None:
        if self.draft:
            self.foot.complain("")
            self.drafts.keep(self.form.typed(self.draft))
            self.show_state()

    def _submit(self) -> None:
        if self.draft and self.form.quantity is not None and self.foot.save.isEnabled():
            self.wanted.emit(self.draft, self.form.quantity)

    def _use_now(self) -> None:
        """Take over how the shelf stands now: as what was seen, and as the amount."""
        if self.item and self.draft:
            text = shown(self.item.on_hand, self.item.unit_size)
            self.begin(replace(seen_again(self.draft, self.item, self.line.now()), text=text))
            self.focus_amount()


def _closed(panel: ChangePanel) -> str:
    """Say why nothing can be changed here for now; "" when it can."""
    if panel.line.too_old:
        return panel.tr("This program is too old to save. What you typed stays.")
    if not panel.line.can_save:
        return panel.tr("No connection: saving is off. What you typed stays.")
    if panel.item and panel.item.id in panel.sending:
        return panel.tr("Wait for the answer.")
    if panel.doubt and panel.doubt.state == CHECKING:
        return panel.tr("Being checked: do not enter it again yet.")
    return ""


def _show_act(panel: ChangePanel, item: Item, draft: Draft) -> None:
    """Name what saving will do, and say why it cannot be, or what comes of it."""
    quantity, kind = panel.form.quantity, draft.kind
    act = panel.tr("Saving…") if item.id in panel.sending else kind.act(item, quantity)
    short = item.held - kind.leaves(item, quantity) if quantity is not None else 0
    warning = panel.tr("{held} is held for orders: {short} short.") if short > 0 else ""
    warning = warning.format(held=words.amount(item.held, item), short=words.amount(short, item))
    panel.foot.show_act(act, _closed(panel) or _missing(panel, draft, quantity), warning)


def _missing(panel: ChangePanel, draft: Draft, quantity: int | None) -> str:
    """Say what is missing before this can be saved; "" when nothing is."""
    if not draft.text.strip():
        return panel.tr("Type an amount.")
    if quantity is None:
        return panel.tr("Look at the amount above.")
    return panel.tr("Choose a reason.") if draft.kind.reasons and not draft.reason else ""


def _nothing_chosen(panel: ChangePanel) -> QWidget:
    """What the panel shows before an item is chosen: how to choose one."""
    inside = QWidget()
    title = label(panel.tr("Choose an item"), 22, 600)
    ways = (
        ("package", panel.tr("Touch its card, or move to it with the arrows and press Enter")),
        ("scan-barcode", panel.tr("Scan its barcode")),
        ("search", panel.tr("Press / and type a part of its name")),
    )
    lines = [row(picture(icon, "muted"), (label(text, 15, 400, "muted", wrap=True), 1), spacing=12) for icon, text in ways]
    inside.setLayout(column(title, 8, *lines, None, margins=(24, 20, 24, 20), spacing=14))
    return inside
