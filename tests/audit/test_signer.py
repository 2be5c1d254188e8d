"""The signer of the worker: it signs what was filed where it agrees, and nothing that a rewritten database asks for."""

import time
from datetime import timedelta

import pytest

from core.audit import KeptHeads, Key, file_report, in_pem, report, statement_of
from core.base.identifiers import new_id
from core.worker.reports import Signer
from tests.audit.conftest import spoiled
from tests.support.reports import arguments, filed, sealed
from tests.support.waiting import wait_until
from tests.support.workers import logged
from tests.support.workers import worker as running_worker

copy = spoiled
PAGES = b"%PDF-1.4 the pages"


@pytest.fixture
def kept(tmp_path):
    return KeptHeads(tmp_path / "heads")


@pytest.fixture
def key(tmp_path):
    return Key.of(tmp_path / "key.pem")


@pytest.fixture
def signer(worker, kept, key):
    return Signer(worker, kept, key)


@pytest.fixture
def head(scene, worker):
    scene.order()
    return sealed(worker)


@pytest.fixture
def one(auditor, head):
    return filed(auditor, head, PAGES)


@pytest.fixture
def rewrite_history(tamper, worker):
    """Write another history and seal it anew, as a superuser can."""

    def rewrite_history():
        emptied = "DELETE FROM app.leaves", "DELETE FROM app.seals WHERE position > 0"
        tamper("UPDATE app.audit_events SET reason = 'Because' WHERE id = 12", *emptied)
        return sealed(worker)

    return rewrite_history


def test_what_it_agrees_with_is_signed_and_its_head_is_kept(signer, kept, key, one, auditor, head):
    [signed] = signer.look()
    assert statement_of(signed).is_signed_by(key.public, signed.signature)
    assert (in_pem(signed.public_key), signed.answered_login, signed.refusal) == (key.public, "worker", None)
    assert report(auditor, one.id) == signed and kept.newest()["events"].head == head
    assert list(signer.look()) == []


def test_a_report_up_to_an_older_head_is_signed_too_and_no_head_is_kept_behind_a_newer_one(signer, kept, scene, worker, auditor, head):
    scene.order()
    later = sealed(worker)
    kept.keep(later)
    filed(auditor, head, PAGES)
    [signed] = signer.look()
    assert signed.signature and [each.head for each in kept.daily("events")] == [later]
    assert kept.newest()["events"].head == later


def test_a_report_without_words_and_one_of_somebody_who_married_since_are_signed_too(signer, auditor, head, tamper):
    filed(auditor, head, PAGES, "-")
    tamper("UPDATE app.people SET name = name || ' Obi'")
    assert [each.refusal for each in signer.look()] == [None]


def test_the_head_of_another_history_is_refused_for_ever(signer, kept, head, rewrite_history, auditor):
    kept.keep(head)
    other = rewrite_history()
    assert other.position == head.position and other.head != head.head
    one = filed(auditor, other, PAGES)
    [refused] = signer.look()
    assert (refused.id, refused.signature) == (one.id, None) and "another than the worker kept" in refused.refusal
    assert kept.newest()["events"].head == head
    assert list(signer.look()) == []


def test_heads_that_are_kept_while_it_runs_count_too(signer, kept, scene, worker, auditor, head, tamper, refill):
    for _ in range(2):  # with the second it has read what was kept
        filed(auditor, head, PAGES)
        assert [each.refusal for each in signer.look()] == [None]
    scene.order()
    kept.keep(sealed(worker))
    since = f"WHERE stream = 'events' AND position > {head.position}"
    tamper(
        f"UPDATE app.audit_events SET reason = 'Because' WHERE id IN (SELECT row_id FROM app.leaves {since})",
        f"DELETE FROM app.leaves {since}", f"DELETE FROM app.seals {since}",
    )  # fmt: skip
    refill()
    filed(auditor, sealed(worker), PAGES)
    assert [each.signature for each in signer.look()] == [None]


@pytest.fixture
def edit(tamper):
    """Edit what was sealed behind one head and up to another: whoever verifies that notices."""

    def edit(since, upto):
        there = f"SELECT row_id FROM app.leaves WHERE stream = 'events' AND position > {since.position} AND position <= {upto.position}"
        tamper(f"UPDATE app.audit_events SET reason = 'Because' WHERE id IN ({there})")

    return edit


@pytest.fixture
def four(scene, worker, kept, head, refill):
    """Four heads, of which the worker kept the third."""
    found = [head]
    for _ in range(3):
        refill()
        scene.order()
        found.append(sealed(worker))
    kept.keep(found[2])
    return found


@pytest.mark.parametrize(("since", "upto"), [(0, 1), (1, 2), (2, 3)])
def test_an_older_head_is_verified_between_those_the_worker_knows_and_to_the_end(signer, four, edit, auditor, since, upto):
    edit(four[since], four[upto])
    filed(auditor, four[1], PAGES)
    assert [each.signature for each in signer.look()] == [None]


