"""`rachel audit`: verifies from wherever heads were kept, says in words what is wrong, and where."""

import signal

import pytest

from core.audit import KeptHeads, Key
from tests.audit.conftest import spoiled
from tests.support.command_line import rachel_for, sign_in, start
from tests.support.waiting import wait_until

copy = spoiled


@pytest.fixture
def rachel(capsys, monkeypatch, tmp_path, workplace, copy):
    sign_in(monkeypatch, tmp_path, workplace, copy)
    return rachel_for(capsys)


@pytest.fixture
def sealed(scene, seal):
    scene.order()
    return seal()


@pytest.fixture
def edit(tamper):
    """Change the row at position 12 of the events: `edit()`."""
    row = "(SELECT row_id FROM app.leaves WHERE position = 12 AND stream = 'events')"
    return lambda: tamper(f"UPDATE app.audit_events SET reason = 'Because' WHERE id = {row}")


@pytest.mark.parametrize("by", [[], ["--by-server"]])
def test_a_whole_trail_verifies_and_its_head_is_told(rachel, sealed, by):
    ran = rachel("audit", "verify", *by)
    assert ran.code == 0, ran.err
    events, ledger = sealed["events"], sealed["ledger"]
    assert ran.out.splitlines() == [
        f"events: positions 1 to {events.position}, all as it was sealed. Head {events.code}",
        f"ledger: positions 1 to {ledger.position}, all as it was sealed. Head {ledger.code}",
    ]


@pytest.mark.parametrize("by", [[], ["--by-server"]])
def test_a_changed_row_ends_it_with_1_and_says_which_and_what_to_do(rachel, sealed, edit, by, owner_connection):
    edit()
    ran = rachel("audit", "verify", *by)
    [row_id] = owner_connection.execute("SELECT row_id FROM app.leaves WHERE position = 12 AND stream = 'events'").fetchone()
    assert ran.code == 1
    assert f"row {row_id} at position 12 is not what was sealed" in ran.out
    assert "docs/server.md" in ran.out


def test_quick_begins_where_it_was_verified_last(rachel, sealed, scene, seal, edit):
    first = rachel("audit", "verify", "--json").result
    edit()
    scene.order()
    seal()
    quick = rachel("audit", "verify", "--quick", "--json")
    assert quick.code == 0
    assert quick.result["streams"][0]["since"] == first["streams"][0]["upto"]
    assert rachel("audit", "verify").code == 1


def test_quick_does_not_begin_at_what_a_worker_only_saw(rachel, sealed, edit, tmp_path, workplace, copy):
    seen = KeptHeads.of(tmp_path / "data", workplace.cluster.server(copy), signed=True)
    for head in sealed.values():
        seen.keep(head)
    edit()
    ran = rachel("audit", "verify", "--quick")
    assert ran.code == 1 and "at position 12 is not what was sealed" in ran.out
    assert "This machine has not verified the events yet: from the first row on." in ran.err


def test_quick_by_reading_does_not_begin_where_only_the_servers_function_came(rachel, sealed, edit):
    assert rachel("audit", "verify", "--by-server").code == 0
    edit()
    assert rachel("audit", "verify", "--quick", "--by-server").code == 0
    assert rachel("audit", "verify", "--quick").code == 1


@pytest.mark.parametrize("by", [[], ["--by-server"]])
def test_quick_for_the_first_time_and_with_nothing_new(rachel, sealed, by):
    codes = [head.code for head in sealed.values()]
    first = rachel("audit", "verify", "--quick", *by, "--head", codes[0], "--head", codes[1])
    assert first.code == 0 and f"events: positions 1 to {sealed['events'].position}, all as it was sealed" in first.out
    again = rachel("audit", "verify", "--quick", *by, "--head", codes[0])
    assert (again.code, again.err) == (0, "")
    assert again.out.splitlines() == [
        f"{stream}: nothing new, all as it was sealed. Head {head.code}" for stream, head in sealed.items()
    ]


