"""The views of the refunds page, one over the other: a first page, three steps, and the approver's view."""

from functools import cached_property
from typing import TypeVar

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QSizePolicy, QStackedLayout, QWidget

from admin_app.desk import Desk
from admin_app.page import Ask, HeadedPage
from admin_app.refunds.approve import ApproveView
from admin_app.refunds.check import CheckView
from admin_app.refunds.choose import ChooseView
from admin_app.refunds.landing import LandingView
from admin_app.refunds.run import RunView
from admin_app.refunds.steps import StepHead
from core.live import Changes
from core.qt.export import ask_where
from core.qt.widgets import column

MARGINS = (28, 20, 28, 20)  # px

translate = QCoreApplication.translate
AnyView = LandingView | ChooseView | CheckView | RunView | ApproveView
View = TypeVar("View", LandingView, ChooseView, CheckView, RunView, ApproveView)


class RefundViews(HeadedPage):
    """The first page is there from the beginning. Each other view is made when it is first wanted: all of them take half a second."""

    def __init__(self, desk: Desk, ask: Ask = ask_where) -> None:
        self.desk = desk
        self.landing = LandingView(desk)
        super().__init__(desk.line, self.landing.head, ask)
        self.stack, self._laid = QStackedLayout(), dict[QWidget, QWidget]()  # what each view lies in: itself, or with the way back over it
        self.setLayout(column(self.stack, margins=MARGINS))
        self.shown: QWidget = self._take_in(self.landing)
        self.setFocusProxy(self.landing)

    @cached_property
    def choose(self) -> ChooseView:
        return self._take_in(ChooseView(self.desk))

    @cached_property
    def check(self) -> CheckView:
        return self._take_in(CheckView(self.desk, self._ask_where))

    @cached_property
    def run(self) -> RunView:
        return self._take_in(RunView(self.desk, self._ask_where), self.run_head)

    @cached_property
    def run_head(self) -> StepHead:
        return StepHead(translate("refunds", "The run"), "", 3)

    @cached_property
    def approve(self) -> ApproveView:
        return self._take_in(ApproveView(self.desk, self._ask_where), StepHead(translate("refunds", "Approval"), ""))

    def take(self, changes: Changes) -> None:
        for name in ("landing", "check", "run", "approve"):
            if self.is_made(name):  # the others read when they are
                getattr(self, name).take(changes)

    def is_made(self, name: str) -> bool:
        return name in self.__dict__

    def listen(self, view: AnyView) -> None:
        """Hear what a view that was made just now has to say; the page's to do."""

    def turn(self, view: QWidget) -> None:
        """Show this view."""
        self.shown = view
        self.stack.setCurrentWidget(self._laid[view])
        self.setFocusProxy(view)
        if self.isVisible():
            view.setFocus()

    def leave(self) -> None:
        """Back to the first page. What was begun stays as it is."""
        self.landing.look()
        self.turn(self.landing)

    def _take_in(self, view: View, head: StepHead | None = None) -> View:
        """Lay a view over the others, under the way back if it does not bring its own."""
        laid: QWidget = _under(head, view) if head else view
        laid.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Ignored)  # each makes do with the room there is
        self._laid[view] = laid
        self.stack.addWidget(laid)
        if head:
            head.left.connect(self.leave)
        self.listen(view)
        return view

    def _ask_where(self, over: QWidget, suggested: str) -> str:
        return self.ask_where(over, suggested)


def _under(head: StepHead, view: QWidget) -> QWidget:
    held = QWidget()
    held.setLayout(column(head, (view, 1), spacing=4))
    held.setFocusProxy(view)
    return held
