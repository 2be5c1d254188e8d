"""The stock board: every item of the kitchen as a card, and beside it the panel that changes one.  Behaviour: core/stock/*.py."""

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QWidget

from core.base.errors import Offline
from core.database.gateway import Database
from core.kitchens import Kitchen
from core.live import Changes
from core.qt.line import LineState
from core.qt.settle import RECORDED, Doubt, Settler
from core.qt.task import run, unless_expected
from core.qt.widgets import row
from core.staff import Me
from core.stock import Item, items
from kitchen_app.stock import asked
from kitchen_app.stock.change import ChangePanel
from kitchen_app.stock.history import HistoryDialog
from kitchen_app.stock.saving import Saving
from kitchen_app.stock.shelf import Shelf

ONCE_MORE = 3000  # ms: it could not be read, though the line is there


class StockBoard(QWidget):
    """Reads the shelf, sends what the panel wants, and shows what became of it."""

    restless = Signal()  # something was recorded here, or got no answer: whoever watches the line should look at once

    def __init__(self, db: Database, kitchen: Kitchen, me: Me, line: LineState, settler: Settler) -> None:
        super().__init__()
        self.db, self.kitchen, self.line, self.settler = db, kitchen, line, settler
        self.shelf = Shelf(line)
        self.panel = ChangePanel(db, me, line)
        self.saving = Saving(db, line, self.panel, self)
        self.setFocusProxy(self.shelf.cards)
        self.setLayout(row((self.shelf, 1), self.panel, spacing=0))
        self._reading = self._read_again = False
        QShortcut(QKeySequence.StandardKey.Find, self, self._find)
        self._listen()

    def _listen(self) -> None:
        self.shelf.chosen.connect(self._show_item)
        self.shelf.opened.connect(self.panel.focus_amount)
        self.shelf.retried.connect(self.reload)
        self.panel.left.connect(self.shelf.cards.setFocus)
        self.panel.recent.all_asked.connect(self._show_history)
        self.panel.again_wanted.connect(self._enter_again)
        self.panel.understood.connect(self.settler.dismiss)
        self.saving.recorded.connect(self._recorded)
        self.saving.unread.connect(self.reload)
        self.saving.refused.connect(lambda sentence: self.shelf.notice.say("danger", "circle-alert", sentence))
        self.saving.doubted.connect(self.settler.watch)
        self.settler.again.connect(self._enter_again)
        self.settler.changed.connect(self._show_doubts)

    def heard(self, changes: Changes) -> None:
        """The server told what changed."""
        if changes.resync or "stock" in changes.nouns:
            self.reload()

    def reload(self) -> None:
        """Read the shelf again; when asked while a reading is under way, once more after it."""
        self._read_again = self._reading
        if not self._reading:
            self._reading = True
            run(self, lambda: items(self.db, self.kitchen.id), then=self._loaded, failed=self._unloaded)

    def remind(self, logins: list[str]) -> None:
        """Say whose changes from this counter are still unanswered: only they can find out, and nobody should repeat them."""
        if logins:
            title = self.tr("Being checked: changes sent from here by {logins}").format(logins=", ".join(logins))
            detail = self.tr("It is settled when they sign in here. Do not enter it again before.")
            self.shelf.reminder.say("info", "clock", title, detail, self.tr("Understood"), self.shelf.reminder.hide)

    def scanned(self, code: str) -> None:
        """Choose the item with this barcode. Not while a dialog asks something: that comes first."""
        if QApplication.activeModalWidget() or not self.isVisible():
            return
        if self.shelf.search.text() == code:
            self.shelf.search.clear()
        item = self.shelf.model.with_barcode(code)
        if item and self.shelf.point_at(item.id):
            self.panel.focus_amount()
        else:
            self.shelf.notice.say("warn", "scan-barcode", self.tr("No item with barcode {code}").format(code=code[:60]))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        in_search = self.shelf.search.hasFocus()
        if event.key() == Qt.Key.Key_Slash:
            self._find()
        elif event.matches(QKeySequence.StandardKey.Undo) and self.panel.foot.toast.isVisible():
            self.panel.foot.toast.undo.click()
        elif in_search and event.key() in (Qt.Key.Key_Escape, Qt.Key.Key_Down):
            self.shelf.enter()
        else:
            super().keyPressEvent(event)

    def _find(self) -> None:
        self.shelf.search.setFocus()
        self.shelf.search.selectAll()

    def _loaded(self, found: list[Item]) -> None:
        self._reading = False
        self.shelf.take(found)
        if self.panel.item:
            self.panel.show_item(self.shelf.model.items.get(self.panel.item.id, self.panel.item))
        if self._read_again:
            self.reload()

    def _unloaded(self, error: Exception) -> None:
        self._reading = self._read_again = False
        unless_expected(error)
        if isinstance(error, Offline):
            self.restless.emit()
        if self.line.state != "offline":  # else it is read when the line is back; now nobody will say again what was missed
            QTimer.singleShot(ONCE_MORE, self, self.reload)
        self.shelf.fail(str(error))

    def _show_item(self, item: Item) -> None:
        self.panel.show_item(item)
        self._show_doubts()

    def _recorded(self) -> None:
        self.shelf.notice.hide()
        self.shelf.cards.setFocus()
        self.reload()
        self.restless.emit()

    def _show_history(self) -> None:
        if self.panel.item:
            HistoryDialog(self, self.db, self.panel.item, self.line).open()

    def _show_doubts(self) -> None:
        """Tell the panel what is known of changes whose answer was lost."""
        for doubt in self.settler.doubts:
            if doubt.state == RECORDED and (item := self.panel.drafts.drop_sent(doubt.command_id)):
                self.panel.begin_anew(item)
                self.reload()
        item = self.panel.item
        about = [each for each in self.settler.doubts if item and each.asked and asked.item_id(each.asked.args) == item.id]
        self.panel.show_doubt(about[-1] if about else None)

    def _enter_again(self, doubt: Doubt) -> None:
        """Put what was typed back into the form. Nothing is sent."""
        about = asked.item_id(doubt.asked.args) if doubt.asked else None
        if doubt.asked is None or about is None or not self.shelf.point_at(about):
            self.shelf.notice.say("warn", "info", self.tr("This item is on the shelf of another kitchen."))
            return
        typed = asked.draft(doubt.asked, self.shelf.model.items[about], self.line.now())
        if typed is None or typed.kind not in self.panel.form.kinds.buttons:
            self.shelf.notice.say("warn", "info", self.tr("Your role does not allow this change."))
            return
        self.settler.dismiss(doubt)
        self.panel.begin(typed)
        self.panel.focus_amount()
