"""How the overview says and draws its figures: comparisons, shares, bars; and that all of it fits, in light and dark."""

from datetime import timedelta

import pytest
from PySide6.QtCore import QPoint, QTranslator
from PySide6.QtGui import QHelpEvent
from PySide6.QtWidgets import QApplication, QToolTip

from admin_app.overview import OverviewPage
from admin_app.overview.bars import Bar, Bars, ceiling
from admin_app.overview.words import compared, share
from core.base.identifiers import new_id
from core.health import record_checks
from core.orders import State, cancel_order
from core.qt import theme
from core.stock import waste_stock
from tests.admin.conftest import page
from tests.admin.crowd import fill
from tests.support.looks import cut, draw, whole

SIZES = [(911, 512), (1366, 768), (1920, 1080)]  # a small one at 150 %, a small and a large one
BARS = [
    Bar("8", 40, 20, False, "08:00 to 09:00: 40 orders, a week ago 20"),
    Bar("9", 10, 0, True, "09:00 to 10:00: 10 orders, a week ago 0"),
]


@pytest.mark.parametrize(
    "now, then, words",
    [
        (0, 0, "Nothing yesterday by now"),
        (5, 0, "Nothing yesterday by now"),
        (0, 5, "100 % below yesterday by now"),
        (6, 4, "50 % above yesterday by now"),
        (1001, 1000, "The same as yesterday by now"),
        (299, 100, "199 % above yesterday by now"),
        (300, 100, "3 times as much as yesterday by now"),
        (5000, 1, "5,000 times as much as yesterday by now"),
    ],
)
def test_a_figure_is_compared_in_words(qapp, now, then, words):
    assert compared(now, then, 1) == words


@pytest.mark.parametrize(
    "part, whole, words", [(0, 0, "0 %"), (5, 0, "0 %"), (1, 3, "33.3 %"), (1, 100_000, "under 0.1 %"), (7, 7, "100.0 %")]
)
def test_a_part_is_said_in_per_cent(qapp, part, whole, words):
    assert share(part, whole) == words


@pytest.mark.parametrize("most, top", [(0, 2), (1, 2), (3, 4), (41, 60), (140, 140), (141, 160), (1298, 1400), (20_001, 40_000)])
def test_a_scale_ends_at_a_round_number_with_a_whole_half(most, top):
    assert ceiling(most) == top
    assert top % 2 == 0


@pytest.fixture
def chart(qtbot):
    bars = Bars("Orders per hour")
    qtbot.addWidget(bars)
    bars.resize(300, 200)
    bars.show()
    return bars


def test_a_chart_says_its_figures_in_words(chart):
    chart.show_bars(BARS, False)
    assert chart.accessibleName() == f"Orders per hour. {BARS[0].words}. {BARS[1].words}"


def test_a_bar_says_its_own_under_the_pointer(chart):
    chart.show_bars(BARS, False)
    for place, bar in ((QPoint(80, 100), BARS[0]), (QPoint(250, 100), BARS[1])):
        QApplication.sendEvent(chart, QHelpEvent(QHelpEvent.Type.ToolTip, place, chart.mapToGlobal(place)))
        assert QToolTip.text() == bar.words


def test_bars_are_as_high_as_their_figures_and_what_was_before_is_marked_across(chart):
    chart.show_bars([bar._replace(goes_on=False) for bar in BARS], False)
    picture = chart.grab().toImage()
    colours = [picture.pixelColor(x, y).name() for x, y in ((90, 170), (90, 60), (250, 60))]
    assert colours[0] == theme.colour("primary").name()  # the first bar reaches 40 of 40
    assert colours[1] == theme.colour("primary").name()
    assert colours[2] != theme.colour("primary").name()  # the second one only 10
    middle = {picture.pixelColor(90, y).name() for y in range(90, 112)}
    assert theme.colour("text").name() in middle  # the mark at 20


def test_a_bar_whose_time_is_not_over_is_an_outline(chart):
    chart.show_bars(BARS, False)
    picture = chart.grab().toImage()
    assert picture.pixelColor(250, 170).name() == theme.colour("primarySoft").name()


@pytest.fixture
def busy(scene, town, owner_connection, line, ordering, cook, refill):
    """A day with something of everything, and a week before it."""
    for days_ago in range(1, 8):
        fill(owner_connection, town, 150, newest=line.now() - timedelta(days=days_ago), step=timedelta(minutes=2 + days_ago % 3))
    owner_connection.execute("SET session_replication_role = replica")
    owner_connection.execute("UPDATE app.orders SET promised_at = now() + interval '1 day', changed_at = now()")
    owner_connection.execute("SET session_replication_role = origin")
    for steps in ((), (State.ACCEPTED,), (State.ACCEPTED, State.PREPARING), (State.ACCEPTED, State.PREPARING, State.READY)):
        scene.order(*steps)
    cancel_order(ordering, new_id(), scene.order().id, 1, "changed their mind")
    waste_stock(cook, new_id(), town.chicken, 36, "spoiled", "")
    refill()
    record_checks(scene.worker)


def show(qtbot, sign_in, size):
    session = sign_in("finance")
    session.frame.resize(*size)
    shown = page(session, OverviewPage)
    session.frame.show_page(shown)
    qtbot.waitUntil(lambda: shown.stack.currentIndex() == 1 and shown.board.promises.known.ran is not None)
    qtbot.wait(200)
    return session, shown


def test_the_overview_is_named_large_enough_uncut_and_free_of_markup(qtbot, sign_in, busy):
    session, shown = show(qtbot, sign_in, SIZES[1])
    whole(session.frame, "office-overview", 40, *SIZES)
    session.line._take("offline", session.line.now(), None)
    whole(session.frame, "office-overview-offline", 40, *SIZES, held=(shown,))


def test_that_nobody_checks_the_promises_is_loud_and_fits(qtbot, sign_in, town):
    session, shown = show(qtbot, sign_in, SIZES[1])
    assert list(shown.board.attention.shown) == ["worker"]
    whole(session.frame, "office-overview-unwatched", 40, *SIZES, held=(shown,))


class Longer(QTranslator):
    """Another language, as far as room is concerned: everything is a third longer, with marks above and below."""

    def translate(self, context, source, disambiguation=None, n=-1):
        return source + "Ọ̀" * (len(source) // 3)


def test_a_longer_language_is_not_cut(qtbot, qapp, sign_in, busy):
    longer = Longer()
    qapp.installTranslator(longer)
    try:
        session, shown = show(qtbot, sign_in, SIZES[1])
        draw(session.frame, "office-overview-longer")
        assert cut(shown) == []
    finally:
        qapp.removeTranslator(longer)
