"""Step 1 of a refund by a rule: one sentence, a count, and nothing of it chosen beforehand."""


from core.orders import State
from tests.support.refund_page import act, in_list, pick, press_in_list
from tests.support.refund_views import press, words
from tests.support.refunds import refund


def test_a_rule_is_one_sentence_with_a_count_and_nothing_of_it_is_chosen_beforehand(qtbot, begin, cooked, scene, refill):
    cooked()
    cooked(2)
    scene.order()
    page = begin()
    press(page, "Orders by a rule")
    kitchen = page.choose.rule.kitchen.box
    qtbot.waitUntil(lambda: kitchen.count() > 1)
    steps = (
        ("Choose a kitchen first.", lambda: kitchen.setCurrentIndex(kitchen.findText("Yaba"))),
        ("Choose the time first.", lambda: pick(page, "Today so far")),
        ("Choose where the orders are.", lambda: pick(page, "Cooking")),
        ("Choose how they were paid.", lambda: pick(page, "From the wallet")),
    )
    for missing, step in steps:
        assert missing in words(page) and not page.choose.act.isEnabled()
        step()
    qtbot.waitUntil(lambda: "2 orders are like this now." in words(page))
    [sentence] = [each for each in words(page) if each.startswith("Orders of Yaba placed from 00:00 until ")]
    assert sentence.endswith(" that are Cooking now, paid from the wallet")
    press(page, "Check this refund")
    qtbot.waitUntil(lambda: page.shown is page.check)
    assert {sentence, "₦7,500.00"} <= set(words(page))


def test_any_state_and_some_states_exclude_each_other(begin):
    page = begin()
    press(page, "Orders by a rule")
    pick(page, "Placed", "Cooking", "Any state")
    rule = page.choose.rule
    assert rule.any_state.isChecked() and not any(each.isChecked() for each in rule.states.values())
    pick(page, "Delivered")
    assert not rule.any_state.isChecked() and rule.states[State.DELIVERED].isChecked()


def test_times_that_cannot_be_are_refused_before_they_are_asked(begin):
    page = begin()
    press(page, "Orders by a rule")
    pick(page, "Other times")
    time = page.choose.rule.time
    time.until.setDateTime(time.since.dateTime().addSecs(-60))
    assert "It ends before it begins." in words(page)
    time.until.setDateTime(time.since.dateTime().addDays(32))
    assert "31 days at most." in words(page)


def test_a_rule_that_nothing_is_like_says_so_and_keeps_what_was_chosen(qtbot, begin, refill):
    page = begin()
    press(page, "Orders by a rule")
    kitchen = page.choose.rule.kitchen.box
    qtbot.waitUntil(lambda: kitchen.count() > 1)
    kitchen.setCurrentIndex(1)
    pick(page, "Yesterday", "Any state", "In any way")
    press(page, "Check this refund")
    qtbot.waitUntil(lambda: "No order is like this." in words(page))
    assert page.choose.act.isEnabled() and page.shown is page.choose


def test_a_rule_of_which_nothing_can_be_refunded_says_why_with_the_amounts(qtbot, begin, cooked, support):
    order = cooked()
    refund(support, order.id)
    page = begin()
    press(page, "Orders by a rule")
    kitchen = page.choose.rule.kitchen.box
    qtbot.waitUntil(lambda: kitchen.count() > 1)
    kitchen.setCurrentIndex(1)
    pick(page, "Today so far", "Any state", "In any way")
    press(page, "Check this refund")
    said = "Nothing of this can be refunded. 1 order already refunded (₦2,500.00)."
    qtbot.waitUntil(lambda: said in words(page))


def test_an_order_of_a_rule_is_left_out_in_the_list_and_taken_back_there(qtbot, check_rule, cooked, refill):
    cooked()
    second = cooked(2)
    page = check_rule()
    qtbot.waitUntil(lambda: len(in_list(page)) == 2)
    press_in_list(page, second.number)
    qtbot.waitUntil(lambda: (second.number, 500_000, "Take back: you left it out") in in_list(page))
    assert act(page).text() == "Refund ₦2,500.00" and {"1 order", "exempted"} <= set(words(page))
    refill()
    press_in_list(page, second.number)
    qtbot.waitUntil(lambda: act(page).text() == "Refund ₦7,500.00")
