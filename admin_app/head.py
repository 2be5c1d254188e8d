"""Head: the top of an office page: what it is, how much is shown and how fresh it is, and what can be done with it."""

from PySide6.QtCore import QPoint, Signal
from PySide6.QtWidgets import QWidget

from core.qt.buttons import Button
from core.qt.line import LineState, moment
from core.qt.widgets import Elided, button, column, label, menu, note, pill, row


class Head(QWidget):
    """`news` is a button of the page's own, there only while there is news."""

    look_again = Signal()
    export_shown = Signal()
    export_all = Signal()

    def __init__(self, title: str, line: LineState, news: Button, exports: tuple[str, str], *acts: Button) -> None:
        """`exports` names what can be exported: what is shown, and all of it. `acts` are what else the page can do."""
        super().__init__()
        self.line, self.news = line, news
        self.count = Elided("", 15, 400, "muted")
        self.age = pill("", None, "clock")
        self.trouble = note("", "danger", "circle-alert")
        self.trouble.hide()
        news.hide()
        again = button("", None, "admin", "refresh-cw")
        again.setAccessibleName(self.tr("Look again"))
        again.setToolTip(self.tr("Look again (F5)"))
        again.setShortcut("F5")
        again.clicked.connect(self.look_again)
        top = row(label(title, 26, 600), 4, self.count, 4, self.age, None, news, *acts, again, self._export(exports))
        self.setLayout(column(top, self.trouble))
        line.changed.connect(self._show_age)
        self._show_age()

    def tell_news(self, words: str) -> None:
        """Show the page's button with these words, or none when there is nothing to tell."""
        self.news.setText(words)
        self.news.setVisible(bool(words))

    def complain(self, sentence: str) -> None:
        """Say what went wrong, or "" when it is right again."""
        self.trouble.words.setText(sentence)
        self.trouble.setVisible(bool(sentence))

    def _export(self, exports: tuple[str, str]) -> Button:
        push = button(self.tr("Export CSV"), None, "admin", "download")
        push.setProperty("opens", True)
        ways = menu(push)
        for words, signal in zip(exports, (self.export_shown, self.export_all), strict=True):
            ways.addAction(words, signal.emit)
        push.clicked.connect(lambda: ways.popup(push.mapToGlobal(QPoint(push.width() - ways.sizeHint().width(), push.height() + 4))))
        return push

    def _show_age(self) -> None:
        """While there is no connection, say of when the figures are."""
        since = self.line.offline_since
        self.age.setVisible(since is not None)
        if since:
            self.age.say(self.tr("as of {time}").format(time=moment(since, self.line.now())), None, "clock")
