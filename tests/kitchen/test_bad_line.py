"""A bad line at a counter: figures say how old they are, nothing typed is lost, and what is unknown is called so until it is known."""

import json
from contextlib import closing
from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt

from core.base.identifiers import new_id
from core.database.gateway import Database
from core.qt import theme
from core.qt.settle import CHECKING, NOT_RECORDED, RECORDED
from core.stock import Kind, movements, receive_stock
from kitchen_app.stock import words
from tests.support.looks import draw, faults


def last(db, item_id):
    return movements(db, item_id, limit=1)[0]


def states(counter):
    return [doubt.state for doubt in counter.settler.doubts]


@pytest.fixture
def far(open_counter, workplace, copy, proxy, pending):
    """The manager's counter behind a line that the test can spoil; it waits half a second for an answer."""
    server = replace(workplace.cluster.server(copy), port=proxy.port)
    it = workplace.sign_ins["manager"]
    with closing(Database.connect(server, it.login, it.password, deadline=0.5, pending=pending)) as db:
        yield open_counter(db=db)


def go_offline(counter):
    counter.line._take("offline", counter.line.now() - timedelta(minutes=2), None)


def test_offline_figures_say_as_of_when_and_saving_is_off_with_the_reason_while_what_was_typed_stays(counter, town):
    counter.choose(town.rice)
    counter.happened("waste")
    counter.type("2", reason="Spoiled", note="by the door")
    go_offline(counter)
    since = f"{(counter.line.since + timedelta(hours=1)):%H:%M}"
    item = counter.shelf.selected()
    assert words.changed(item, counter.line.now(), counter.line.offline_since) == f"Ada Eze, as of {since}"
    assert counter.panel.recent.lines[0].who.text() == f"Ada Eze, as of {since}"
    foot, form = counter.panel.foot, counter.form
    assert (foot.save.isEnabled(), foot.sentence.text()) == (False, "No connection: saving is off. What you typed stays.")
    assert not any(part.isEnabled() for part in (form.amount.more, form.amount.less, form.quick, form.kinds, form.reason))
    assert (form.amount.line.isReadOnly(), form.note.isReadOnly()) == (True, True)
    counter.line._take("live", None, None)
    assert (form.amount.line.text(), form.reason.currentText(), form.note.text()) == ("2", "Spoiled", "by the door")
    assert foot.save.isEnabled()


def test_offline_the_shelf_can_still_be_searched_and_looked_at(counter, town):
    go_offline(counter)
    counter.shelf.search.setText("ri")
    assert counter.names() == ["Rice"]
    counter.choose(town.rice)
    assert counter.panel.head.name.text() == "Rice"
    counter.press(Qt.Key.Key_Return)
    assert last(counter.db, town.rice).kind == Kind.OPENING


def test_a_write_whose_answer_was_lost_is_being_checked_and_then_recorded_once(far, proxy, manager, town, held, qtbot):
    far.choose(town.rice)
    far.type("20")
    with held("SELECT id FROM app.stock_items FOR NO KEY UPDATE") as wait:
        far.panel.foot.save.click()
        wait(1)  # it has arrived
        proxy.mute = True
    far.rest()
    assert states(far) == [CHECKING]
    assert far.panel.settled.title.text() == "Being checked: Rice: Add 20 kg"
    assert (far.panel.foot.save.isEnabled(), far.panel.foot.sentence.text()) == (False, "Being checked: do not enter it again yet.")
    assert far.panel.foot.toast.isHidden()
    assert far.form.amount.line.text() == "20"
    proxy.mute = False
    qtbot.waitUntil(lambda: states(far) == [RECORDED], timeout=10_000)
    far.rest()
    assert far.panel.settled.title.text() == "Recorded: Rice: Add 20 kg"
    assert far.form.amount.line.text() == ""
    assert "Rice, 30 kg, enough, none held" in far.shows()
    assert last(manager, town.rice).on_hand == 30_000
    far.panel.settled.act.click()
    assert (states(far), far.panel.settled.isHidden()) == ([], True)


def test_a_write_that_never_arrived_is_not_recorded_and_one_touch_puts_it_back_into_the_form(far, proxy, manager, town, pending, qtbot):
    far.choose(town.rice)
    far.happened("waste")
    far.type("2", reason="Spilled", note="by the door")
    proxy.stall()
    far.save()
    qtbot.waitUntil(lambda: states(far) == [NOT_RECORDED], timeout=10_000)
    assert far.panel.settled.title.text() == "Not recorded: Rice: Throw away 2 kg"
    assert [kept.verb for kept in pending.waiting()] == ["waste_stock"]  # until it is read, also over the program's end
    far.panel.drafts.drop(town.rice)  # as if the program had been started anew
    far.panel.settled.act.click()
    form = far.form
    assert (form.kind.name, form.amount.line.text()) == ("waste", "2")
    assert (form.reason.currentText(), form.note.text()) == ("Spilled", "by the door")
    assert (states(far), pending.waiting()) == ([], [])
    assert last(manager, town.rice).kind == Kind.OPENING  # nothing was sent by itself
    far.save()
    assert last(manager, town.rice).on_hand == 8_000


