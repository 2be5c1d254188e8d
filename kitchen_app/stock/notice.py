"""Notices: what the person should know before going on, there where they look, with one way on."""

from collections.abc import Callable

from PySide6.QtWidgets import QFrame

from core.base.quantity import shown
from core.qt.line import LineState, ago, moment
from core.qt.settle import CHECKING, NOT_RECORDED, RECORDED, Doubt, what_now
from core.qt.texts import breakable
from core.qt.widgets import Picture, button, column, label, row, set_tone
from core.stock import Item, Movement
from kitchen_app.stock import words
from kitchen_app.stock.kinds import Draft


class Notice(QFrame):
    """A headline, a line of detail and at most one button; hidden while there is nothing to say."""

    def __init__(self, narrow: bool = False) -> None:
        """`narrow`: the button stands under the words, not beside them."""
        super().__init__()
        self.setProperty("role", "note")
        self.picture = Picture("info")
        self.title = label("", 16, 600, wrap=True)
        self.detail = label("", 14, wrap=True)
        self.act = button("", size="touch")
        self.act.setProperty("role", "option")
        self.act.clicked.connect(self._do)
        self._then: Callable[[], object] | None = None
        said = column(None, self.title, self.detail, None, spacing=1)
        if narrow:
            beside = row(column(self.picture, None), (said, 1), spacing=10)
            self.setLayout(column(beside, self.act, margins=(12, 8, 12, 10)))
        else:
            self.setLayout(row(self.picture, (said, 1), self.act, margins=(12, 8, 10, 8), spacing=10))
        self.hide()

    def say(
        self, tone: str, icon: str, title: str, detail: str = "", act: str = "", then: Callable[[], object] | None = None
    ) -> None:
        """Show it. `act` names the button, `then` is what it does."""
        self._then = then
        self.picture.show_icon(icon, f"{tone}Text")
        self.title.setText(breakable(title))
        self.detail.setText(breakable(detail))
        self.detail.setVisible(bool(detail))
        self.act.setText(act)
        self.act.setVisible(bool(act))
        set_tone(self, tone)
        self.show()

    def _do(self) -> None:
        if self._then:
            self._then()


class MovedNotice(Notice):
    """The shelf changed while somebody was typing about it."""

    def tell(self, item: Item, draft: Draft, newest: Movement | None, line: LineState, use: Callable[[], object]) -> None:
        """`newest` is what moved the shelf last, where it is known; `use` takes over how it stands now."""
        if draft.is_empty or draft.seen.version == item.version:
            self.hide()
            return
        was = shown(draft.seen.on_hand, item.unit_size)
        now = self.tr("Now {amount}, was {was}").format(amount=words.amount(item.on_hand, item), was=was)
        by = newest.by or self.tr("a service") if newest else ""
        detail = f"{by}, {ago(newest.at, line.now(), line.offline_since)}" if newest else ""
        act = self.tr("Use {amount}").format(amount=shown(item.on_hand, item.unit_size)) if draft.kind.absolute else ""
        self.say("warn", "history", now, detail, act, use)
        self.act.setEnabled(line.can_save)


class DoubtNotice(Notice):
    """What was sent about this item and never answered: what is known of it by now."""

    def tell(self, doubt: Doubt | None, line: LineState, again: Callable[[], object], understood: Callable[[], object]) -> None:
        if doubt is None:
            self.hide()
            return
        sent = moment(doubt.at, line.now())
        said = {
            CHECKING: ("info", "clock", self.tr("Being checked: {what}"), self.tr("Sent at {time}, the answer was lost.")),
            RECORDED: ("info", "check", self.tr("Recorded: {what}"), self.tr("Sent at {time}.")),
            NOT_RECORDED: ("warn", "circle-alert", self.tr("Not recorded: {what}"), self.tr("Sent at {time}, never done.")),
        }
        unknown = ("warn", "triangle-alert", self.tr("Cannot be known: {what}"), self.tr("Sent at {time}."))
        tone, icon, title, detail = said.get(doubt.state, unknown)
        act, then = (self.tr("Enter it again"), again) if doubt.state == NOT_RECORDED else (self.tr("Understood"), understood)
        about = f"{detail.format(time=sent)} {what_now(doubt)}"
        self.say(tone, icon, title.format(what=doubt.words), about, "" if doubt.state == CHECKING else act, then)
