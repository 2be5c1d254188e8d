"""What breaks the promises: for each check of core/database/checks, statements that each break one part of what it promises."""

from tests.support.breaks_of_money import MONEY
from tests.support.breaks_of_refunds import POSTED, REFUNDS

ORDERS = {
    "i11_no_overselling": ["UPDATE app.stock_movements SET held = on_hand + 1 WHERE kind = 'hold'"],
    "i11_stock_figures": [
        "UPDATE app.stock_items SET on_hand = on_hand + 1",
        "UPDATE app.stock_items SET on_hand = on_hand - 1",
        "UPDATE app.stock_items SET held = held + 1",
        "UPDATE app.stock_items SET version = version + 1",
        "UPDATE app.stock_items SET version = version - 1; UPDATE app.stock_movements SET version = version - 1",
        "UPDATE app.stock_items SET movements = movements + 1",
        "DELETE FROM app.stock_movements WHERE kind = 'delivery'",
        "DELETE FROM app.stock_movements WHERE kind = 'hold'",
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
        "UPDATE app.stock_movements SET change_held = change_held - 1 WHERE kind = 'release'",
        "UPDATE app.stock_movements SET change_held = change_held + 1 WHERE kind = 'release'",
        "UPDATE app.stock_movements SET on_hand = on_hand + 1 WHERE kind = 'count'",
        "DELETE FROM app.stock_movements WHERE kind = 'opening'",
        "UPDATE app.stock_movements SET number = number + 1000",
        "UPDATE app.stock_movements SET version = version - 1 WHERE kind = 'count'",
        "UPDATE app.stock_movements SET version = version + 1 WHERE kind = 'count'",
        "UPDATE app.stock_movements SET kind = 'count', order_id = NULL WHERE kind = 'use'",
        """
        UPDATE app.stock_movements SET change = change + 1 WHERE kind = 'release';
        UPDATE app.stock_movements AS m SET on_hand = on_hand + (SELECT count(*) FROM app.stock_movements AS r
            WHERE r.item_id = m.item_id AND r.kind = 'release' AND r.number <= m.number)
        """,
    ],
    "i13_holds": [
        "UPDATE app.order_lines SET quantity = quantity + 1",
        "UPDATE app.recipes SET quantity = quantity + 1",
        "DELETE FROM app.stock_movements WHERE kind = 'hold'",
        "DELETE FROM app.stock_movements WHERE kind = 'use'",
        "DELETE FROM app.stock_movements WHERE kind = 'release'",
        "UPDATE app.stock_movements SET change = 2 * change WHERE kind = 'use'",
        "UPDATE app.stock_movements SET change = 0 WHERE kind = 'use'",
        "UPDATE app.stock_movements SET kind = 'release' WHERE kind = 'use'",
        "UPDATE app.stock_movements SET change_held = change_held - 1 WHERE kind = 'release'",
    ],
    "i14_legal_paths": [
        "UPDATE app.order_history SET state = 'delivered' WHERE state = 'accepted'",
        "UPDATE app.order_history SET state = 'accepted' WHERE version = 1",
        "DELETE FROM app.order_history WHERE version = 2",
        "UPDATE app.order_history SET version = version + 1000",
        "UPDATE app.orders SET pay_with = 'card'",
        "UPDATE app.orders SET pay_with = 'wallet'",
        "UPDATE app.order_history SET reason = NULL WHERE reason = 'recalled'",
    ],
    "i14_edges": [
        "INSERT INTO app.order_edges (src, dst, who) VALUES ('placed', 'delivered', '{svc_ordering}')",
        "DELETE FROM app.order_edges WHERE recall",
        "UPDATE app.order_edges SET who = who || 'support'::text WHERE dst = 'accepted'",
        "UPDATE app.order_edges SET recall = false",
    ],
    "i15_order_state": [
        "UPDATE app.orders SET state = 'ready' WHERE state = 'preparing'",
        "UPDATE app.orders SET version = version + 1",
        "DELETE FROM app.order_history WHERE state = 'cancelled'",
    ],
    "i16_order_total": [
        "ALTER TABLE app.orders DROP CONSTRAINT paid_once_in_full; UPDATE app.orders SET total = total + 1",
        "UPDATE app.order_lines SET unit_price = unit_price + 1",
        "DELETE FROM app.order_lines",
    ],
    "i18_audit_rows": [
        "DELETE FROM app.audit_events WHERE action = 'receive_stock'",
        "DELETE FROM app.audit_events WHERE action = 'advance_order'",
        "UPDATE app.audit_events SET login = 'bisi' WHERE action = 'count_stock'",
        "UPDATE app.order_history SET login = 'bisi' WHERE state = 'accepted'",
        "UPDATE app.order_history SET person_id = NULL WHERE state = 'accepted'",
        "UPDATE app.stock_movements SET person_id = NULL WHERE kind = 'delivery'",
    ],
}
RIGHTS = {
    "i19_answers": [
        "UPDATE app.commands SET answer = NULL WHERE verb = 'count_stock'",
        "UPDATE app.commands SET answer = 'null' WHERE verb = 'count_stock'",
        "UPDATE app.commands SET answer = '{}' WHERE verb = 'settled'",
        "UPDATE app.commands SET answer = '\"settled\"' WHERE verb = 'count_stock'",
    ],
    "i20_guards": [
        "ALTER TABLE app.orders DISABLE TRIGGER orders_walk_edges",
        "ALTER TABLE app.audit_events ENABLE REPLICA TRIGGER audit_is_for_ever",
        "ALTER TABLE app.entries DISABLE TRIGGER entries_sum_to_zero",
        "ALTER TABLE app.accounts DISABLE TRIGGER balances_follow_entries",
        "ALTER TABLE app.orders ADD CONSTRAINT later CHECK (true) NOT VALID",
        "UPDATE pg_index SET indisvalid = false WHERE indexrelid = 'app.stock_movements_held_once'::regclass",
        "ALTER ROLE chidi SET session_replication_role = replica",
        "ALTER TABLE app.orders DISABLE ROW LEVEL SECURITY",
    ],
    "i20_walls": [
        "DROP TRIGGER entries_sum_to_zero ON app.entries",
        "ALTER TABLE app.transfers DROP CONSTRAINT transfers_kind_reference_key",
        "ALTER TABLE app.accounts DROP CONSTRAINT accounts_balance_check",
        "DROP INDEX app.stock_movements_ended_once",
        "DROP TRIGGER proposals_walk ON app.proposals",
        "ALTER TABLE app.proposals DROP CONSTRAINT the_maker_never_approves",
        "DROP TRIGGER order_lines_keep ON app.order_lines",
        "DROP TRIGGER seals_are_for_ever ON app.seals",
        "ALTER TABLE app.leaves DROP CONSTRAINT leaves_stream_row_id_key",
        "DROP TRIGGER transfers_stop_in_a_freeze ON app.transfers",
        "DROP TRIGGER freezes_end_once ON app.freezes",
        "DROP INDEX app.freezes_one_at_a_time",
        "ALTER TABLE app.freezes DROP CONSTRAINT released_says_by_whom_and_why",
        "DROP TRIGGER reports_are_answered_once ON app.reports",
        "ALTER TABLE app.reports DROP CONSTRAINT answered_by_a_signature_or_a_refusal",
    ],
    "i21_logins": [
        "GRANT SELECT ON app.customers TO kitchen_staff",
        "GRANT UPDATE (on_hand) ON app.stock_items TO chidi",
        "GRANT DELETE ON app.outbox TO PUBLIC",
        "ALTER ROLE chidi CREATEDB",
        "ALTER ROLE chidi BYPASSRLS",
        "ALTER ROLE chidi CREATEROLE",
        "ALTER ROLE r_api CREATEROLE",
        "ALTER VIEW api.stock OWNER TO chidi",
        "ALTER FUNCTION api.waste_stock OWNER TO chidi",
        "GRANT USAGE ON SCHEMA app TO kitchen_staff",
        "GRANT r_ledger TO chidi",
        "CREATE ROLE stray LOGIN; GRANT SELECT ON app.customers TO stray",
        "ALTER ROLE chidi SUPERUSER",
        "ALTER ROLE chidi REPLICATION",
    ],
    "i21_writers": [
        "GRANT INSERT ON app.transfers TO r_api",
        "GRANT INSERT ON app.entries TO r_api",
        "GRANT INSERT ON app.accounts TO r_api",
        "GRANT UPDATE (balance) ON app.accounts TO r_api",
        "GRANT UPDATE (version) ON app.accounts TO r_api",
        "GRANT INSERT ON app.audit_events TO r_ledger",
        "GRANT UPDATE (amount) ON app.entries TO r_ledger",
        "GRANT DELETE ON app.audit_events TO r_audit",
        "GRANT INSERT ON app.seals TO r_api",
        "GRANT UPDATE (leaf) ON app.leaves TO r_audit",
        "GRANT TRUNCATE ON app.stock_movements TO r_api",
        "GRANT UPDATE (paid) ON app.orders TO r_view",
        "GRANT INSERT ON app.commands TO r_ledger",
        "GRANT UPDATE (released_at) ON app.freezes TO r_ledger",
        "GRANT UPDATE (signature) ON app.reports TO r_audit",
        "GRANT INSERT ON app.check_runs TO r_view",
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

BREAKS = MONEY | REFUNDS | ORDERS | RIGHTS

LEFT_OUT = {  # what looks like a break and is none
    "i07_paid_once": [
        """
        DELETE FROM app.transfers WHERE kind = 'payment' AND order_id IN (
            SELECT o.id FROM app.orders AS o WHERE o.state = 'preparing' AND o.refunded + o.reserved = 0);
        UPDATE app.orders SET paid = 0, placed_at = placed_at - interval '1 day' WHERE state = 'preparing' AND refunded + reserved = 0
        """,
    ],
    "i28_frozen": [
        "UPDATE app.transfers SET at = f.since + interval '1 hour' FROM app.freezes AS f",  # the clock was put forward, then back
        "UPDATE app.freezes SET shut_xid = NULL; " + POSTED.format("9 seconds"),  # it read before the freeze was committed
        POSTED.format("11 seconds") + "; UPDATE app.freezes SET shut_xid = pg_current_xact_id()",  # that commit was slow
    ],
    "i21_logins": ["CREATE ROLE svc_backup LOGIN REPLICATION"],
    "i23_staff": ["GRANT pg_read_all_settings TO chidi"],
}
