"""Strip: how it stands with the trail, on the head of its page: a calm line with the head's code, and the buttons that verify it."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame

from admin_app.audit.verdicts import told, wrong_lines
from admin_app.watch import TrailWatch
from core.qt.widgets import Picture, button, column, label, row, set_property, set_tone

CALM = {"ok": "okText", "info": "muted", "warn": "warnText", "danger": "dangerText"}


class Strip(QFrame):
    """It speaks for the watch: calm where all is right, a ground of its own only where something is not."""

    def __init__(self, watch: TrailWatch) -> None:
        super().__init__()
        self.watch = watch
        self.setAccessibleName(self.tr("Verification of the trail"))
        self.picture = Picture("shield-check", "muted")
        self.words, self.aside = label("", 15, 500, wrap=True), label("", 13, 400, "muted", wrap=True)
        self.wrong = label("", 14, 400, wrap=True)
        self.aside.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard)
        self.aside.setFocusPolicy(Qt.FocusPolicy.StrongFocus)  # Tab reaches it
        self.verify = button(self.tr("Verify"), None, "admin", "shield-check")
        self.everything = button(self.tr("Verify everything"), None, "admin")
        self.stop = button(self.tr("Stop"), None, "admin", "x")
        self.verify.setToolTip(self.tr("From the last head that this computer kept"))
        self.everything.setToolTip(self.tr("From the first line on, read and hashed on this computer: slower, and trusts the server less"))
        self.verify.clicked.connect(lambda: watch.verify())
        self.everything.clicked.connect(lambda: watch.verify(whole=True))
        self.stop.clicked.connect(watch.stop)
        self.grey = label(self.tr("No connection, so nothing can be verified now."), 13, 400, wrap=True)
        said = column(self.words, self.wrong, self.aside, self.grey, spacing=2)
        acts = self.stop, self.verify, self.everything
        self.setLayout(row(column(2, self.picture, None), (said, 1), *acts, margins=(14, 8, 8, 8), spacing=12))
        watch.changed.connect(self._show)
        watch.line.changed.connect(self._show)
        self._show()

    def _show(self) -> None:
        said, watch = told(self.watch), self.watch
        loud = said.tone in ("warn", "danger")
        set_property(self, "role", "note" if loud else "sunken")
        set_tone(self, said.tone)
        self.words.setText(said.text)
        self.aside.setText(said.aside)
        self.aside.setVisible(bool(said.aside))
        self.wrong.setText("\n".join(wrong_lines(watch.alarm)) if watch.alarm else "")
        self.wrong.setVisible(bool(self.wrong.text()))
        self.picture.show_icon(said.icon, CALM[said.tone])
        self.stop.setVisible(watch.running)
        away = watch.line.offline_since is not None
        self.grey.setVisible(away)
        for push in (self.verify, self.everything):
            push.setVisible(not watch.running)
            push.setEnabled(not away)
            push.setAccessibleDescription(self.grey.text() if away else push.toolTip())
