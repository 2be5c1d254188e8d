"""What was sent and never answered is settled with the real server: recorded, not recorded, or cannot be known. Nothing is sent again."""

import json
from datetime import datetime, timedelta

import pytest
from PySide6.QtWidgets import QApplication

from core.base.errors import Offline, Outdated, Reused, TooFast
from core.base.identifiers import new_id
from core.commands import settle_command
from core.database.pending import Pending
from core.qt import task
from core.qt.line import LineState
from core.qt.settle import CHECKING, NOT_RECORDED, RECORDED, UNKNOWABLE, Settler
from core.stock import items, receive_stock


@pytest.fixture
def pending(tmp_path):
    return Pending(tmp_path / "pending")


@pytest.fixture
def line(qapp):
    line = LineState()
    line._take("live", line.now(), None)
    return line


@pytest.fixture
def settler(line, pending, cook):
    return Settler(pending, lambda command_id: settle_command(cook, command_id), sentence, line)


def sentence(verb, args):
    return f"{verb} {args['quantity']}"


def states(settler):
    return [(doubt.words, doubt.state) for doubt in settler.doubts]


def lose(pending, quantity=5000):
    """Keep a command as the gateway does before it sends, and lose the answer."""
    command_id = new_id()
    pending.keep(command_id, "receive_stock", {"quantity": quantity})
    return command_id


def test_what_arrived_is_found_recorded_once_and_its_file_goes(qtbot, settler, pending, cook, town):
    command_id = lose(pending)
    receive_stock(cook, command_id, town.rice, 5000, "")
    with qtbot.waitSignal(settler.recorded) as told:
        settler.watch(command_id)
    assert told.args == ["receive_stock 5000"]
    assert states(settler) == [("receive_stock 5000", RECORDED)]
    assert pending.waiting() == []
    assert next(item.on_hand for item in items(cook, town.yaba) if item.id == town.rice) == 15_000


def test_what_never_arrived_is_not_recorded_nor_sent_again_and_its_id_is_closed(qtbot, settler, pending, cook, town):
    command_id = lose(pending)
    with qtbot.waitSignal(settler.not_recorded):
        settler.watch(command_id)
    assert states(settler) == [("receive_stock 5000", NOT_RECORDED)]
    assert next(item.on_hand for item in items(cook, town.yaba) if item.id == town.rice) == 10_000
    with pytest.raises(Reused):
        receive_stock(cook, command_id, town.rice, 5000, "")


def test_what_may_still_be_on_its_way_is_left_alone(qtbot, settler, pending):
    lose(pending)
    settler.look()
    qtbot.wait(100)
    assert settler.doubts == []


def test_what_lies_there_when_a_program_starts_is_under_way_no_more_and_is_asked_about_at_once(qtbot, line, pending, cook, town):
    lost = lose(pending)
    settler = Settler(pending, lambda command_id: settle_command(cook, command_id), sentence, line)
    settler.look()
    assert states(settler) == [("receive_stock 5000", CHECKING)]
    qtbot.waitUntil(lambda: states(settler) == [("receive_stock 5000", NOT_RECORDED)])
    with pytest.raises(Reused):
        receive_stock(cook, lost, town.rice, 5000, "")


def test_after_a_crash_everything_old_enough_is_settled_one_after_another(qtbot, settler, pending, cook, town):
    arrived, lost = lose(pending, 1000), lose(pending, 2000)
    receive_stock(cook, arrived, town.rice, 1000, "")
    make_older(pending, timedelta(minutes=1))
    settler.look()
    qtbot.waitUntil(lambda: states(settler) == [("receive_stock 1000", RECORDED), ("receive_stock 2000", NOT_RECORDED)])
    assert settler.banner().text == "Sent when the line was lost: 1 recorded, 1 not recorded"
    settler.clear()
    assert settler.banner() is None
    assert lost not in {kept.command_id for kept in pending.waiting()}


def test_offline_it_stays_being_checked_until_the_line_is_back(qtbot, settler, line, pending):
    line._take("offline", line.now(), None)
    with qtbot.waitSignal(settler.checking):
        settler.watch(lose(pending))
    qtbot.wait(100)
    assert states(settler) == [("receive_stock 5000", CHECKING)]
    assert settler.banner().text == "Being checked: receive_stock 5000"
    assert settler.banner().aside == "Do not do it again yet."
    settler.clear()  # what is not known yet cannot be waved away
    assert states(settler) == [("receive_stock 5000", CHECKING)]
    with qtbot.waitSignal(settler.not_recorded):
        line.tell("live", line.now())


def test_an_answer_that_does_not_come_is_asked_for_again(qtbot, line, pending, cook):
    tries = []

    def settle(command_id):
        tries.append(command_id)
        if len(tries) == 1:
            raise Offline("The server does not answer.")
        return settle_command(cook, command_id)

    settler = Settler(pending, settle, sentence, line)
    with qtbot.waitSignal(settler.not_recorded, timeout=10_000):
        settler.watch(lose(pending))
    assert len(tries) == 2


def test_what_is_older_than_the_server_remembers_cannot_be_known_and_stays_until_it_was_read(qtbot, settler, pending):
    lose(pending)
    make_older(pending, timedelta(days=31))
    with qtbot.waitSignal(settler.unknowable):
        settler.look()
    assert states(settler) == [("receive_stock 5000", UNKNOWABLE)]
    assert settler.banner().aside == "Ask support before you do it again."
    assert len(pending.waiting()) == 1
    settler.clear()
    assert pending.waiting() == []


def make_older(pending, age):
    for path in pending._folder.glob("*.json"):
        told = json.loads(path.read_text(encoding="utf-8"))
        path.write_text(json.dumps(told | {"at": (datetime.fromisoformat(told["at"]) - age).isoformat()}), encoding="utf-8")


def test_a_program_that_ends_between_the_answer_and_telling_it_tells_it_at_its_next_start(qtbot, pending, line, cook, held):
    command_id = lose(pending)
    ended = Settler(pending, lambda command_id: settle_command(cook, command_id), sentence, line)
    with held("LOCK TABLE app.commands IN ACCESS EXCLUSIVE MODE") as wait:
        ended.look()
        wait(1)
        ended.deleteLater()
        QApplication.processEvents()
    task.wait()
    assert [kept.command_id for kept in pending.waiting()] == [command_id]
    begun = Settler(pending, lambda command_id: settle_command(cook, command_id), sentence, line)
    with qtbot.waitSignal(begun.not_recorded):
        begun.look()
    assert states(begun) == [("receive_stock 5000", NOT_RECORDED)]


@pytest.mark.parametrize("refusal", [TooFast("Wait a moment.", {"seconds": 1}), Outdated("Update this program.")])
def test_who_may_not_ask_at_the_moment_has_learned_nothing_and_asks_again(qtbot, pending, line, cook, refusal):
    answers = [refusal]

    def settle(command_id):
        if answers:
            raise answers.pop()
        return settle_command(cook, command_id)

    lose(pending)
    settler = Settler(pending, settle, sentence, line)
    settler.look()
    qtbot.waitUntil(lambda: not answers and not settler._asking)
    assert states(settler) == [("receive_stock 5000", CHECKING)]
    with qtbot.waitSignal(settler.not_recorded):
        settler.look()
