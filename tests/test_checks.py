"""The checker is checked: each promise of core/database/checks is broken on purpose, and its own query must notice."""

import pytest

from core.base.identifiers import new_id
from core.database.scripts import Scripts
from core.orders import State, cancel_order
from core.stock import count_stock, receive_stock

CHECKS = [script.stem for script in Scripts().checks()]
BREAKS = {  # each line breaks one part of what the check promises
    "i11_no_overselling": ["UPDATE app.stock_movements SET held = on_hand + 1 WHERE kind = 'hold'"],
    "i11_stock_figures": [
        "UPDATE app.stock_items SET on_hand = on_hand + 1",
        "UPDATE app.stock_items SET held = held + 1",
        "UPDATE app.stock_items SET version = version + 1",
        "UPDATE app.stock_items SET movements = movements + 1",
        "DELETE FROM app.stock_movements WHERE kind = 'delivery'",
        "UPDATE app.stock_items SET version = version + 1; UPDATE app.stock_movements SET version = version + 1",
        """
        ALTER TABLE app.stock_items DROP CONSTRAINT stock_items_held_check;
        ALTER TABLE app.stock_movements DROP CONSTRAINT stock_movements_held_check;
        UPDATE app.stock_items SET held = -1;
        UPDATE app.stock_movements SET held = -1
        """,
    ],
    "i12_movements_chain": [
        "UPDATE app.stock_movements SET change = change + 1 WHERE kind = 'delivery'",
        "UPDATE app.stock_movements SET change_held = change_held + 1 WHERE kind = 'release'",
        "UPDATE app.stock_movements SET on_hand = on_hand + 1 WHERE kind = 'count'",
        "DELETE FROM app.stock_movements WHERE kind = 'opening'",
    ],
    "i13_holds": [
        "UPDATE app.order_lines SET quantity = quantity + 1",
        "UPDATE app.recipes SET quantity = quantity + 1",
        "DELETE FROM app.stock_movements WHERE kind = 'hold'",
        "DELETE FROM app.stock_movements WHERE kind = 'use'",
        "DELETE FROM app.stock_movements WHERE kind = 'release'",
        "UPDATE app.stock_movements SET change = 0 WHERE kind = 'use'",
        "UPDATE app.stock_movements SET kind = 'release' WHERE kind = 'use'",
        "UPDATE app.stock_movements SET change_held = change_held - 1 WHERE kind = 'release'",
    ],
    "i14_legal_paths": [
        "UPDATE app.order_history SET state = 'delivered' WHERE state = 'accepted'",
        "UPDATE app.order_history SET state = 'accepted' WHERE version = 1",
        "DELETE FROM app.order_history WHERE version = 2",
    ],
    "i15_order_state": [
        "UPDATE app.orders SET state = 'ready' WHERE state = 'preparing'",
        "UPDATE app.orders SET version = version + 1",
        "DELETE FROM app.order_history WHERE state = 'cancelled'",
    ],
    "i16_order_total": [
        "UPDATE app.orders SET total = total + 1",
        "UPDATE app.order_lines SET unit_price = unit_price + 1",
        "DELETE FROM app.order_lines",
    ],
    "i18_audit_rows": [
        "DELETE FROM app.audit_events WHERE action = 'receive_stock'",
        "DELETE FROM app.audit_events WHERE action = 'advance_order'",
        "UPDATE app.audit_events SET login = 'bisi' WHERE action = 'count_stock'",
        "UPDATE app.order_history SET login = 'bisi' WHERE state = 'accepted'",
    ],
    "i19_answers": ["UPDATE app.commands SET answer = NULL WHERE verb = 'count_stock'"],
    "i20_guards": [
        "ALTER TABLE app.orders DISABLE TRIGGER orders_walk_edges",
        "ALTER TABLE app.audit_events ENABLE REPLICA TRIGGER audit_is_for_ever",
        "ALTER TABLE app.orders ADD CONSTRAINT later CHECK (true) NOT VALID",
        "ALTER TABLE app.orders DISABLE ROW LEVEL SECURITY",
    ],
    "i21_logins": [
        "GRANT SELECT ON app.customers TO kitchen_staff",
        "GRANT UPDATE (on_hand) ON app.stock_items TO chidi",
        "GRANT DELETE ON app.outbox TO PUBLIC",
        "ALTER ROLE chidi CREATEDB",
        "ALTER ROLE chidi BYPASSRLS",
        "ALTER ROLE r_api CREATEROLE",
        "ALTER VIEW api.stock OWNER TO chidi",
    ],
    "i22_definers": [
        "GRANT EXECUTE ON FUNCTION api.waste_stock TO PUBLIC",
        "GRANT EXECUTE ON FUNCTION app.append_audit TO PUBLIC",
        "ALTER FUNCTION api.waste_stock RESET search_path",
        "ALTER FUNCTION app.enter SET search_path = public, pg_catalog",
        "ALTER FUNCTION api.waste_stock SECURITY INVOKER",
        "ALTER FUNCTION api.waste_stock OWNER TO r_owner",
    ],
    "i23_staff": [
        "UPDATE app.staff SET active = false WHERE login = 'chidi'",
        "UPDATE app.staff SET role = 'auditor' WHERE login = 'chidi'",
        "DELETE FROM app.staff WHERE login = 'halima'",
        "ALTER ROLE chidi NOLOGIN",
        "GRANT finance_admin TO chidi",
        "CREATE ROLE ghost LOGIN IN ROLE support",
    ],
}


@pytest.fixture
def lived_in(scene, cook, owner_connection):
    """A town in which something of every kind has happened."""
    scene.order(State.ACCEPTED, State.PREPARING)
    cancel_order(scene.ordering, new_id(), scene.order().id, 1, "changed their mind")
    receive_stock(cook, new_id(), scene.town.rice, 500, "")
    count_stock(cook, new_id(), scene.town.oil, 5000, scene.shelf(scene.town.oil).version, "")
    return owner_connection


def test_every_check_has_a_break_and_every_break_its_check():
    assert sorted(BREAKS) == CHECKS


@pytest.mark.parametrize("check", CHECKS)
def test_what_a_check_promises_is_broken_and_it_notices(lived_in, check):
    def noticed() -> bool:
        return bool(lived_in.execute(f"SELECT FROM app.check_{check}").fetchall())

    assert not noticed()
    for broken in BREAKS[check]:
        with lived_in.transaction(force_rollback=True):
            if "TRIGGER" not in broken:
                lived_in.execute("SET LOCAL session_replication_role = replica")
            lived_in.execute(broken)
            assert noticed(), broken
    assert not noticed()
