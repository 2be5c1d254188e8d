"""Those who read along, under attack: a number, the trail and what is watched are for those who may, and each look leaves its line."""

import psycopg
import pytest

from core.audit import TrailFilter, trail
from core.base.identifiers import new_id
from core.customers import reveal_phone
from core.staff import Role, change_staff_role, revoke_staff

PHONE = "+2348031234567"
ASKED = "SELECT phone FROM api.reveal_phone('{id}', '{customer}', 'call about an order')"
LEVELS = ["repeatable read", "serializable", "read uncommitted"]
WATCHED = ["trail", "trail_logins", "seals", "sealed_events", "sealed_transfers", "sealed_entries", "unsealed_rows", "check_runs",
           "freezes", "invariants", "load_kept", "load_now", "load_quarters",
           "logins", "programs", "queues", "server", "sessions"]  # fmt: skip


@pytest.mark.parametrize("level", LEVELS)
def test_no_isolation_level_tells_a_number_whose_line_is_not_committed(town, bare, auditor, level, ended):
    asked = ASKED.format(id=new_id(), customer=town.customer)
    with bare("support") as thief:
        thief.execute(f"BEGIN ISOLATION LEVEL {level}")
        assert ended(thief, asked) == "RF001"
        thief.execute("ROLLBACK")
    assert trail(auditor, TrailFilter(action="reveal_phone")) == []


def test_two_connections_do_not_read_a_number_whose_line_is_taken_back(town, bare, aside, auditor):
    asked = ASKED.format(id=new_id(), customer=town.customer)
    with bare("support") as one, bare("support") as other:
        one.execute("BEGIN")
        told = [one.execute(asked).fetchone()[0] for _ in range(2)]
        other.execute("BEGIN")
        waiting = aside(lambda: other.execute(asked).fetchone())
        one.execute("ROLLBACK")
        told += waiting.result(9)
        told += other.execute(asked).fetchone()
        other.execute("ROLLBACK")
    assert PHONE not in told
    assert trail(auditor, TrailFilter(action="reveal_phone")) == []


def test_a_line_taken_back_to_a_savepoint_leaves_a_masked_number_and_no_line(town, bare, auditor):
    asked = ASKED.format(id=new_id(), customer=town.customer)
    with bare("support") as thief:
        thief.execute("BEGIN; SAVEPOINT here")
        told = [thief.execute(asked).fetchone()[0] for _ in range(2)]
        thief.execute("ROLLBACK TO here; COMMIT")
    assert PHONE not in told
    assert trail(auditor, TrailFilter(action="reveal_phone")) == []


def test_the_id_of_somebody_elses_question_or_of_another_customer_tells_nothing(scene, support, bare, ended):
    command_id, other = new_id(), scene.customer(0)
    assert reveal_phone(support, command_id, scene.town.customer, "call about an order").phone == PHONE
    scene.refill()
    with bare("finance") as thief:
        assert ended(thief, ASKED.format(id=command_id, customer=scene.town.customer)) == "RF422"
    with bare("support") as thief:
        assert ended(thief, ASKED.format(id=command_id, customer=other)) == "RF422"


@pytest.mark.parametrize("words", [
    "a", "' | '", "!!!", "a & !b", "<->", "(((", "\\", "'; DROP TABLE app.audit_events; --", ":*", "a:*b", "\u202e", "\u0301", "%",
    "z" * 200, "z" * 201, " ".join(["a"] * 100), "é" * 200, "\U0001f357" * 50, "''''", "a\\'b:*&c", "",
])  # fmt: skip
def test_whatever_is_looked_for_in_the_trail_is_words_or_is_refused(support, bare, words, ended):
    with bare("support") as thief:
        for who in ("NULL", "gen_random_uuid()"):
            asked = f"SELECT id FROM api.find_trail(%s, {who}, NULL, NULL, '-infinity', 'infinity')"
            assert ended(thief, asked, words) in (None, "RF400")


def test_a_flood_of_searches_runs_dry(bare, ended):
    with bare("support") as thief:
        asked = "SELECT id FROM api.find_trail('a', NULL, NULL, NULL, NULL, NULL)"
        told = [ended(thief, asked) for _ in range(40)]
    assert told[:15] == [None] * 15 and told[-1] == "RF429"


@pytest.mark.parametrize("who", ["cook", "manager", "counter", "stranger", "ordering", "webhook"])
def test_neither_a_kitchen_nor_a_service_that_takes_orders_reads_what_is_watched(town, bare, who, ended):
    with bare(who) as thief:
        for asked in [
            *(f"SELECT count(*) FROM api.{view}" for view in WATCHED),
            "SELECT id FROM api.find_trail('a', NULL, NULL, NULL, NULL, NULL)",
            "SELECT upto FROM api.verify_trail('events', 0, '')",
            "SELECT api.seal_trail()",
            "SELECT id FROM api.record_checks()",
            ASKED.format(id=new_id(), customer=town.customer),
        ]:
            assert ended(thief, asked) == "42501", asked


@pytest.mark.parametrize("name", ["rachel-worker/0.1.0", "rachel-admin/0.1.0 listening", "ada", "x" * 300, "a\nb\x7f", "🍗", ""])
def test_a_name_that_a_program_gives_itself_changes_nobody_in_the_trail(scene, bare, auditor, name):
    command_id = new_id()
    with bare("cook") as thief:
        thief.execute("SELECT set_config('application_name', %s, false)", [name])
        thief.execute(f"SELECT number FROM api.receive_stock('{command_id}', '{scene.town.rice}', 1, '')")
    [line] = trail(auditor, TrailFilter(command_id=command_id))
    assert (line.login, line.person) == ("chidi", "Chidi Okoye")
    assert len(line.program or "") <= 63 and (line.program or "").isprintable()


def test_who_lost_the_office_reads_and_does_nothing_more_on_a_connection_that_was_open(scene, hire, bare, owner, ended):
    hire("kemi", Role.FINANCE_ADMIN)
    with bare("kemi") as left:
        change_staff_role(owner, new_id(), "kemi", 1, Role.KITCHEN_STAFF, [scene.town.yaba])
        for asked in [
            "SELECT id FROM api.trail", "SELECT id FROM api.check_runs", "SELECT id FROM api.find_trail('a', NULL, NULL, NULL, NULL, NULL)",
            "SELECT upto FROM api.verify_trail('events', 0, '')", ASKED.format(id=new_id(), customer=scene.town.customer),
            f"SELECT id FROM api.preview_release('{new_id()}', '{new_id()}')",
        ]:  # fmt: skip
            assert ended(left, asked) == "42501", asked


def test_who_left_has_no_connection_to_go_on_with(hire, bare, owner):
    hire("ngozi.finance", Role.FINANCE_ADMIN)
    with bare("ngozi.finance") as left:
        revoke_staff(owner, new_id(), "ngozi.finance", "left the company")
        with pytest.raises(psycopg.OperationalError):
            left.execute("SELECT id FROM api.trail")
