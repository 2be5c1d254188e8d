"""Money and people with valid passwords: each verb is for its roles, no table is for anybody, and a kitchen hears of no wallet."""

import pytest

from core.base.identifiers import new_id
from core.customers import create_customer
from core.payments import create_payment, settle_payment
from tests.support.verbs import EVERYBODY

KITCHEN = {"kitchen_staff", "kitchen_manager"}
REFUNDING = {"support", "finance_admin", "owner_admin"}
MAY = {
    "create_payment": {"svc_ordering"},
    "settle_payment": {"svc_worker"},
    "expire_order": {"svc_worker"},
    "freeze_wallet": {"finance_admin", "owner_admin"},
    "unfreeze_wallet": {"finance_admin", "owner_admin"},
    "place_order": {"svc_ordering"},
    "cancel_order": {"svc_ordering", "kitchen_manager", "support", "finance_admin"},
    "recall_order": KITCHEN,
    "mark_dish_ready": KITCHEN,
    "preview_refund": REFUNDING,
    "preview_refund_rule": REFUNDING,
    "confirm_proposal": REFUNDING | {"kitchen_manager"},  # of a manager the own shelves
    "approve_proposal": {"finance_admin", "owner_admin"},
    "reject_proposal": {"finance_admin", "owner_admin"},
    "withdraw_proposal": REFUNDING,
    "stop_proposal": REFUNDING,
    "resume_proposal": REFUNDING,
    "run_refund": {"svc_worker"},
    "lapse_proposals": {"svc_worker"},
    "record_checks": {"svc_worker"},
    "preview_release": {"finance_admin", "owner_admin"},
    "preview_limits": {"owner_admin"},
    "preview_approver": {"owner_admin"},
}
COUNTERS = ["kitchen_staff", "kitchen_manager", "counter_device"]
GROUPS = [*COUNTERS, "support", "finance_admin", "owner_admin", "auditor", "svc_ordering", "svc_webhook", "svc_worker"]
TABLES = ("accounts", "transfers", "entries", "payments", "day_counters", "settings", "ready_dishes", "orders", "order_edges",
          "proposals", "refund_lines", "limits", "dismissed_cases", "order_lines", "freezes", "check_runs")  # fmt: skip
OF_MONEY = {"total", "amount", "balance", "unit_price", "paid", "reversed", "refunded", "reserved", "pay_with", "customer", "customer_id"}


def test_each_verb_about_money_is_for_its_roles_and_for_nobody_else(owner_connection):
    granted = """
        SELECT p.proname, array_agg(g) FROM pg_proc AS p, unnest(%s::text[]) AS g
        WHERE p.pronamespace = 'api'::regnamespace AND p.proname = ANY (%s) AND has_function_privilege(g, p.oid, 'EXECUTE')
        GROUP BY p.proname
    """
    found = owner_connection.execute(granted, [GROUPS, list(MAY)]).fetchall()
    assert {verb: set(groups) for verb, groups in found} == MAY


@pytest.mark.parametrize("who", EVERYBODY)
def test_no_login_reads_or_writes_a_table_of_the_money(town, attempt, who):
    reads = [f"SELECT count(*) FROM app.{table}" for table in TABLES]
    removals = [f"{act} app.{table}" for table in TABLES for act in ("DELETE FROM", "TRUNCATE")]
    writes = [
        "UPDATE app.accounts SET balance = 100000000000 WHERE customer_id IS NOT NULL",
        "UPDATE app.accounts SET frozen_at = NULL, frozen_why = NULL",
        "INSERT INTO app.transfers (kind, reference, command_id) VALUES ('top_up', 'x', gen_random_uuid())",
        "INSERT INTO app.entries (transfer_id, account_id, amount) SELECT 1, a.id, 1 FROM app.accounts AS a",
        "UPDATE app.payments SET state = 'success'",
        "UPDATE app.day_counters SET cancels = 0",
        "UPDATE app.settings SET cancels_a_day = 1000000, pay_within = '1 year'",
        "UPDATE app.orders SET paid = total, reversed = 0",
        "INSERT INTO app.order_edges VALUES ('delivered', 'cancelled', '{kitchen_staff}')",
        "SELECT nextval('app.transfers_id_seq')",
    ]
    assert attempt(who, [*reads, *removals, *writes]) == {"42501"}