def test_quick_finds_what_a_printed_code_contradicts_again_and_again(rachel, sealed, tamper, seal):
    """History rewritten throughout: nothing of it may be kept as verified."""
    tamper(
        "UPDATE app.audit_events SET reason = 'Because' WHERE id = 12", "DELETE FROM app.leaves", "DELETE FROM app.seals WHERE position > 0"
    )
    seal()
    for _ in range(2):
        ran = rachel("audit", "verify", "--quick", "--head", sealed["events"].code)
        assert ran.code == 1 and f"the head at position {sealed['events'].position} is another one" in ran.out
    assert rachel("audit", "verify", "--quick").code == 0  # this machine never kept another


def test_what_was_written_in_is_found_again_by_quick_whoever_verifies(rachel, sealed, tamper):
    row = "SELECT xid, command_id, 'x', 'orders' FROM app.audit_events WHERE id = 12"
    tamper(f"INSERT INTO app.audit_events (xid, command_id, action, noun) {row}")
    for by in ([], ["--by-server"]):
        ran = rachel("audit", "verify", "--quick", *by)
        assert ran.code == 1 and "was written in below position" in ran.out


def test_where_heads_cannot_be_kept_nothing_is_verified_and_it_says_why(rachel, sealed, edit, tmp_path):
    edit()
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "heads").write_text("a file where a folder should be")
    for quick in ([], ["--quick"]):
        ran = rachel("audit", "verify", *quick)
        assert (ran.code, ran.out) == (3, "")
        assert ran.err.startswith("The heads of the trail cannot be kept in ") and "under which account" in ran.err


def test_one_that_is_stopped_goes_on_with_quick(rachel, sealed, seal, owner_connection, tmp_path, workplace, copy):
    many = "INSERT INTO app.audit_events (command_id, action, noun) SELECT gen_random_uuid(), 'x', 'y' FROM generate_series(1, 60000)"
    owner_connection.execute(many)
    end = seal()["events"].position
    kept = KeptHeads.of(tmp_path / "data", workplace.cluster.server(copy))
    running = start("audit", "verify")
    wait_until(kept.newest)
    running.send_signal(signal.SIGINT)
    out, err = running.communicate(timeout=30)
    first = sealed["events"].position
    assert (running.returncode, out) == (130, "")
    assert err == f"Stopped in the events after {first:,} of {end:,} rows, nothing wrong so far: --quick goes on from there.\n"
    ran = rachel("audit", "verify", "--quick", "--json")
    assert ran.code == 0
    assert [(each["since"], each["upto"]) for each in ran.result["streams"]] == [(first, end), (0, sealed["ledger"].position)]


def test_a_printed_code_must_still_be_true(rachel, sealed, tamper, edit, seal):
    code = rachel("audit", "head", "--json").result["events"]
    assert code == sealed["events"].code
    assert rachel("audit", "verify", "--head", code.lower().replace("-", " ")).code == 0
    tamper(
        "UPDATE app.audit_events SET reason = 'Because' WHERE id = 12", "DELETE FROM app.leaves", "DELETE FROM app.seals WHERE position > 0"
    )
    seal()
    ran = rachel("audit", "verify", "--head", code)
    assert ran.code == 1
    assert f"the head at position {sealed['events'].position} is another one" in ran.out


def test_a_code_that_is_none_is_refused_before_anything_is_read(rachel):
    ran = rachel("audit", "verify", "--head", "E12")
    assert ran.code == 3 and "no head code" in ran.err


def test_heads_of_another_machine_count_when_its_key_signed_them(rachel, sealed, tmp_path, workplace, copy, edit):
    elsewhere = KeptHeads.of(tmp_path / "elsewhere", workplace.cluster.server(copy), signed=True)
    elsewhere.keep(sealed["events"])
    [file] = elsewhere.folder.glob("*.jsonl")
    key = tmp_path / "key.pub"
    key.write_text(Key.of(KeptHeads.key_of(tmp_path / "elsewhere")).public)
    assert rachel("audit", "verify", "--heads", file, "--key", key).code == 0
    key.write_text(Key.of(tmp_path / "forger.pem").public)
    ran = rachel("audit", "verify", "--heads", file, "--key", key)
    assert ran.code == 2 and "was not signed by this key" in ran.err
    assert rachel("audit", "verify", "--heads", file).code == 2


def test_the_key_of_this_machine_is_told(rachel):
    ran = rachel("audit", "key")
    assert ran.code == 0 and ran.out.startswith("-----BEGIN PUBLIC KEY-----")
    assert rachel("audit", "key").out == ran.out