def test_while_one_item_is_being_checked_the_others_can_be_changed(far, proxy, manager, town):
    far.choose(town.rice)
    far.type("20")
    proxy.stall()
    far.panel.foot.save.click()
    far.choose(town.oil)
    assert far.panel.settled.isHidden()
    far.type("1")
    far.save()
    far.rest()
    assert last(manager, town.oil).on_hand == 6_000


def lose(pending, verb, minutes=1, **args):
    """Leave a file behind as a program does that was killed some time ago."""
    command_id = new_id()
    pending.keep(command_id, verb, args)
    [path] = pending._folder.glob(f"{command_id}.json")
    told = json.loads(path.read_text(encoding="utf-8"))
    at = pending.waiting()[-1].at - timedelta(minutes=minutes)
    path.write_text(json.dumps(told | {"at": at.isoformat()}), encoding="utf-8")
    return command_id


def test_what_a_killed_program_left_behind_is_settled_at_the_next_start(open_counter, manager, town, pending, qtbot):
    arrived = lose(pending, "receive_stock", item_id=town.rice, quantity=1000, note="")
    receive_stock(manager, arrived, town.rice, 1000, "")
    lose(pending, "count_stock", item_id=town.oil, counted=4500, seen_version=1, note="top shelf")
    counter = open_counter()
    counter.settler.look()
    qtbot.waitUntil(lambda: sorted(states(counter)) == [NOT_RECORDED, RECORDED])
    assert {doubt.words for doubt in counter.settler.doubts} == {"Rice: Add 1 kg", "Oil: Save count: 4.5 L"}
    assert last(manager, town.oil).kind == Kind.OPENING
    lost = next(doubt for doubt in counter.settler.doubts if doubt.state == NOT_RECORDED)
    counter.settler.again.emit(lost)
    counter.rest()
    assert counter.panel.item.id == town.oil
    assert (counter.form.kind.name, counter.form.amount.line.text(), counter.form.note.text()) == ("count", "4.5", "top shelf")
    assert last(manager, town.oil).kind == Kind.OPENING


def test_what_was_asked_about_another_kitchens_item_is_named_and_cannot_be_put_into_this_form(open_counter, town, pending, qtbot):
    lose(pending, "receive_stock", item_id=town.beans, quantity=1000, note="")
    counter = open_counter()
    counter.settler.look()
    qtbot.waitUntil(lambda: states(counter) == [NOT_RECORDED])
    counter.settler.again.emit(counter.settler.doubts[0])
    assert counter.shelf.notice.title.text() == "This item is on the shelf of another kitchen."
    assert states(counter) == [NOT_RECORDED]


def test_a_correction_is_not_put_back_for_somebody_who_may_no_longer_make_one(open_counter, town, pending, qtbot):
    lose(pending, "correct_stock", item_id=town.rice, on_hand=1000, seen_version=1, reason="Wrong entry", note="")
    counter = open_counter("cook")
    counter.settler.look()
    qtbot.waitUntil(lambda: states(counter) == [NOT_RECORDED])
    counter.settler.again.emit(counter.settler.doubts[0])
    assert counter.shelf.notice.title.text() == "Your role does not allow this change."


def test_with_no_server_at_all_nothing_was_sent_and_the_form_keeps_everything(far, proxy, pending, town):
    far.choose(town.rice)
    far.type("20")
    proxy.close()
    far.save()
    assert far.panel.foot.sentence.text() == "There is no connection: nothing was sent. What you typed stays."
    assert (far.form.amount.line.text(), pending.waiting(), states(far)) == ("20", [], [])


def test_a_program_that_is_too_old_looks_and_does_not_save(open_counter, login, owner_connection, town, pending):
    owner_connection.execute("UPDATE app.compat SET lowest_client = '0.2.0', newest_client = '0.2.0'")
    counter = open_counter(db=login("manager", application="rachel-kitchen/0.1.0", pending=pending))
    counter.choose(town.rice)
    counter.type("20")
    counter.save()
    assert "too old" in counter.window.line_banner.words.text()
    foot = counter.panel.foot
    assert not foot.save.isEnabled()
    assert counter.form.amount.line.text() == "20"
    assert pending.waiting() == []
    assert len(counter.names()) == 3


@pytest.mark.parametrize("look", ["light", "dark"])
def test_every_state_of_the_line_is_whole(qapp, counter, town, pending, qtbot, look):
    theme.apply(qapp, dark=look == "dark")
    counter.choose(town.rice)
    counter.type("20")
    go_offline(counter)
    counter.settler.watch(lose(pending, "receive_stock", item_id=town.rice, quantity=20_000, note=""))
    for state in ("offline", "checking", "live"):
        counter.line._take(state, counter.line.since, None)
        counter.rest()
        qtbot.wait(50)
        assert faults(counter.window, 48) == [], state
        draw(counter.window, f"kitchen-line-{state}-{look}")
