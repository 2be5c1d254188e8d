"""Who may what, read from the catalogue: nothing is open by default, and each view is for the roles it was made for."""

import pytest

from tests.support.freezing import freeze_money
from tests.support.reports import filed, sealed

KITCHEN = {"kitchen_staff", "kitchen_manager", "counter_device"}
OFFICE = {"support", "finance_admin", "owner_admin", "auditor"}
SERVICES = {"svc_ordering", "svc_webhook", "svc_worker"}
GROUPS = KITCHEN | OFFICE | SERVICES
OF_COLUMNS = "SELECT, INSERT, UPDATE, REFERENCES"
OF_TABLES = f"{OF_COLUMNS}, DELETE, TRUNCATE, TRIGGER"
READERS = {
    "kitchens": KITCHEN | OFFICE,
    "menu": KITCHEN | OFFICE,
    "stock": KITCHEN | OFFICE,
    "stock_movements": KITCHEN | OFFICE,
    "orders": KITCHEN | OFFICE,
    "queue": KITCHEN | OFFICE,
    "order_lines": KITCHEN | OFFICE,
    "order_history": KITCHEN | OFFICE,
    "priced_lines": OFFICE,
    "placed_orders": OFFICE,
    "order_list": OFFICE,
    "order_story": OFFICE,
    "order_money": OFFICE | {"kitchen_manager"},  # what cancelling gives back
    "overdue_orders": OFFICE | {"svc_worker"},
    "payments": OFFICE | {"svc_worker"},
    "wallets": OFFICE,
    "wallet_entries": OFFICE,
    "wallet_list": OFFICE,
    "moved_wallets": OFFICE,
    "customers": OFFICE,
    "customer_list": OFFICE,
    "customer_orders": OFFICE,
    "staff": {"owner_admin", "auditor"},
    "staff_list": {"owner_admin", "auditor"},
    "staff_rules": {"owner_admin", "auditor"},
    "sessions": {"owner_admin", "auditor"},
    "trail": OFFICE,
    "trail_logins": OFFICE,
    "me": GROUPS - {"svc_webhook"},
    "commands": GROUPS - {"svc_webhook"},
    "changes": KITCHEN | OFFICE | {"svc_worker"},
    "horizon": KITCHEN | OFFICE | {"svc_worker"},
    "compat": GROUPS,
    "invariants": OFFICE | {"svc_worker"},
    "check_runs": OFFICE | {"svc_worker"},
    "freezes": OFFICE | {"svc_worker"},
    "load_now": OFFICE | {"svc_worker"},
    "load_quarters": OFFICE | {"svc_worker"},
    "load_kept": OFFICE | {"svc_worker"},
    "server": OFFICE | {"svc_worker"},
    "server_settings": OFFICE | {"svc_worker"},
    "programs": OFFICE | {"svc_worker"},
    "queues": OFFICE | {"svc_worker"},
    "oldest_transaction": OFFICE | {"svc_worker"},
    "table_sizes": OFFICE | {"svc_worker"},
    "logins": {"owner_admin", "auditor", "svc_worker"},
    "order_hours": OFFICE,
    "given_back": OFFICE,
    "wallet_totals": OFFICE,
    "waiting_money": OFFICE,
    "kitchens_today": OFFICE,
    "proposals": OFFICE | {"kitchen_manager"},  # of a manager those for the own shelves
    "limits": OFFICE,
    "refund_orders": OFFICE,
    "refund_progress": OFFICE,
    "refundable_lines": OFFICE,
    "refund_cases": OFFICE,
    "dismissed_cases": OFFICE,
    "running_refunds": OFFICE | {"svc_worker"},
    "reports": OFFICE | {"svc_worker"},
    "seals": OFFICE | {"svc_worker"},
    "sealed_events": OFFICE,
    "sealed_transfers": OFFICE,
    "sealed_entries": OFFICE,
    "unsealed_rows": OFFICE,
}


@pytest.fixture
def names(owner_connection):
    """Return the first column of a query, as a set."""
    return lambda query, *args: {name for (name, *_) in owner_connection.execute(query, args).fetchall()}


