"""Staff page: who works here, with which logins, live; the owner makes, changes and ends them."""

from PySide6.QtCore import QCoreApplication, Qt

from admin_app.desk import Desk
from admin_app.head import Head
from admin_app.listing import Listing
from admin_app.page import Ask
from admin_app.paged import PagedPage, Sayings, let_export
from admin_app.proposals.waiting import WaitingStrip
from admin_app.reader import Reader
from admin_app.staff.acts import Acts
from admin_app.staff.columns import ORDERS, cells, columns, titles
from admin_app.staff.detail import StaffDetail
from admin_app.staff.filters import Filters
from admin_app.staff.question import Question, StaffSource
from admin_app.titles import put_titles
from core.kitchens import Kitchen, kitchens
from core.live import Changes
from core.proposals import Kind
from core.qt.export import ask_where
from core.qt.rows import RowsModel, table
from core.qt.task import unless_expected
from core.qt.widgets import button, note
from core.staff import ListedLogin, Role, StaffRules, staff_rules

translate = QCoreApplication.translate

SPARE = (5, 3, 2)  # columns that step aside: since, kitchens, role


class StaffPage(PagedPage):
    nouns = frozenset({"staff", "kitchens"})

    def __init__(self, desk: Desk, ask: Ask = ask_where) -> None:
        self.desk, self.detail = desk, StaffDetail(desk)
        model: RowsModel[ListedLogin] = RowsModel(columns(desk.line), key=lambda login: login.login)
        view = table(model, translate("staff", "Staff"))
        self.header = put_titles(view, model, sorts=True)
        exports = translate("staff", "What is shown"), translate("staff", "All that match")
        self.everybody = button(translate("staff", "Limits for everybody …"), None, "admin", "banknote")
        head = Head(translate("staff", "Staff"), desk.line, button("", None, "admin", "arrow-up"), exports, self.everybody)
        listing = Listing(view, model, self.detail, SPARE)
        super().__init__(desk.line, head, listing, Filters(), StaffSource(desk.db), sayings(), ask)
        let_export(self, translate("staff", "staff"), titles(), cells)
        self.server_note = note(
            translate("staff", "On this server its administrator makes logins and changes them. You can end them here."), "info", "server"
        )
        self.server_note.hide()
        above = head.layout()
        assert above
        above.addWidget(self.server_note)
        self.strip = WaitingStrip(desk, (Kind.LIMITS, Kind.APPROVER)) if "approvals" in desk.pages else None
        if self.strip:
            above.addWidget(self.strip)
        self.acts = Acts(desk, self)
        self.around = Reader(lambda: lambda: (kitchens(desk.db), staff_rules(desk.db)), self._show_around, unless_expected, self)
        self._listen_here()
        self._show_make()
        self.around.ask()

    def take(self, changes: Changes) -> None:
        if changes.resync or changes.nouns & self.nouns:
            self.changed = None  # a change of a counter names nobody, and one of a person shows at all their logins
        super().take(changes)
        if self.strip:
            self.strip.take(changes)
        if changes.resync or changes.nouns & {"kitchens", "health"}:
            self.around.ask()

    def look_at(self, what: object) -> None:
        """Show the login of this name and its details, or the logins that a Question asks for."""
        self.filters.ask(what if isinstance(what, Question) else Question(search=str(what), state=None))
        self.load()
        self.sought = not isinstance(what, Question)

    def _listen_here(self) -> None:
        self.header.sortIndicatorChanged.connect(
            lambda section, way: self.filters.sort(ORDERS[section], way == Qt.SortOrder.DescendingOrder)
        )
        self.head.look_again.connect(self.around.ask)
        if self.strip:
            self.strip.opened.connect(lambda found: self.wanted.emit("approvals", found.id))
            self.head.look_again.connect(self.strip.reader.ask)
        self.line.changed.connect(self._show_make)
        foot, acts = self.detail.foot, self.acts
        for wanted, act in ((foot.renew, acts.renew), (foot.change, acts.change), (foot.end, acts.end), (foot.suspend, acts.suspend)):
            wanted.connect(act)
        self.detail.powers.change.connect(acts.limits)
        self.detail.powers.approver.connect(acts.approver)
        self.everybody.clicked.connect(lambda: acts.limits(None))
        self.filters.make.clicked.connect(lambda: acts.make())
        acts.said.connect(self.said)
        acts.done.connect(self._look_again)

    def _look_again(self) -> None:
        self.changed = None
        self.news.ask()

    def _show_around(self, answer: tuple[list[Kitchen], StaffRules]) -> None:
        """Take in what else must be known: the kitchens, and whether this server lets owners make logins."""
        found, rules = answer
        self.filters.show_kitchens(found)
        self.acts.kitchens = found
        self.detail.foot.allow(rules.makes_logins)
        self.server_note.setHidden(rules.makes_logins)
        self._show_make()

    def _show_make(self) -> None:
        self.filters.make.setVisible(self.desk.me.role is Role.OWNER_ADMIN and self.server_note.isHidden())
        self.everybody.setVisible(self.desk.me.role is Role.OWNER_ADMIN)
        for push in (self.filters.make, self.everybody):
            push.setEnabled(self.line.can_save)


def sayings() -> Sayings:
    return Sayings(
        reading=translate("staff", "Reading who works here …"),
        unreadable=translate("staff", "Who works here could not be read"),
        not_found=translate("staff", "No login is like what you typed and chose."),
        none_yet=("users", translate("staff", "Nobody works here yet"), ""),
        one=translate("staff", "1 login"),
        many=translate("staff", "{n} logins"),
        one_new=translate("staff", "1 new login"),
        many_new=translate("staff", "{n} new logins"),
    )
