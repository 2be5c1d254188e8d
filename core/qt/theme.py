"""Theme: the colours, the type and the icons of both programs. No colour stands anywhere else; it fills resources/style.qss."""

import tempfile
from functools import cache, lru_cache
from pathlib import Path
from string import Template

from PySide6.QtCore import QByteArray, QObject, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QIcon, QIconEngine, QPainter, QPalette, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QApplication

RESOURCES = Path(__file__).parents[2] / "resources"

TOKENS = {  # name: (light, dark)
    "bg": ("#F4F3EF", "#121412"),
    "surface": ("#FFFFFF", "#1B1E1B"),
    "sunken": ("#FAF9F6", "#161916"),
    "raised": ("#FFFFFF", "#232723"),
    "border": ("#E2DFD8", "#313631"),
    "borderStrong": ("#8C877D", "#7B827A"),
    "text": ("#1B1C1A", "#F1F2EE"),
    "muted": ("#5C5B55", "#B0B5AD"),
    "faint": ("#77756D", "#8F958C"),
    "disabledBg": ("#E9E7E1", "#272B27"),
    "disabledText": ("#8A877F", "#757B73"),
    "primary": ("#0B6B4C", "#3FBF8A"),
    "primaryHover": ("#095A40", "#55CC9A"),
    "primaryPress": ("#074833", "#33A877"),
    "onPrimary": ("#FFFFFF", "#04231A"),
    "primarySoft": ("#E2F1EA", "#143529"),
    "primaryText": ("#0A5F44", "#6FD8AC"),
    "danger": ("#B42318", "#CB3A2F"),
    "dangerHover": ("#971D14", "#C5443A"),
    "dangerPress": ("#7C1710", "#B23026"),
    "onDanger": ("#FFFFFF", "#FFFFFF"),
    "dangerSoft": ("#FDECEA", "#3A1B18"),
    "dangerText": ("#9B1C13", "#FFA79F"),
    "dangerLine": ("#F0B4AE", "#6B302B"),
    "warn": ("#C26F00", "#F2AE3D"),
    "onWarn": ("#2B1A00", "#2B1A00"),
    "warnSoft": ("#FFF4DE", "#372910"),
    "warnText": ("#7A4A00", "#F7C875"),
    "warnLine": ("#F0CE8C", "#6A5120"),
    "ok": ("#1C7C43", "#4FC07C"),
    "okSoft": ("#E5F4EA", "#16321F"),
    "okText": ("#17683A", "#7FD8A0"),
    "info": ("#1D5FAE", "#7AB2F2"),
    "infoSoft": ("#E8F0FB", "#152A43"),
    "infoText": ("#184F92", "#A3CBF8"),
    "infoLine": ("#B5CFEF", "#2C4F7C"),
    "focus": ("#1D5FAE", "#7AB2F2"),
    "shadow": ("#1B1C1A", "#000000"),
    "nav": ("#15211C", "#0D100E"),
    "onNav": ("#E9F0EC", "#E9F0EC"),
    "navMuted": ("#9DB0A7", "#8FA097"),
    "navSel": ("#22362E", "#1F2E27"),
}
LIGHT = {name: light for name, (light, _) in TOKENS.items()}
DARK = {name: dark for name, (_, dark) in TOKENS.items()}

PALETTE = (  # what Qt paints by itself, such as the caret's selection and tool tips
    (QPalette.ColorRole.Window, "bg"),
    (QPalette.ColorRole.Base, "surface"),
    (QPalette.ColorRole.AlternateBase, "sunken"),
    (QPalette.ColorRole.Button, "surface"),
    (QPalette.ColorRole.ToolTipBase, "raised"),
    (QPalette.ColorRole.WindowText, "text"),
    (QPalette.ColorRole.Text, "text"),
    (QPalette.ColorRole.ButtonText, "text"),
    (QPalette.ColorRole.ToolTipText, "text"),
    (QPalette.ColorRole.PlaceholderText, "faint"),
    (QPalette.ColorRole.Highlight, "primary"),
    (QPalette.ColorRole.HighlightedText, "onPrimary"),
    (QPalette.ColorRole.Link, "info"),
    (QPalette.ColorRole.Accent, "primary"),
)

PICTURES = {"chevron": ("chevron-down", "muted"), "check": ("check", "onPrimary"), "tick": ("check", "primaryText")}  # in the stylesheet


class _Theme(QObject):
    """The theme in use. One for the program, because Qt's palette and stylesheet are."""

    changed = Signal()
    tokens = LIGHT
    choice = "light"  # or "dark", or "system"


_theme = _Theme()
changed = _theme.changed


def follow(app: QApplication, choice: str) -> None:
    """Use the theme a person chose: "light", "dark", or "system", which goes on following the system's."""
    if choice != "system":
        apply(app, choice == "dark")
        return
    _theme.choice = choice
    hints = app.styleHints()
    hints.unsetColorScheme()
    _watch_system(app)
    _dress(app, hints.colorScheme() == Qt.ColorScheme.Dark)


def apply(app: QApplication, dark: bool) -> None:
    """Dress the whole program in one theme; what is on screen changes at once."""
    _theme.choice = "dark" if dark else "light"
    app.styleHints().setColorScheme(Qt.ColorScheme.Dark if dark else Qt.ColorScheme.Light)  # the window's own title bar
    _dress(app, dark)


