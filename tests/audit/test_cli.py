"""`rachel audit`: verifies from wherever heads were kept, says in words what is wrong, and where."""

import pytest

from core.audit import KeptHeads, Key
from tests.audit.conftest import spoiled
from tests.support.command_line import rachel_for, sign_in

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
