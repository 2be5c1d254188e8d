"""Shown: the screen that was confirmed, as it was: its stored impact, with the names of now, and for nobody to change."""

from functools import partial
from typing import Any
from uuid import UUID

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QFrame, QWidget

from admin_app.desk import Desk
from admin_app.listing import empty
from admin_app.refunds.impact import ImpactCards
from admin_app.refunds.run_names import Names, read_names
from admin_app.refunds.run_side import Side
from admin_app.refunds.words import orders_word, short_code
from core.base.money import naira
from core.proposals import Proposal
from core.qt.form import right_label
from core.qt.line import moment
from core.qt.task import run, unless_expected
from core.qt.widgets import column, label, note, row

translate = QCoreApplication.translate


class Shown(QWidget):
    left_out_wanted = Signal()  # the person wants to see in the list what is left out

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.found: Proposal | None = None
        self.mark, self.cards, self.several = note("", "info", "eye"), ImpactCards(), Several()
        self.setLayout(column(Side(column(self.mark, self.cards, self.several, None, spacing=12))))
        self.cards.left_out_wanted.connect(self.left_out_wanted)

    def show_proposal(self, found: Proposal) -> None:
        """Show what was shown. It never changes, so it is read once."""
        if self.found is not None and self.found.id == found.id:
            return
        self.found = found
        self.mark.say(_mark(found, self.desk), "info", "eye")
        self._show(found, Names({}, {}))
        run(
            self, partial(read_names, self.desk.db, found.impact),
            then=lambda names: self._show(found, names) if found is self.found else None, failed=self._unnamed,
        )  # fmt: skip

    def _show(self, found: Proposal, names: Names) -> None:
        self.cards.show_impact(found.impact, names.kitchens)
        self.several.show_impact(found.impact, names)

    def _unnamed(self, error: Exception) -> None:
        """The figures stand without names; they are asked for again when it is opened again."""
        unless_expected(error)
        self.found = None


class Several(QFrame):
    """Customers with more than one order in a refund, those with most first."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self.lines = column(spacing=6)
        title = label(translate("refunds", "Customers with several orders"), 16, 600)
        self.setLayout(column(title, self.lines, margins=(18, 14, 18, 14), spacing=8))

    def show_impact(self, impact: dict[str, Any], names: Names) -> None:
        empty(self.lines)
        for each in impact["several_most"]:
            line = QWidget()
            name = names.customers.get(UUID(each["customer_id"]), translate("refunds", "A customer"))
            orders, amount = label(orders_word(each["orders"]), 15), right_label(naira(each["amount"]))
            line.setLayout(row((label(name, 15, wrap=True), 1), orders, amount, spacing=16))
            self.lines.addWidget(line)
        self.setVisible(bool(impact["several_most"]))


def _mark(found: Proposal, desk: Desk) -> str:
    """Say to whom it was shown and when, and that nothing of it was changed."""
    words = translate("refunds", "As it was shown to {name} at {time}, figures unchanged since. Code {code}. Names are those of today.")
    at = moment(found.created_at, desk.line.now())
    return words.format(name=found.made_by, time=at, code=short_code(found.digest))