def test_each_view_is_read_by_the_roles_it_was_made_for_and_by_nobody_else(names):
    views = names("SELECT viewname::text FROM pg_views WHERE schemaname = 'api'")
    readers = {
        view: names("SELECT g FROM unnest(%s::text[]) AS g WHERE has_table_privilege(g, %s, 'SELECT')", list(GROUPS), f"api.{view}")
        for view in views
    }
    assert readers == READERS


def test_no_view_takes_a_write(names):
    writable = """
        SELECT g || ' ' || c.oid::regclass FROM unnest(%s::text[]) AS g, pg_class AS c
        WHERE c.relnamespace = 'api'::regnamespace AND (has_table_privilege(g, c.oid, 'INSERT, UPDATE, DELETE, TRUNCATE')
            OR has_any_column_privilege(g, c.oid, 'INSERT, UPDATE'))
    """
    assert names(writable, list(GROUPS)) == set()


def test_no_login_may_anything_in_schema_app_or_make_anything_anywhere(names):
    assert names(f"""
        SELECT g || ' ' || c.oid::regclass FROM unnest(%s::text[]) AS g, pg_class AS c
        WHERE c.relnamespace = 'app'::regnamespace AND c.relkind IN ('r', 'p', 'v')
            AND (has_table_privilege(g, c.oid, '{OF_TABLES}') OR has_any_column_privilege(g, c.oid, '{OF_COLUMNS}'))
        """, list(GROUPS)) == set()  # fmt: skip
    assert names("SELECT g FROM unnest(%s::text[]) AS g WHERE has_schema_privilege(g, 'app', 'USAGE, CREATE')", list(GROUPS)) == set()
    creators = "SELECT g || ' ' || n.nspname FROM unnest(%s::text[]) AS g, pg_namespace AS n WHERE has_schema_privilege(g, n.oid, 'CREATE')"
    assert names(creators, list(GROUPS)) == set()
    assert names(
        "SELECT g FROM unnest(%s::text[]) AS g WHERE has_database_privilege(g, current_database(), 'CREATE, TEMPORARY')", list(GROUPS)
    ) == set()  # fmt: skip


def test_of_the_private_functions_logins_may_only_ask_what_they_see(names):
    may = """
        SELECT p.proname::text FROM unnest(%s::text[]) AS g, pg_proc AS p
        WHERE p.pronamespace = 'app'::regnamespace AND has_function_privilege(g, p.oid, 'EXECUTE')
    """
    of_the_office = {"due_by", "open_programs", "open_transactions", "sealed_to", "waiting_seals"}
    assert names(may, list(GROUPS)) == {"visible_kitchens", "open_sessions"} | of_the_office
    for role in GROUPS - {"owner_admin", "auditor"}:
        assert names(may, [role]) <= {"visible_kitchens"} | (of_the_office if role in OFFICE | {"svc_worker"} else set())


def test_nothing_in_app_and_api_is_for_everybody(names):
    assert names("""
        SELECT p.oid::regprocedure::text FROM pg_proc AS p
        WHERE p.pronamespace IN ('app'::regnamespace, 'api'::regnamespace) AND has_function_privilege('public', p.oid, 'EXECUTE')
        UNION ALL
        SELECT c.oid::regclass::text FROM pg_class AS c, aclexplode(c.relacl) AS a
        WHERE c.relnamespace IN ('app'::regnamespace, 'api'::regnamespace) AND a.grantee = 0
        UNION ALL
        SELECT n.nspname FROM pg_namespace AS n, aclexplode(n.nspacl) AS a
        WHERE n.nspname IN ('app', 'api', 'public') AND a.grantee = 0
        UNION ALL
        SELECT d.datname FROM pg_database AS d, aclexplode(coalesce(d.datacl, acldefault('d', d.datdba))) AS a
        WHERE d.datallowconn AND (d.datname = current_database() OR d.datname IN ('postgres', 'template1')) AND a.grantee = 0
        """) == set()  # fmt: skip


def test_what_anybody_could_fill_the_disk_with_block_or_wait_with_is_closed(names):
    assert names("""
        SELECT p.oid::regprocedure::text FROM pg_proc AS p
        WHERE has_function_privilege('public', p.oid, 'EXECUTE') AND p.proname ~
            '^(lo_.*|loread|lowrite|pg_(try_)?advisory.*|pg_notify|pg_sleep.*|pg_export_snapshot|pg_logical_emit_message)$'
        """) == set()  # fmt: skip


