"""The sheet for limits: first both amounts, then what they change and whether a second person must agree, to be confirmed."""

from functools import partial

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QBoxLayout, QWidget

from admin_app.desk import Desk
from admin_app.listing import empty
from admin_app.proposals.asking import Seen
from admin_app.proposals.sheet import ProposalSheet
from admin_app.staff.limits_change import Amounts, ChangeLimits, of_everybody, who_agrees
from admin_app.staff.limits_fields import LimitsFields
from core.proposals import Limits, all_limits
from core.qt.task import run, unless_expected
from core.qt.widgets import button

translate = QCoreApplication.translate


class LimitsSheet(ProposalSheet):
    """Going back from the confirmation comes to the amounts again; they, the reason and the note are kept."""

    subject: ChangeLimits

    def __init__(self, over: QWidget, desk: Desk, person: Limits | None) -> None:
        super().__init__(over, desk, ChangeLimits(person, desk.me.person_id))
        self.fields, self.check = LimitsFields(), button("", "primary", "touch")
        for layout, part in ((self.inside.layout(), self.fields), (self.foot.layout(), self.check)):
            assert isinstance(layout, QBoxLayout)
            layout.insertWidget(0 if part is self.fields else layout.count(), part)
        self.check.setMinimumWidth(220)
        self.check.clicked.connect(self.ask)
        self.fields.changed.connect(self._show_check)
        self.asking.seen.connect(self._seen)
        self.asking.refused.connect(self._show_check)
        desk.line.changed.connect(self._show_check)
        self._show_check()
        run(self, partial(all_limits, desk.db), then=self._begin, failed=unless_expected)

    def ask(self) -> None:
        """Look what these amounts would do."""
        wanted = self.fields.value
        if wanted and self.asking.asked is None:
            self.subject.amounts = wanted
            super().ask()
            self._show_check()

    def leave(self) -> None:
        """Back to the amounts, and from there to the page."""
        if self.confirming.isHidden() or not self.confirming.may_leave:
            super().leave()
            return
        self.asking.drop()
        self.seen = None
        empty(self.place)
        self.moved.hide()
        self.fields.show()
        self.show_confirming(False)
        self._show_check()
        self.fields.at_once.line.setFocus()

    def _begin(self, known: list[Limits]) -> None:
        person = self.subject.person
        own = next((each for each in known if person and each.person_id == person.person_id), person)
        was = Amounts(own.refund_alone, own.refund_a_day) if own else of_everybody(known)
        self.fields.begin(was, who_agrees(self.subject.others(known), self.desk.line.now()))
        self.fit_soon()

    def _seen(self, _: Seen) -> None:
        self.fields.hide()
        self.fit_soon()

    def _show_check(self) -> None:
        can_save, asks = self.desk.line.can_save, self.asking.asked is not None
        off = self.fields.missing() if can_save else translate("staff", "No connection")
        self.again.hide()
        self.check.setText(translate("staff", "Looking …") if asks else off or translate("staff", "Check these limits"))
        self.check.setEnabled(not asks and not off)
        self.fields.setEnabled(not asks)
        self.fit_soon()


def open_limits(over: QWidget, desk: Desk, person: Limits | None) -> LimitsSheet:
    """Open the sheet of one person's limits, or of everybody's."""
    sheet = LimitsSheet(over, desk, person)
    sheet.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    sheet.open()
    sheet.fields.at_once.line.setFocus()
    return sheet
