"""Kept heads: what a machine outside the database remembers, through power cuts, and who signed it."""

import json
import os
import stat
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from core.audit import Head, KeptHeads, Key, read_heads
from core.base.config import Server
from core.base.errors import Invalid, Refused

FIRST, SECOND = Head("events", 12, "a" * 64), Head("events", 99, "b" * 64)
LEDGER = Head("ledger", 5, "c" * 64)


@pytest.fixture
def kept(tmp_path):
    return KeptHeads.of(tmp_path, Server(), signed=True)


@pytest.fixture
def public(tmp_path):
    return Key.of(KeptHeads.key_of(tmp_path)).public


def test_the_newest_head_of_each_stream_is_remembered(kept):
    for head in (FIRST, LEDGER, SECOND):
        kept.keep(head)
    assert {stream: each.head for stream, each in kept.newest().items()} == {"events": SECOND, "ledger": LEDGER}
    assert [each.head for each in kept.daily("events")] == [SECOND]


def test_of_each_day_the_last_head_is_remembered_oldest_first(kept):
    today = kept.keep(FIRST)
    [path] = kept.folder.glob("*.jsonl")
    line = path.read_text().replace(f"{today.at:%Y-%m-%d}", "2020-01-02")
    earlier = [line.replace('"position": 12', f'"position": {position}') for position in (3, 5)]
    (kept.folder / "2020-01.jsonl").write_text("".join(earlier))
    assert [each.head.position for each in kept.daily("events")] == [5, 12]


def test_a_line_that_a_power_cut_left_half_written_is_as_if_it_was_not_there(kept):
    kept.keep(FIRST)
    [path] = kept.folder.glob("*.jsonl")
    path.write_bytes(path.read_bytes() + b'{"stream": "events", "position": 13, "he')
    assert kept.newest()["events"].head == FIRST


def test_the_head_after_half_a_line_stands_on_a_line_of_its_own(kept):
    kept.keep(FIRST)
    [path] = kept.folder.glob("*.jsonl")
    path.write_bytes(path.read_bytes() + b'{"stream": "events", "position": 13, "he\0\0\0')
    kept.keep(SECOND)
    assert [each.head for each in read_heads(path.read_text())] == [FIRST, SECOND]


@pytest.mark.parametrize(
    ("was", "is_now"),
    [("events", "orders"), (": 12", ': "12"'), (": 12", ": null"), ("a" * 64, "a" * 63), ("a" * 64, "z" * 64), ("+00", "Z9"), ("{", "[")],
)
def test_a_line_that_nothing_of_ours_wrote_is_as_if_it_was_not_there(kept, was, is_now):
    kept.keep(FIRST)
    [path] = kept.folder.glob("*.jsonl")
    assert read_heads(path.read_text().replace(was, is_now)) == []


def test_a_head_that_was_only_seen_is_not_taken_for_one_that_was_verified(kept):
    kept.keep_verified(FIRST, "reader")
    kept.keep(SECOND)
    assert kept.newest()["events"].head == SECOND
    assert kept.newest_verified("reader")["events"].head == FIRST


def test_how_far_it_was_verified_only_grows(kept):
    for head in (SECOND, FIRST, SECOND, LEDGER):
        kept.keep_verified(head, "reader")
    [path] = kept.folder.glob("*.jsonl")
    assert [each.head for each in read_heads(path.read_text())] == [SECOND, LEDGER]


def test_files_of_before_say_by_the_signature_what_was_verified(kept, tmp_path):
    kept.keep(FIRST)
    [path] = kept.folder.glob("*.jsonl")
    line = path.read_text().replace(', "verified": false', "")
    assert "verified" not in line
    [seen] = read_heads(line)
    [verified] = read_heads(line.replace(f'"{seen.signature}"', "null"))
    assert (seen.verified, verified.verified) == (None, "server")


def test_what_the_servers_own_function_found_right_is_no_place_for_the_reader_to_begin_at(kept):
    kept.keep_verified(FIRST, "reader")
    kept.keep_verified(SECOND, "server")
    assert kept.newest_verified("reader")["events"].head == FIRST
    assert kept.newest_verified("server")["events"].head == SECOND
    kept.keep_verified(further := replace(SECOND, position=100), "reader")
    assert kept.newest_verified("server")["events"].head == kept.newest_verified("reader")["events"].head == further