def choice() -> str:
    """Return what was chosen: "light", "dark" or "system"."""
    return _theme.choice


def colour(token: str) -> QColor:
    return QColor(_theme.tokens[token])


def font(px: int, weight: int = 400) -> QFont:
    """Inter at `px`. Figures stand in columns below 24 px; above, even figures look torn, so the letters move closer instead."""
    face = QFont("Inter")
    face.setPixelSize(px)
    face.setWeight(QFont.Weight(weight))
    face.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    face.setFeature(QFont.Tag("tnum"), int(px < 24))  # said either way, or what is not said comes from the program's font
    if px >= 24:
        face.setLetterSpacing(QFont.SpacingType.AbsoluteSpacing, -0.4 if px < 34 else -0.6)
    return face


def icon(name: str, token: str = "text", px: int = 20) -> QPixmap:
    """Draw an icon in today's colours, sharp on the sharpest screen there is."""
    app = QApplication.instance()
    ratio = app.devicePixelRatio() if isinstance(app, QApplication) else 1.0
    return _pixmap(name, _theme.tokens[token], px, ratio)


def qicon(name: str, token: str = "text", px: int = 20) -> QIcon:
    """Return an icon for buttons and menus; it takes on the theme's colours each time it is painted."""
    return QIcon(_ThemedIcon(name, token, px))


@cache
def _watch_system(app: QApplication) -> None:
    app.styleHints().colorSchemeChanged.connect(_system_changed)


def _system_changed(scheme: Qt.ColorScheme) -> None:
    app = QApplication.instance()
    if _theme.choice == "system" and isinstance(app, QApplication):
        _dress(app, scheme == Qt.ColorScheme.Dark)


def _dress(app: QApplication, dark: bool) -> None:
    load_fonts()
    _theme.tokens = DARK if dark else LIGHT
    app.setStyleSheet("")  # a sheet over a sheet takes Qt ten times as long: over a second for the office
    app.setStyle("Fusion")
    app.setPalette(_palette())
    app.setFont(font(15))
    app.setStyleSheet(_stylesheet())
    _theme.changed.emit()


@cache
def load_fonts() -> None:
    for path in sorted((RESOURCES / "fonts").glob("*.otf")):
        QFontDatabase.addApplicationFont(str(path))


def _palette() -> QPalette:
    palette = QPalette()
    for role, token in PALETTE:
        palette.setColor(role, colour(token))
    for role in (QPalette.ColorRole.WindowText, QPalette.ColorRole.Text, QPalette.ColorRole.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, role, colour("disabledText"))
    return palette


def _stylesheet() -> str:
    template = Template((RESOURCES / "style.qss").read_text(encoding="utf-8"))
    tokens = _theme.tokens
    pictures = {name: _recoloured(icon, tokens[token]) for name, (icon, token) in PICTURES.items()}
    return template.substitute(tokens, **pictures)


@cache
def _folder() -> tempfile.TemporaryDirectory[str]:
    return tempfile.TemporaryDirectory(prefix="rachel-theme-")  # a name nobody can guess: others may share the temporary folder


@lru_cache
def _recoloured(name: str, value: str) -> str:
    """Return the path of a copy of an icon in one colour: a stylesheet cannot recolour one."""
    path = Path(_folder().name) / f"{name}-{value[1:]}.svg"
    path.write_text(_svg(name).replace("currentColor", value), encoding="utf-8")
    return path.as_posix()


@cache
def _svg(name: str) -> str:
    return (RESOURCES / "icons" / f"{name}.svg").read_text(encoding="utf-8")


@lru_cache(maxsize=512)
def _pixmap(name: str, value: str, px: int, ratio: float) -> QPixmap:
    side = round(px * ratio)
    pixmap = QPixmap(side, side)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    QSvgRenderer(QByteArray(_svg(name).replace("currentColor", value).encode())).render(painter, QRectF(0, 0, side, side))
    painter.end()
    pixmap.setDevicePixelRatio(ratio)
    return pixmap


class _ThemedIcon(QIconEngine):
    """Paints an icon in the colours of the moment, so a change of theme asks nothing of the buttons that carry it.

    In a wider place than it needs it stands at the left: what is left over is the gap before the words.
    """

    def __init__(self, name: str, token: str, px: int) -> None:
        super().__init__()
        self.name, self.token, self.px = name, token, px

    def clone(self) -> QIconEngine:
        return _ThemedIcon(self.name, self.token, self.px)

    def actualSize(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QSize:
        return size.boundedTo(QSize(2 * self.px, self.px))

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        painter.drawPixmap(rect, self.pixmap(rect.size() * painter.device().devicePixelRatio(), mode, state))

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        token = "disabledText" if mode == QIcon.Mode.Disabled else self.token
        pixmap = QPixmap(size)
        pixmap.fill(Qt.GlobalColor.transparent)
        side = min(size.width(), size.height())
        painter = QPainter(pixmap)
        painter.drawPixmap(0, (size.height() - side) // 2, _pixmap(self.name, _theme.tokens[token], side, 1.0))
        painter.end()
        return pixmap

    def scaledPixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State, scale: float) -> QPixmap:
        return self.pixmap(size, mode, state)