def test_what_was_verified_for_one_report_is_not_verified_again_for_the_next(signer, four, edit, auditor):
    for head in four[:2]:
        filed(auditor, head, PAGES)
        assert [each.refusal for each in signer.look()] == [None]
    edit(four[0], four[2])
    for head in four[:2]:
        filed(auditor, head, b"other pages")
        assert [each.refusal for each in signer.look()] == [None]


@pytest.mark.parametrize("which", [0, 1])
def test_what_was_forged_behind_all_the_worker_knows_is_found_for_each_report(signer, four, tamper, auditor, which):
    filed(auditor, four[0], PAGES)
    assert [each.refusal for each in signer.look()] == [None]
    kinds = "xid, at, login, person_id, program, command_id, action, noun"
    tamper(
        f"INSERT INTO app.audit_events (id, {kinds}) OVERRIDING SYSTEM VALUE"
        f" SELECT -1, {kinds} FROM app.audit_events WHERE person_id IS NOT NULL ORDER BY id DESC LIMIT 1"
    )
    filed(auditor, four[which], PAGES)
    assert [each.signature for each in signer.look()] == [None]


def test_nothing_is_signed_over_a_trail_that_is_not_what_was_sealed(signer, one, tamper):
    tamper("UPDATE app.audit_events SET reason = 'Because' WHERE id = 12")
    [refused] = signer.look()
    assert "not what was sealed" in refused.refusal


@pytest.mark.parametrize(
    "change",
    ["sha256 = repeat('0', 64)", "lines = 4", "login = 'ada'", "person = 'Ada'", "trail_position = 1", "note = 'Another'",
     "statement = statement || E'\\n'", "statement = 'rachel head' || E'\\n'", "statement = replace(statement, 'lines: 3', 'lines: 4')"],
)  # fmt: skip
def test_a_statement_that_is_not_that_of_its_row_is_refused(signer, one, tamper, change):
    tamper(f"UPDATE app.reports SET {change}")
    [refused] = signer.look()
    assert refused.signature is None and "statement" in refused.refusal


@pytest.mark.parametrize("days", [-8, 1])
def test_a_report_that_tells_another_time_than_now_is_refused(signer, one, tamper, days):
    there = (one.at + timedelta(days=days)).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    before = one.at.strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    tamper(f"UPDATE app.reports SET at = '{there}', statement = replace(statement, '{before}', '{there}')")
    [refused] = signer.look()
    assert "last seven days" in refused.refusal


def test_of_two_workers_that_saw_the_same_reports_each_is_answered_once(worker, again, kept, key, one, auditor, head, tmp_path):
    two = filed(auditor, head, b"other pages")
    first, second = Signer(worker, kept, key), Signer(again("worker"), KeptHeads(tmp_path / "other"), Key.of(tmp_path / "other.pem"))
    looking = first.look()
    assert next(looking).id == one.id  # it has read what waits, and two is among it
    assert [each.id for each in second.look()] == [two.id]
    assert list(looking) == []
    assert {report(auditor, each.id).answered_login for each in (one, two)} == {"worker", "worker_2"}


def test_reports_of_any_size_that_wait_are_signed_in_their_order(signer, auditor, head, refill):
    refill()
    many = [file_report(auditor, new_id(), **arguments(head, PAGES)).id for _ in range(15)]
    assert [each.id for each in signer.look()] == many


def test_the_worker_signs_with_the_key_of_its_machine_within_seconds(workplace, copy, one, auditor, tmp_path):
    with running_worker(workplace.cluster.server(copy), workplace.sign_ins["worker"], tmp_path / "worker"):
        wait_until(lambda: report(auditor, one.id).answered_at)
        wait_until(lambda: any(line["job"] == "reports" and line["event"] == "signed" for line in logged(tmp_path / "worker")))
    public = Key.of(KeptHeads.key_of(tmp_path / "worker")).public
    signed = report(auditor, one.id)
    assert statement_of(signed).is_signed_by(public, signed.signature) and in_pem(signed.public_key) == public


def test_a_worker_that_is_told_not_to_sign_leaves_it_to_another(workplace, copy, one, auditor, scene, tmp_path):
    server, sign_in = workplace.cluster.server(copy), workplace.sign_ins["worker"]
    with running_worker(server, sign_in, tmp_path / "second", "--no-signing"):
        scene.order()
        wait_until(lambda: any(line["job"] == "seal" and line["event"] == "kept" for line in logged(tmp_path / "second")))
        time.sleep(1.5)  # longer than a signer's pause
        assert report(auditor, one.id).answered_at is None
        with running_worker(server, sign_in, tmp_path / "first"):
            wait_until(lambda: report(auditor, one.id).signature)