def test_the_owner_of_the_views_writes_nothing_and_row_policies_hold_for_it(names):
    assert names("SELECT viewowner::text FROM pg_views WHERE schemaname = 'api'") == {"r_view"}
    writable = """
        SELECT c.oid::regclass::text FROM pg_class AS c WHERE c.relnamespace = 'app'::regnamespace AND c.relkind = 'r'
            AND (has_table_privilege('r_view', c.oid, 'INSERT, UPDATE, DELETE, TRUNCATE')
                OR has_any_column_privilege('r_view', c.oid, 'INSERT, UPDATE'))
    """
    assert names(writable) == set()
    assert names("SELECT rolname::text FROM pg_roles WHERE rolname ~ '^r_' AND (rolbypassrls OR rolsuper OR rolcanlogin)") == set()


def test_every_table_of_a_kitchen_that_views_read_shows_rows_of_ones_own_kitchen_only(names):
    tables = """
        SELECT c.relname::text FROM pg_class AS c JOIN pg_attribute AS a ON a.attrelid = c.oid AND a.attname = 'kitchen_id'
        WHERE c.relnamespace = 'app'::regnamespace AND c.relkind = 'r' AND has_any_column_privilege('r_view', c.oid, 'SELECT')
    """
    guarded = """
        SELECT c.relname::text FROM pg_class AS c JOIN pg_policy AS p ON p.polrelid = c.oid AND p.polname = 'seen'
        WHERE c.relrowsecurity AND p.polroles = ARRAY['r_view'::regrole::oid] AND pg_get_expr(p.polqual, p.polrelid) ~ 'visible_kitchens'
    """
    of_no_kitchen = {"staff", "customers", "accounts", "payments"}  # shown to whoever is active
    of_no_kitchen |= {"transfers", "entries", "leaves", "seals", "reports", "check_runs", "freezes"}  # and may read ledger, trail, checks
    assert names(guarded) == names(tables) - {"staff_kitchens"} | {"kitchens"} | of_no_kitchen  # of that one, api.me shows one's own rows


@pytest.mark.parametrize("table", ["audit_events", "transfers", "entries", "leaves", "seals", "reports", "check_runs", "freezes"])
def test_a_view_of_the_trail_or_of_money_that_is_granted_to_everybody_by_mistake_shows_kitchens_and_devices_nothing(
    scene, worker, auditor, workplace, copy, owner_connection, table
):
    scene.order()
    freeze_money(scene)
    filed(auditor, sealed(worker), b"pages")
    with owner_connection.transaction():
        owner_connection.execute(f"CREATE VIEW api.mistake AS SELECT FROM app.{table}; ALTER VIEW api.mistake OWNER TO r_view")
        owner_connection.execute(f"GRANT SELECT ON api.mistake TO {', '.join(GROUPS)}")
    seen = {}
    for who in ("cook", "manager", "counter", "ordering", "support", "auditor"):
        with workplace.bare(who, copy) as connection:
            [seen[who]] = connection.execute("SELECT count(*) FROM api.mistake").fetchone()
    owner_connection.execute("DROP VIEW api.mistake")
    of_the_office = {who for who, rows in seen.items() if rows}
    assert of_the_office == {"support", "auditor"}


def test_every_view_that_a_kitchen_reads_is_behind_a_barrier(names):
    open_views = """
        SELECT c.relname::text FROM pg_class AS c WHERE c.relnamespace = 'api'::regnamespace AND c.relkind = 'v'
            AND NOT coalesce(c.reloptions, '{}') @> '{security_barrier=true}'
    """
    assert all(not READERS[view] & KITCHEN for view in names(open_views))


def test_the_trail_is_written_by_one_role_and_changed_by_none(names):
    writers = """
        SELECT r.rolname || ' ' || p FROM pg_roles AS r, unnest(ARRAY['INSERT', 'UPDATE', 'DELETE', 'TRUNCATE']) AS p
        WHERE r.rolname ~ '^r_|^svc|admin$|^kitchen' AND has_table_privilege(r.oid, 'app.audit_events', p)
    """
    assert names(writers) - {f"r_owner {each}" for each in ("INSERT", "UPDATE", "DELETE", "TRUNCATE")} == {"r_audit INSERT"}
