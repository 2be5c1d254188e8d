"""Saving: send what a person wants under an id of its own, and tell what became of it where they asked.  Verbs: core/stock/change.py."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from uuid import UUID

from PySide6.QtCore import QCoreApplication, QObject, Signal
from PySide6.QtWidgets import QWidget

from core.base.errors import Offline, Outdated, Refused, Short, Stale, Unanswered
from core.base.identifiers import new_id
from core.database.gateway import Database
from core.qt.line import LineState
from core.qt.task import run
from core.stock import Item, Movement, undo_stock
from kitchen_app.stock.change import ChangePanel
from kitchen_app.stock.conflict import ConflictDialog, Decision
from kitchen_app.stock.kinds import Draft

translate = QCoreApplication.translate


class Saving(QObject):
    """One for the board. The panel says what it wants; only one change of an item is under way at a time."""

    recorded = Signal()
    unread = Signal()  # the figures on screen may be old
    doubted = Signal(object)  # the id of a command whose answer was lost
    refused = Signal(str)  # why a change of an item that is no longer in the panel was not saved

    def __init__(self, db: Database, line: LineState, panel: ChangePanel, over: QWidget) -> None:
        """`over` is what the conflict dialog stands over."""
        super().__init__(over)
        self.db, self.line, self.panel, self.over = db, line, panel, over
        self.dialog: ConflictDialog | None = None
        panel.wanted.connect(self._save)
        panel.recent.undo_asked.connect(self._undo)

    def _undo(self, item: Item, movement: Movement) -> None:
        """Take a change back."""
        self._send(item, lambda command_id: undo_stock(self.db, command_id, item.id, movement.number))

    def _save(self, draft: Draft, quantity: int) -> None:
        sent = self._send(
            draft.seen,
            lambda command_id: draft.kind.send(self.db, command_id, draft, quantity),
            stale=lambda error: self._ask(draft, quantity, error),
        )
        self.panel.drafts.keep(replace(draft, sent_as=sent))

    def _send(self, item: Item, work: Callable[[UUID], Movement], stale: Callable[[Stale], None] | None = None) -> UUID:
        self.panel.set_sending(item.id, True)
        return send(
            self,
            self.line,
            work,
            saved=partial(self._saved, item),
            stale=stale or (lambda error: self._refused(item, str(error), "")),
            refused=partial(self._refused, item),
            doubted=partial(self._doubted, item),
        )

    def _saved(self, item: Item, movement: Movement) -> None:
        self.panel.set_sending(item.id, False)
        self.panel.saved(item, movement, None if movement.undoes else partial(self._undo, item, movement))
        self.recorded.emit()

    def _refused(self, item: Item, sentence: str, field: str) -> None:
        self.panel.set_sending(item.id, False)
        if self.panel.item and self.panel.item.id == item.id:
            self.panel.complain(sentence, field)
        else:
            self.refused.emit(f"{item.name}: {sentence}")
        self.unread.emit()

    def _doubted(self, item: Item, command_id: UUID) -> None:
        self.panel.set_sending(item.id, False)
        self.doubted.emit(command_id)
        self.unread.emit()

    def _ask(self, draft: Draft, quantity: int, error: Stale) -> None:
        """The shelf changed since: let the person decide."""
        self.panel.set_sending(draft.seen.id, False)
        self.unread.emit()
        self.dialog = ConflictDialog(self.over, draft.seen, draft, quantity, error.facts, self.line)
        self.dialog.decided.connect(partial(self._decide, self.dialog, draft))
        self.dialog.rejected.connect(self.panel.focus_amount)
        self.dialog.finished.connect(self._closed)
        self.dialog.open()

    def _closed(self) -> None:
        if self.dialog:
            self.dialog.deleteLater()
            self.dialog = None

    def _decide(self, dialog: ConflictDialog, draft: Draft, decision: Decision) -> None:
        item, quantity = draft.seen, decision.quantity
        if quantity is None:
            dialog.accept()
            self.panel.begin_anew(item)
            return
        again = replace(draft, seen=replace(item, version=decision.now.version))

        def close(then: Callable[..., None], *answer: object) -> None:
            dialog.accept()
            then(item, *answer)

        def restate(error: Stale) -> None:
            dialog.restate(error.facts)
            self.unread.emit()

        sent = send(
            self,
            self.line,
            lambda command_id: draft.kind.send(self.db, command_id, again, quantity),
            saved=partial(close, self._saved),
            stale=restate,
            refused=lambda sentence, field: dialog.complain(sentence),
            doubted=partial(close, self._doubted),
        )
        self.panel.drafts.keep(replace(draft, sent_as=sent))


def send(
    owner: QObject,
    line: LineState,
    work: Callable[[UUID], Movement],
    *,
    saved: Callable[[Movement], None],
    stale: Callable[[Stale], object],
    refused: Callable[[str, str], None],
    doubted: Callable[[UUID], None],
) -> UUID:
    """Do `work` under a new id and return the id. `refused` gets a sentence and the field it is about, `doubted` means: nobody knows."""
    command_id = new_id()

    def failed(error: Exception) -> None:
        if isinstance(error, Unanswered):
            doubted(command_id)
        elif isinstance(error, Offline):
            refused(translate("stock", "There is no connection: nothing was sent. What you typed stays."), "")
        elif isinstance(error, Stale):
            stale(error)
        elif isinstance(error, Refused):
            refused(str(error), "quantity" if isinstance(error, Short) else str(error.facts.get("field", "")))
            if isinstance(error, Outdated):
                line.outdate(str(error))
        else:
            raise error  # a bug: the crash dialog has it

    run(owner, lambda: work(command_id), then=saved, failed=failed)
    return command_id
