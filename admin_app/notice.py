"""Notice: what stands where a table has no rows: it is being read, there is nothing, nothing was found, or it could not be read."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from core.qt.widgets import button, column, label, picture, row


class Notice(QWidget):
    """An icon, what is so, what to do next, and at most one button to do it."""

    def __init__(self) -> None:
        super().__init__()
        self.picture = picture("hourglass", "muted", 32)
        self.title = label("", 20, 600, wrap=True)
        self.sentence = label("", 15, 400, "muted", wrap=True)
        for words in (self.title, self.sentence):
            words.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.act = button("", size="admin")
        self.act.clicked.connect(self._go)
        self._then: Callable[[], None] | None = None
        self.setLayout(
            column(
                None, row(None, self.picture, None), 4, self.title, self.sentence, 8, row(None, self.act, None), (column(), 2), None,
                margins=(32, 24, 32, 24), spacing=6,
            )
        )  # fmt: skip

    def say(
        self, icon: str, title: str, sentence: str = "", act: str = "", then: Callable[[], None] | None = None, token: str = "muted"
    ) -> None:
        """Say it; `act` names the button, `then` is what it does."""
        self.picture.show_icon(icon, token)
        self.title.setText(title)
        self.sentence.setText(sentence)
        self.sentence.setVisible(bool(sentence))
        self.act.setText(act)
        self.act.setVisible(bool(act))
        self._then = then

    def _go(self) -> None:
        if self._then:
            self._then()
