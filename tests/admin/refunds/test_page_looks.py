"""The refunds page is held to what every screen is: names, sizes of targets, uncut words; and its red button is always in view."""

import pytest
from PySide6.QtCore import QPoint, QRect, QTranslator

from core.orders import State
from tests.support.looks import cut, draw, whole
from tests.support.proposing import by_card
from tests.support.refund_page import act, fill, in_list, pass_time
from tests.support.refund_views import press

SIZES = [(1158, 768), (1244, 900), (1712, 1080)]  # what windows of 1366, 1452 and 1920 px leave beside the navigation
SMALL = (703, 512)  # a small one at 150 %


@pytest.fixture
def busy(scene, cooked):
    """Orders of every kind: one that nobody cooks yet, one that is cooked, one by card."""
    return [scene.order(State.ACCEPTED), cooked(2), by_card(scene)]


def steps(qtbot, page, busy, refill):
    """Go through the page; yields the name of what is shown."""
    yield "landing"
    page.look_at([order.id for order in busy])
    qtbot.waitUntil(lambda: len(page.choose.orders.cards) == 3)
    yield "choose"
    page.choose.orders.card.choices["wallet"].radio.click()
    refill()
    press(page, "Check this refund")
    qtbot.waitUntil(lambda: len(in_list(page)) == 3)
    fill(page, "7800")
    yield "check"
    pass_time(page, minutes=5)
    yield "check-old"
    press(page, "Change")
    press(page, "Orders by a rule")
    page.choose.rule.time.group.button(3).click()
    yield "rule"


def test_every_step_is_named_large_enough_uncut_and_free_of_markup(qtbot, open_refunds, busy, refill):
    page = open_refunds()
    for name in steps(qtbot, page, busy, refill):
        whole(page, f"refunds-{name}", 40, *SIZES, SMALL)


@pytest.mark.parametrize("size", SIZES, ids=["1366", "1452", "1920"])
def test_the_red_button_is_in_view_without_scrolling(qtbot, check, busy, size):
    page = check(busy[1].id, size=size)
    button = act(page)
    qtbot.waitUntil(lambda: button.visibleRegion().boundingRect().size() == button.size())
    assert page.rect().contains(QRect(button.mapTo(page, QPoint(0, 0)), button.size()))


class Longer(QTranslator):
    """Another language, as far as room is concerned: everything is a third longer, with marks above and below."""

    def translate(self, context, source, disambiguation=None, n=-1):
        return source + "Ọ̀" * (len(source) // 3)


def test_a_longer_language_is_not_cut(qtbot, qapp, open_refunds, busy):
    longer = Longer()
    qapp.installTranslator(longer)
    try:
        page = open_refunds()
        qtbot.wait(100)
        draw(page, "refunds-landing-longer")
        assert cut(page) == []
        page.look_at([order.id for order in busy])
        qtbot.waitUntil(lambda: len(page.choose.orders.cards) == 3)
        qtbot.wait(100)
        draw(page, "refunds-choose-longer")
        assert cut(page) == []
        page.choose.orders.card.choices["wallet"].radio.click()
        page.choose.act.click()
        qtbot.waitUntil(lambda: len(in_list(page)) == 3)
        qtbot.wait(100)
        draw(page, "refunds-check-longer")
        assert cut(page) == []
    finally:
        qapp.removeTranslator(longer)
