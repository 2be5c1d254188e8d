"""Pending commands: on the disk before they are sent, gone when their outcome is known."""

import json
import os
import stat
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest

from core.base.errors import Refused
from core.base.identifiers import new_id
from core.database.pending import Kept, Pending


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "data" / "pending"


@pytest.fixture
def pending(folder):
    return Pending(folder)


def test_what_is_kept_is_found_again_by_another_program(pending, folder):
    command_id, item_id = new_id(), new_id()
    assert pending.keep(command_id, "receive_stock", {"command_id": command_id, "item_id": item_id, "quantity": 5000, "note": "₦ ọ̀ṣun"})
    [kept] = Pending(folder).waiting()
    assert kept.command_id == command_id
    assert (kept.verb, kept.args) == ("receive_stock", {"item_id": str(item_id), "quantity": 5000, "note": "₦ ọ̀ṣun"})
    assert timedelta() <= datetime.now(UTC) - kept.at < timedelta(seconds=5)


def test_what_is_forgotten_is_gone_and_forgetting_twice_is_fine(pending):
    command_id = new_id()
    pending.keep(command_id, "receive_stock", {})
    pending.forget(command_id)
    pending.forget(command_id)
    assert pending.waiting() == []


def test_a_repeat_leaves_what_lies_there_as_it_is(pending):
    command_id = new_id()
    assert pending.keep(command_id, "receive_stock", {"quantity": 1})
    assert not pending.keep(command_id, "settle_command", {})
    assert pending.waiting()[0].args == {"quantity": 1}


def test_waiting_commands_come_oldest_first(pending):
    ids = [new_id() for _ in range(3)]
    for command_id in ids:
        pending.keep(command_id, "receive_stock", {})
    assert [kept.command_id for kept in pending.waiting()] == ids


@pytest.mark.skipif(os.name == "nt", reason="no such modes there")
def test_nobody_else_may_look(pending, folder):
    pending.keep(new_id(), "receive_stock", {})
    [path] = folder.iterdir()  # and no draft is left over
    assert (stat.S_IMODE(folder.stat().st_mode), stat.S_IMODE(path.stat().st_mode)) == (0o700, 0o600)


def test_a_verifier_is_never_written_down(pending, folder):
    pending.keep(new_id(), "set_staff_password", {"login": "chidi", "verifier": "SCRAM-SHA-256$4096:salt$keys"})
    [path] = folder.iterdir()
    assert "SCRAM" not in path.read_text(encoding="utf-8")


def test_a_torn_or_foreign_file_is_left_for_a_person_and_hides_no_other(pending, folder):
    pending.keep(new_id(), "receive_stock", {})
    (folder / f"{uuid4()}.json").write_text('{"verb": "rec')
    (folder / f"{uuid4()}.json").write_text(json.dumps({"verb": "receive_stock"}))
    (folder / "notes.json").write_text("{}")
    assert len(pending.waiting()) == 1
    assert len(list(folder.iterdir())) == 4


def test_a_command_older_than_thirty_days_is_too_old():
    old = Kept(new_id(), "receive_stock", {}, datetime.now(UTC) - timedelta(days=30, seconds=1))
    new = Kept(new_id(), "receive_stock", {}, datetime.now(UTC) - timedelta(days=29, hours=23))
    assert (old.too_old, new.too_old) == (True, False)


def test_no_folder_yet_means_nothing_waits(pending):
    assert pending.waiting() == []


def test_when_the_disk_takes_nothing_the_person_is_told_that_nothing_was_sent(folder):
    folder.parent.mkdir()
    folder.write_text("a file where the folder should be")
    with pytest.raises(Refused, match="nothing was sent"):
        Pending(folder).keep(new_id(), "receive_stock", {})


def test_the_token_of_a_proposal_is_never_written_down(pending, folder):
    pending.keep(new_id(), "confirm_proposal", {"token": "a1b2c3", "code": "late", "reason": "Came an hour late"})
    [file] = folder.iterdir()
    assert "a1b2c3" not in file.read_text(encoding="utf-8")
