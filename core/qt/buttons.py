"""Buttons: push buttons and switches of every kind. What they look like: resources/style.qss; their focus ring: here."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QPushButton, QStyle, QStyleOptionButton, QStylePainter

from core.qt import theme

FONTS = {"touch_large": (18, 600), "touch": (16, 600), "bar": (15, 600), "admin": (15, 600)}
RING_ROOM = 4  # px: a ring of 2 and 2 of the ground between it and the button


class Button(QPushButton):
    """A push button that shows its words as they are, is pressed by Enter only when it has the focus, and draws its focus ring."""

    def setText(self, text: str) -> None:
        super().setText(text.replace("&", "&&"))  # "Rice & beans" is a name, not a shortcut

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        role, kind = self.property("role"), self.property("kind")
        on_nav = role in ("navitem", "navperson")
        if self.hasFocus() and (kind in ("primary", "danger") or (role == "chip" and self.isChecked())):
            self._paint_inside_a_ring()
            return
        super().paintEvent(event)
        if self.property("opens"):  # a menu; Qt's own mark for it shifts the words
            chevron = theme.icon("chevron-down", "navMuted" if on_nav else "muted", 16)
            QPainter(self).drawPixmap(self.width() - 28, (self.height() - 16) // 2, chevron)
        if self.hasFocus() and role in ("tab", "navitem", "navperson", "quiet"):
            self._ring("onNav" if on_nav else "focus", 8)

    def _paint_inside_a_ring(self) -> None:
        """Ring, 2 px of the ground, button: against the button's own fill the ring could not be seen."""
        round_ends = self.property("role") == "chip"
        radius = self.height() / 2 if round_ends else {"touch_large": 16, "touch": 14}.get(self.property("sz"), 12)
        fill = "text" if round_ends else self.property("kind") + ("Press" if self.isDown() else "Hover" if self.underMouse() else "")
        painter = QStylePainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour(fill))
        inner = QRectF(self.rect()).adjusted(RING_ROOM, RING_ROOM, -RING_ROOM, -RING_ROOM)
        painter.drawRoundedRect(inner, radius - RING_ROOM, radius - RING_ROOM)
        option = QStyleOptionButton()
        self.initStyleOption(option)
        painter.drawControl(QStyle.ControlElement.CE_PushButtonLabel, option)
        painter.end()
        self._ring("focus", radius)

    def _ring(self, token: str, radius: float) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.colour(token), 2))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), radius - 1, radius - 1)
        painter.end()


def button(text: str, kind: str | None = None, size: str | None = None, icon: str | None = None) -> Button:
    """Return a button. `kind`: None, "primary", "danger" or "ghost"; `size`, in px: "admin" 44, "bar" 48, "touch" 56, "touch_large" 64."""
    push = Button()
    push.setText(text)
    push.setAutoDefault(False)
    push.setCursor(Qt.CursorShape.PointingHandCursor)
    push.setFont(theme.font(*FONTS[size or "admin"]))
    push.setProperty("kind", kind)
    push.setProperty("sz", size)
    if icon:
        token = {"primary": "onPrimary", "danger": "onDanger", "ghost": "muted"}.get(kind or "", "text")
        push.setIcon(theme.qicon(icon, token))
        push.setIconSize(QSize(26 if text else 20, 20))  # 6 px between the icon and the words, where Qt leaves too little
    return push


def chip(text: str, size: str | None = None) -> Button:
    """Return a filter's switch, round at both ends."""
    push = button(text, size=size)
    push.setProperty("role", "chip")
    push.setCheckable(True)
    push.setFont(theme.font(15, 500))
    return push