@pytest.mark.parametrize("who", EVERYBODY)
def test_no_login_moves_money_past_the_verbs(town, attempt, who):
    customer = f"'{town.customer}'"
    assert attempt(who, [
        "SELECT app.post_transfer('top_up', 'x', NULL, gen_random_uuid(), NULL, '{}', '{}')",
        f"SELECT app.open_wallet({customer})",
        f"SELECT app.pay_order(NULL, gen_random_uuid(), gen_random_uuid(), {customer}, -1)",
        f"SELECT app.reverse_order(NULL, gen_random_uuid(), gen_random_uuid(), {customer}, 1)",
        "SELECT app.credit_payment(NULL, gen_random_uuid(), '{}')",
        f"SELECT app.end_payment({customer}, true, 1, 'NGN', 'x')",
        f"SELECT app.can_pay({customer}, 'wallet', 1)",
        f"SELECT app.wallet_row({customer})",
        "SELECT app.count_cancel(NULL)",
        "SELECT app.guard_transfer()",
        "SET ROLE r_ledger",
    ]) == {"42501"}  # fmt: skip


def test_a_captured_ordering_service_gives_nobody_money(town, ordering, attempt):
    asked = create_payment(ordering, new_id(), town.customer, 5000)
    assert attempt("ordering", [
        f"SELECT id FROM api.settle_payment(gen_random_uuid(), '{asked.id}', true, 5000, 'NGN', 'forged')",
        f"SELECT customer_id FROM api.unfreeze_wallet(gen_random_uuid(), '{town.customer}', 'forged')",
        "SELECT balance FROM api.wallets", "SELECT amount FROM api.wallet_entries", "SELECT id FROM api.payments",
    ]) == {"42501"}  # fmt: skip
    assert attempt("ordering", [
        f"SELECT id FROM api.create_payment(gen_random_uuid(), '{town.customer}', {amount})" for amount in (-5000, 0)
    ]) == {"RF400"}  # fmt: skip


def test_what_a_kitchen_may_read_knows_no_money_and_no_customer(owner_connection):
    columns = owner_connection.execute("""
        SELECT DISTINCT g, c.relname::text, a.attname::text
        FROM pg_class AS c JOIN pg_attribute AS a ON a.attrelid = c.oid AND a.attnum > 0, unnest(%s::text[]) AS g
        WHERE c.relnamespace = 'api'::regnamespace AND c.relkind = 'v' AND has_table_privilege(g, c.oid, 'SELECT')
    """, [COUNTERS]).fetchall()  # fmt: skip
    of_money = {(group, view) for group, view, column in columns if column in OF_MONEY}
    # who cancels is shown what that gives back; of proposals a manager sees those for the own shelves, whose total is nothing
    assert of_money == {("kitchen_manager", "order_money"), ("kitchen_manager", "proposals")}


def test_that_somebody_paid_is_told_to_the_office_and_the_worker_and_to_no_kitchen(scene, workplace, copy):
    """Also not which customer it was, nor how often: the orders of other kitchens could be counted by it."""
    customer_id = create_customer(scene.ordering, new_id(), "Ngozi", "+2348031234567").id
    asked = create_payment(scene.ordering, new_id(), customer_id, 5000)
    settle_payment(scene.worker, new_id(), asked.id, True, 5000, "NGN", "charge")

    def told(who):
        with workplace.bare(who, copy) as connection:
            return set(connection.execute("SELECT noun, object_id FROM api.changes").fetchall())

    secret = {("customers", customer_id), ("payments", asked.id), ("wallets", customer_id)}
    for who in ("support", "finance", "owner", "auditor", "worker"):
        assert told(who) >= secret, who
    for who in ("cook", "manager", "counter"):
        assert {noun for noun, _ in told(who)} & {"customers", "payments", "wallets"} == set(), who
        assert ("health", None) in told(who)  # what concerns everybody is


def test_who_was_sent_away_reads_no_wallet_and_no_payment_on_a_line_that_is_still_open(scene, workplace, copy, owner_connection):
    create_payment(scene.ordering, new_id(), scene.town.customer, 5000)
    views = ("wallets", "wallet_entries", "payments")
    with workplace.bare("finance", copy) as connection:

        def seen():
            return [connection.execute(f"SELECT count(*) FROM api.{view}").fetchone() > (0,) for view in views]

        assert seen() == [True, True, True]
        owner_connection.execute("UPDATE app.staff SET active = false WHERE login = 'gbenga'")
        assert seen() == [False, False, False]
        owner_connection.execute("UPDATE app.staff SET active = true WHERE login = 'gbenga'")