def test_a_plain_true_of_before_counts_as_the_servers(kept):
    kept.keep_verified(FIRST, "reader")
    [path] = kept.folder.glob("*.jsonl")
    path.write_text(path.read_text().replace('"verified": "reader"', '"verified": true'))
    assert kept.newest_verified("reader") == {}
    assert kept.newest_verified("server")["events"].head == FIRST


def test_of_a_year_of_minutes_only_a_few_lines_are_read_and_once(kept, monkeypatch):
    kept.keep(FIRST)
    [path] = kept.folder.glob("*.jsonl")
    line = path.read_text().replace(f"{datetime.now(UTC):%Y-%m-%d}T", "2020-01-{day:02}T").replace("{", "{{", 1).replace("}", "}}")[:-1]
    line = line.replace("{{day", "{day").replace("02}}T", "02}T")
    days = [line.format(day=day) for day in range(1, 32) for _ in range(1000)]
    (kept.folder / "2020-01.jsonl").write_text("\n".join(days) + "\n")
    read = []
    loads = json.loads
    monkeypatch.setattr(json, "loads", lambda text: read.append(text) or loads(text))
    assert len(kept.daily("events")) == 32
    assert kept.newest_verified("reader") == {}
    assert len(read) < 50
    kept.keep(SECOND)
    assert len(kept.daily("events")) == 32 and len(read) < 55


def test_two_databases_are_not_mixed_up(kept, tmp_path):
    kept.keep(FIRST)
    assert KeptHeads.of(tmp_path, Server(database="other")).newest() == {}


def test_its_key_signs_each_head_and_nobody_else_does(kept, public, tmp_path):
    head = kept.keep(FIRST)
    assert head.is_signed_by(public)
    assert not replace(head, head=replace(FIRST, position=13)).is_signed_by(public)
    assert not replace(head, signature="AAAA").is_signed_by(public)
    assert not head.is_signed_by(Key.of(tmp_path / "another.pem").public)


def test_without_a_key_nothing_is_signed(tmp_path, public):
    assert not KeptHeads.of(tmp_path, Server()).keep(FIRST).is_signed_by(public)


def test_what_is_in_a_file_can_be_read_and_checked_elsewhere(kept, public):
    kept.keep(FIRST)
    [path] = kept.folder.glob("*.jsonl")
    [read] = read_heads(path.read_text())
    assert read.head == FIRST and read.is_signed_by(public)


def test_the_key_stays_the_same_and_closed_to_others(tmp_path, public):
    path = KeptHeads.key_of(tmp_path)
    assert Key.of(path).public == public
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_of_programs_that_make_the_key_at_once_all_have_the_same(race, tmp_path):
    for number in range(40):
        path = tmp_path / str(number) / "key.pem"
        made = race(4, lambda _, path=path: Key.of(path).public)
        assert set(made) == {Key.of(path).public}
        assert [each.name for each in path.parent.iterdir()] == ["key.pem"]


def test_what_is_no_key_is_refused(tmp_path):
    (tmp_path / "key.pem").write_text("no key")
    with pytest.raises(Refused, match="cannot be used"):
        Key.of(tmp_path / "key.pem")
    with pytest.raises(Invalid, match="no public key"):
        KeptHeads.of(tmp_path, Server(), signed=True).keep(FIRST).is_signed_by("no key")


def test_a_folder_that_cannot_be_written_is_said(tmp_path):
    (tmp_path / "heads").write_text("a file where a folder should be")
    for use in (KeptHeads.prepare, lambda kept: kept.keep(FIRST)):
        with pytest.raises(Refused, match="cannot be kept in .* Look at its rights"):
            use(KeptHeads.of(tmp_path, Server()))


def test_a_file_that_cannot_be_read_is_said(kept):
    kept.keep(FIRST)
    (kept.folder / "2020-01.jsonl").mkdir()
    for use in (KeptHeads.prepare, KeptHeads.newest, lambda kept: kept.daily("events")):
        with pytest.raises(Refused, match="cannot be read in"):
            use(kept)


@pytest.mark.skipif(not hasattr(os, "geteuid"), reason="Windows knows no such owner")
def test_what_another_account_keeps_is_left_alone(kept, monkeypatch):
    kept.keep(FIRST)
    monkeypatch.setattr(os, "geteuid", lambda: os.getuid() + 1)
    for use in (KeptHeads.prepare, lambda kept: kept.keep(SECOND)):
        with pytest.raises(Refused, match="belong to another account .* run this under that one"):
            use(kept)
    assert kept.newest()["events"].head == FIRST
