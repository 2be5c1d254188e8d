"""Audit trail page: who did what, newest first, live; filtered by the database, followed line by line, verified in one click."""

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QShowEvent

from admin_app.audit.columns import SPARE, cells, columns, titles
from admin_app.audit.detail import TrailDetail
from admin_app.audit.filters import Filters
from admin_app.audit.question import Question, TooMany, TrailSource
from admin_app.audit.reports import Reports
from admin_app.audit.strip import Strip
from admin_app.audit.things import thing
from admin_app.desk import Desk
from admin_app.head import Head
from admin_app.listing import Listing
from admin_app.page import Ask
from admin_app.paged import PagedPage, Sayings, let_export
from admin_app.reader import Reader
from admin_app.titles import put_titles
from core.audit import MOST_COUNTED, TrailLine, trail_logins
from core.kitchens import kitchens
from core.live import Changes
from core.qt.export import ask_where
from core.qt.rows import RowsModel, table
from core.qt.widgets import button

translate = QCoreApplication.translate


class AuditPage(PagedPage):
    """Whatever changes anywhere leaves a line. Words are looked for once: lines that come later are found when they are asked for again."""

    nouns = frozenset({
        "orders", "stock", "menu", "kitchens", "customers", "wallets", "payments", "proposals", "refunds", "staff", "health", "audit",
    })  # fmt: skip

    def __init__(self, desk: Desk, ask: Ask = ask_where) -> None:
        model: RowsModel[TrailLine] = RowsModel(columns(desk.line))
        view = table(model, translate("trail", "Audit trail"))
        put_titles(view, model)
        exports = translate("trail", "What is shown"), translate("trail", "All that match")
        on_paper = button(translate("trail", "Report …"), None, "admin", "printer")
        head = Head(translate("trail", "Audit trail"), desk.line, button("", "primary", "admin", "arrow-up"), exports, on_paper)
        self.desk, self.detail = desk, TrailDetail(desk)
        self.unseen = Changes(resync=False)  # what changed while nobody looked
        source = TrailSource(desk.db, desk.line.now)
        super().__init__(desk.line, head, Listing(view, model, self.detail, SPARE), Filters(desk.line.now), source, sayings(), ask)
        self.kitchens = Reader(lambda: lambda: kitchens(desk.db), self.filters.show_kitchens, self._failed, self)
        self.logins = Reader(lambda: lambda: trail_logins(desk.db), self.filters.show_logins, self._failed, self)
        self._look_up()
        above = head.layout()
        if desk.watch and above:
            self.strip = Strip(desk.watch)
            above.addWidget(self.strip)
        head.look_again.connect(self._look_up)
        model.modelReset.connect(self._name_followed)
        self.detail.sent.connect(self.wanted)
        self.detail.asked.connect(self.look_at)
        let_export(self, translate("trail", "audit trail"), titles(), cells)
        self.reports = Reports(self, desk, on_paper)

    def take(self, changes: Changes) -> None:
        """Read what is new; while nobody looks, remember that there is something."""
        self.reports.hear(changes)
        if not self.isVisible():
            self.unseen = Changes(self.unseen.resync or changes.resync, self.unseen.nouns | changes.nouns)
            return
        super().take(changes)
        if changes.resync or changes.nouns & {"kitchens", "staff"}:
            self._look_up()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        unseen, self.unseen = self.unseen, Changes(resync=False)
        self.take(unseen)

    def look_at(self, what: object) -> None:
        """Show the lines that a Question asks for."""
        if isinstance(what, Question):
            self.filters.ask(what)
            self.load()

    def counted(self) -> str:
        """Say how many there are, no further than a cap."""
        many = self.resolved.many if self.resolved else 0
        if many > MOST_COUNTED:
            return translate("trail", "{n}+ lines").format(n=f"{MOST_COUNTED:,}")
        known = max(many, len(self.model.rows))
        return (self.sayings.one if known == 1 else self.sayings.many).format(n=f"{known:,}")

    def _name_followed(self) -> None:
        """Say whose history is followed, as its own lines have it."""
        followed = self.filters.value.object_id
        if named := next((line for line in self.model.rows if line.object_id == followed), None) if followed else None:
            self.filters.name_followed(thing(named))

    def _look_up(self) -> None:
        self.kitchens.ask()
        self.logins.ask()

    def _failed(self, error: Exception) -> None:
        if isinstance(error, TooMany):
            self.head.count.setText("")
            act = translate("trail", "Clear filters")
            self.listing.say("search", translate("trail", "Too many lines"), str(error), act, self.filters.clear)
        else:
            super()._failed(error)


def sayings() -> Sayings:
    return Sayings(
        reading=translate("trail", "Reading the trail …"),
        unreadable=translate("trail", "The trail could not be read"),
        not_found=translate("trail", "No line of the trail is like what you typed and chose."),
        none_yet=("history", translate("trail", "Nothing was done yet"), translate("trail", "Whatever anybody does appears here.")),
        one=translate("trail", "1 line"),
        many=translate("trail", "{n} lines"),
        one_new=translate("trail", "1 new line"),
        many_new=translate("trail", "{n} new lines"),
    )
