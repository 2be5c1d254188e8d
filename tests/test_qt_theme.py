"""The theme: colours that can be told apart in both themes, one place for them, type, icons, and a switch while it runs."""

import re
from string import Template

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QRawFont
from PySide6.QtSvg import QSvgRenderer

from core.qt import theme
from tests.support.looks import contrast

TEXT = """
    text/bg text/surface text/sunken text/raised text/primarySoft text/warnSoft text/dangerSoft muted/bg muted/surface muted/sunken
    muted/raised muted/warnSoft muted/dangerSoft muted/primarySoft faint/surface bg/text
    onPrimary/primary onPrimary/primaryHover onPrimary/primaryPress onDanger/danger onDanger/dangerHover onDanger/dangerPress
    primaryText/surface primaryText/raised primaryText/primarySoft dangerText/surface dangerText/dangerSoft warnText/surface
    warnText/warnSoft okText/surface okText/okSoft infoText/surface infoText/infoSoft onNav/nav onNav/navSel navMuted/nav navMuted/navSel
"""
SHAPES = """
    borderStrong/surface borderStrong/bg borderStrong/raised focus/surface focus/bg focus/sunken focus/primarySoft focus/warnSoft
    focus/infoSoft focus/raised primary/surface primary/bg danger/surface warn/surface ok/surface onNav/nav onNav/navSel
"""


@pytest.mark.parametrize("tokens", [theme.LIGHT, theme.DARK], ids=["light", "dark"])
def test_words_reach_4_5_and_shapes_3(tokens):
    def below(pairs, least):
        return [pair for pair in pairs.split() if contrast(*(tokens[name] for name in pair.split("/"))) < least]

    assert below(TEXT, 4.5) == []
    assert below(SHAPES, 3.0) == []


def test_the_two_themes_name_the_same_colours_and_the_stylesheet_no_other():
    sheet = (theme.RESOURCES / "style.qss").read_text(encoding="utf-8")
    assert theme.LIGHT.keys() == theme.DARK.keys()
    assert set(Template(sheet).get_identifiers()) <= theme.LIGHT.keys() | theme.PICTURES.keys()


def test_no_colour_is_written_outside_the_theme():
    root = theme.RESOURCES.parent
    literal = re.compile(r"#[0-9A-Fa-f]{6}\b|\brgba?\(|QColor\([\"'\d]|GlobalColor\.(?!transparent)")
    files = [*root.glob("core/qt/*.py"), *root.glob("kitchen_app/**/*.py"), *root.glob("admin_app/**/*.py"), theme.RESOURCES / "style.qss"]
    found = [path.name for path in files if path.name != "theme.py" and literal.search(path.read_text(encoding="utf-8"))]
    assert found == []


@pytest.mark.parametrize("px, tabular, spacing", [(13, True, 0), (22, True, 0), (24, False, -0.4), (34, False, -0.6), (40, False, -0.6)])
def test_figures_stand_in_columns_only_where_they_are_small(px, tabular, spacing):
    face = theme.font(px)
    assert face.featureValue(QFont.Tag("tnum")) == tabular
    assert face.letterSpacing() == pytest.approx(spacing, abs=0.01)


def test_the_bundled_font_has_the_naira_and_the_marks_of_nigerian_languages(qapp):
    theme.apply(qapp, False)
    face = QRawFont.fromFont(theme.font(16))
    assert face.familyName() == "Inter"
    assert [sign for sign in "₦−ẹọṣẸỌṢńǹịụƙɗɓ…“”" if not face.supportsCharacter(ord(sign))] == []


def test_an_icon_takes_on_the_colours_of_the_moment(qapp):
    def ink(icon):
        image = icon.pixmap(20, 20).toImage()
        return max((image.pixelColor(x, y) for x in range(20) for y in range(20)), key=lambda pixel: pixel.alpha()).name()

    theme.apply(qapp, False)
    icon = theme.qicon("minus", "danger")
    assert ink(icon) == theme.LIGHT["danger"].lower()
    theme.apply(qapp, True)
    assert ink(icon) == theme.DARK["danger"].lower()


def test_the_theme_can_be_changed_while_it_runs_and_says_so(qtbot, qapp):
    theme.apply(qapp, False)
    with qtbot.waitSignal(theme.changed):
        theme.follow(qapp, "dark")
    assert theme.choice() == "dark"
    assert theme.colour("bg").name() == theme.DARK["bg"].lower()
    assert qapp.palette().window().color() == theme.colour("bg")


def test_the_systems_theme_is_followed_only_when_it_was_chosen(qapp):
    theme.follow(qapp, "system")
    assert theme.choice() == "system"
    qapp.styleHints().colorSchemeChanged.emit(Qt.ColorScheme.Dark)
    assert theme.colour("bg").name() == theme.DARK["bg"].lower()
    theme.follow(qapp, "light")
    qapp.styleHints().colorSchemeChanged.emit(Qt.ColorScheme.Dark)
    assert theme.colour("bg").name() == theme.LIGHT["bg"].lower()


def test_every_icon_can_be_drawn_and_takes_a_colour():
    paths = sorted((theme.RESOURCES / "icons").glob("*.svg"))
    assert [path.stem for path in paths if "currentColor" not in path.read_text(encoding="utf-8")] == []
    assert [path.stem for path in paths if not QSvgRenderer(str(path)).isValid()] == []


def test_fonts_and_icons_lie_beside_their_licences():
    assert "SIL OPEN FONT LICENSE" in (theme.RESOURCES / "fonts" / "inter-OFL-1.1.txt").read_text(encoding="utf-8").upper()
    assert "ISC License" in (theme.RESOURCES / "icons" / "lucide-ISC.txt").read_text(encoding="utf-8")
