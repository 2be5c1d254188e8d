"""The ledger itself, below the verbs: what a definer with a fault would do to it is refused, whoever calls and whatever they have set."""

import psycopg
import pytest

from core.base.identifiers import new_id
from core.wallets import explain_wallet, freeze_wallet
from tests.support.ledger import account, post, unpost

FULL = 100_000_000_000  # kobo: one billion naira
PLACE = "SELECT id FROM api.place_order(%s, %s, %s, ARRAY[%s::uuid], ARRAY[1], '', 'wallet')"
ASK = "SELECT id FROM api.create_payment(%s, %s, {})"


@pytest.fixture
def accounts(scene, owner_connection):
    """Two wallets with 1,000 kobo each."""
    return [account(owner_connection, scene.customer(1000)) for _ in range(2)]


@pytest.fixture
def payable(owner_connection):
    return account(owner_connection, "payable")


@pytest.fixture
def refused(owner_connection):
    """Send statements as a role, in one transaction, and expect this SQLSTATE before it is over or at its COMMIT."""

    def refused(sqlstate, role, *statements):
        with pytest.raises(psycopg.Error) as caught, owner_connection.transaction():
            owner_connection.execute(f"SET LOCAL ROLE {role}")
            for statement in statements:
                owner_connection.execute(statement)
        assert caught.value.sqlstate == sqlstate, statements

    return refused


def test_money_goes_from_one_account_to_others_and_no_kobo_is_lost(scene, owner_connection, accounts, payable):
    one, other = accounts
    post(owner_connection, {one: -300, other: 100, payable: 200}, scene.order().id)
    figures = "SELECT balance, version FROM app.accounts WHERE id = ANY (%s) ORDER BY balance"
    assert owner_connection.execute(figures, [[*accounts, payable]]).fetchall() == [(700, 2), (1100, 2), (None, None)]
    unpost(owner_connection)


def test_a_transfer_that_is_one_sided_empty_or_does_not_sum_to_zero_is_refused_at_the_end(owner_connection, accounts):
    """W8: by the posting function itself."""
    for amounts in ([], [100], [-100, 101], [100, 100], [-100, 50]):
        with pytest.raises(psycopg.errors.CheckViolation, match="entries that sum to"):
            post(owner_connection, dict(zip(accounts, amounts, strict=False)))


@pytest.mark.parametrize("constraints", ["DEFERRED", "IMMEDIATE"])
@pytest.mark.parametrize("amounts", [[], [100], [0], [-100, 101], [100, 100]])
def test_a_transfer_written_past_the_posting_function_is_refused_unless_it_is_whole(payable, refused, constraints, amounts):
    """W8: one-sided or empty, by a definer with a fault, also when every check is asked for at once."""
    forged = "SELECT t.id, '{payable}', {amount} FROM app.transfers AS t WHERE t.reference = 'forged'"
    transfer = "INSERT INTO app.transfers (kind, reference, command_id) VALUES ('refund', 'forged', gen_random_uuid())"
    entries = [
        f"INSERT INTO app.entries (transfer_id, account_id, amount) {forged.format(payable=payable, amount=each)}" for each in amounts
    ]
    refused("23514", "r_ledger", f"SET CONSTRAINTS ALL {constraints}", transfer, *entries)


def test_an_entry_added_to_a_transfer_that_was_whole_is_refused(accounts, payable, refused):
    add = f"INSERT INTO app.entries (transfer_id, account_id, amount) SELECT max(t.id), '{payable}', 100 FROM app.transfers AS t"
    for constraints in ("DEFERRED", "IMMEDIATE"):
        refused("23514", "r_ledger", f"SET CONSTRAINTS ALL {constraints}", add)


def test_money_to_an_account_that_is_not_there_is_refused(owner_connection, accounts):
    with pytest.raises(psycopg.errors.CheckViolation, match="has 1 entries"):
        post(owner_connection, {accounts[0]: -100, new_id(): 100})


def test_a_transfer_happens_once_under_its_kind_and_reference(accounts, payable, refused):
    once = f"""
        SELECT app.post_transfer('refund', 'again', NULL, gen_random_uuid(), NULL, ARRAY['{accounts[0]}', '{payable}']::uuid[], '{{-1, 1}}')
    """
    refused("RF422", "r_ledger", once, once)


@pytest.mark.parametrize("constraints", ["DEFERRED", "IMMEDIATE"])
def test_a_balance_that_changes_without_its_entry_is_refused(scene, owner_connection, accounts, refused, constraints):
    """W9: also when every check is asked for at once."""
    one, other, walletless = *accounts, new_id()
    owner_connection.execute("INSERT INTO app.customers (id, name, phone) VALUES (%s, 'No Wallet', '+2348031234567')", [walletless])
    for change in (
        f"UPDATE app.accounts SET balance = balance + 1 WHERE id = '{one}'",
        f"UPDATE app.accounts SET balance = 0 WHERE id = '{one}'",
        f"UPDATE app.accounts SET version = version + 1 WHERE id = '{one}'",
        f"UPDATE app.accounts SET balance = balance + CASE id WHEN '{one}' THEN 1 ELSE -1 END WHERE id IN ('{one}', '{other}')",
        f"INSERT INTO app.accounts (id, customer_id, balance, version) VALUES ('{new_id()}', '{walletless}', 5, 0)",
    ):
        refused("23514", "r_ledger", f"SET CONSTRAINTS ALL {constraints}", change)


def test_an_entry_that_says_another_balance_than_its_amount_leads_to_is_refused(accounts, payable, refused):
    """W9: a faulty definer that raises the balance and writes an entry of one kobo for it."""
    forged = f"""
        WITH t AS (
            INSERT INTO app.transfers (kind, reference, command_id) VALUES ('refund', 'forged', gen_random_uuid()) RETURNING id
        ), a AS (
            UPDATE app.accounts SET balance = balance + 5000, version = version + 1 WHERE id = '{accounts[0]}' RETURNING balance, version
        )
        INSERT INTO app.entries (transfer_id, account_id, amount, balance_after, account_version)
        SELECT t.id, '{accounts[0]}'::uuid, 1, a.balance, a.version FROM t, a
        UNION ALL SELECT t.id, '{payable}'::uuid, -1, NULL::bigint, NULL::integer FROM t
    """
    refused("23514", "r_ledger", forged)


@pytest.mark.parametrize("role", ["r_ledger", "r_api", "r_owner", "r_view", "r_audit", "postgres"])
def test_what_was_written_into_the_ledger_is_for_ever(accounts, refused, role):
    """W10: nobody changes, deletes or empties it."""
    for change in (
        "UPDATE app.entries SET amount = amount + 1", "DELETE FROM app.entries", "TRUNCATE app.entries",
        "UPDATE app.transfers SET at = at", "DELETE FROM app.transfers", "TRUNCATE app.transfers CASCADE",
        "DELETE FROM app.accounts", "TRUNCATE app.accounts CASCADE",
    ):  # fmt: skip
        refused("42501", role, change)


@pytest.mark.parametrize("role", ["r_api", "r_view", "r_audit", "r_staff"])
def test_only_the_ledgers_own_role_writes_into_it(accounts, refused, role):
    for change in (
        "INSERT INTO app.transfers (kind, reference, command_id) VALUES ('top_up', 'x', gen_random_uuid())",
        f"INSERT INTO app.entries (transfer_id, account_id, amount) VALUES (1, '{accounts[0]}', 1)",
        "INSERT INTO app.accounts (id, code) VALUES (gen_random_uuid(), 'mine')",
        "UPDATE app.accounts SET balance = balance + 1",
    ):
        refused("42501", role, change)


def test_a_wallet_holds_from_nothing_to_a_billion_naira_and_never_wraps_around(owner_connection, accounts, payable):
    """W11: the largest number there is, and one kobo over what a wallet holds."""

    def posted(legs):
        with owner_connection.transaction(force_rollback=True):
            try:
                post(owner_connection, legs)
            except psycopg.Error as refused:
                return refused.sqlstate

    one = accounts[0]
    assert [posted({one: amount, payable: -amount}) for amount in (-1000, -1001)] == [None, "RF402"]
    assert [posted({one: amount, payable: -amount}) for amount in (FULL - 1000, FULL - 999, FULL)] == [None, "RF400", "RF400"]
    assert [posted({account_id: amount}) for account_id in (one, payable) for amount in (2**63 - 1, -(2**63))] == [
        "22003", "22003", "23514", "23514",
    ]  # fmt: skip
    assert posted({one: 0, payable: 0}) == "23514"


def test_a_frozen_wallet_that_is_full_is_full_for_what_comes_and_frozen_for_what_leaves(scene, login, owner_connection, payable):
    customer_id = scene.customer()
    wallet_id = account(owner_connection, customer_id)
    freeze_wallet(login("finance"), new_id(), customer_id, "card reported stolen")
    with owner_connection.transaction(force_rollback=True):
        post(owner_connection, {wallet_id: FULL, payable: -FULL})
        for amount, sqlstate in ((1, "RF400"), (-1, "RF423")):
            with pytest.raises(psycopg.Error) as caught:
                post(owner_connection, {wallet_id: amount, payable: -amount})
            assert caught.value.sqlstate == sqlstate


def test_what_is_no_amount_is_stopped_at_the_door(scene, workplace, copy):
    """W12: nothing, less than nothing, and what is no number."""
    with workplace.bare("ordering", copy) as connection:
        for amount, sqlstate in (
            ("'NaN'", "22P02"), ("'x'", "22P02"), ("'1.5'", "22P02"), ("''", "22P02"), ("1.5", "42883"), ("'NaN'::numeric", "42883"),
            ("9223372036854775808", "42883"), ("'9223372036854775808'", "22003"), ("9223372036854775807", "RF400"), ("0", "RF400"),
            ("-1", "RF400"), ("NULL", "RF400"),
        ):  # fmt: skip
            with pytest.raises(psycopg.Error) as caught:
                connection.execute(ASK.format(amount), [new_id(), scene.town.customer])
            assert caught.value.sqlstate == sqlstate, amount


@pytest.mark.parametrize(
    ("asked", "kept"), [("off", "on"), ("local", "on"), ("remote_write", "on"), ("on", "on"), ("remote_apply", "remote_apply")]
)
def test_how_durable_money_is_is_not_for_the_caller_to_lower(scene, workplace, copy, asked, kept):
    town = scene.town
    with workplace.bare("ordering", copy) as connection:
        connection.execute(f"SET synchronous_commit = {asked}")
        with connection.transaction():
            connection.execute(PLACE, [new_id(), town.yaba, town.customer, town.water])
            connection.execute("SET CONSTRAINTS ALL IMMEDIATE")  # what COMMIT does first
            assert connection.execute("SHOW synchronous_commit").fetchone() == (kept,)
        assert connection.execute("SHOW synchronous_commit").fetchone() == (asked,)


def test_an_acknowledged_order_is_on_the_disk_although_its_caller_would_not_wait_for_it(scene, workplace, copy, owner_connection):
    town, lsn = scene.town, "SELECT pg_current_wal_{}_lsn() - '0/0'::pg_lsn"
    with workplace.bare("ordering", copy) as connection:
        connection.execute("SET synchronous_commit = off")
        for _ in range(20):
            [before] = owner_connection.execute(lsn.format("insert")).fetchone()
            connection.execute(PLACE, [new_id(), town.yaba, town.customer, town.water])
            [written] = owner_connection.execute(lsn.format("flush")).fetchone()
            assert written > before


def test_who_asks_for_the_checks_first_and_lowers_it_then_risks_his_own_answer_and_nobody_elses(scene, workplace, copy, owner_connection):
    """PostgreSQL leaves this open to whoever writes SQL by hand; whatever commits after it writes it through."""
    town, lsn = scene.town, "SELECT pg_current_wal_{}_lsn() - '0/0'::pg_lsn"
    with workplace.bare("ordering", copy) as connection:
        with connection.transaction():
            connection.execute(PLACE, [new_id(), town.yaba, town.customer, town.water])
            connection.execute("SET CONSTRAINTS ALL IMMEDIATE")
            connection.execute("SET LOCAL synchronous_commit = off")
            assert connection.execute("SHOW synchronous_commit").fetchone() == ("off",)
        [careless] = owner_connection.execute(lsn.format("insert")).fetchone()
        connection.execute(PLACE, [new_id(), town.yaba, town.customer, town.water])
        assert owner_connection.execute(lsn.format("flush")).fetchone()[0] > careless


def test_a_caller_who_wants_every_check_at_once_moves_nothing(scene, workplace, copy, login):
    town = scene.town
    before = explain_wallet(login("finance"), town.customer)
    with workplace.bare("ordering", copy) as connection, pytest.raises(psycopg.Error), connection.transaction():
        connection.execute("SET CONSTRAINTS ALL IMMEDIATE")
        connection.execute(PLACE, [new_id(), town.yaba, town.customer, town.water])
    assert explain_wallet(login("finance"), town.customer) == before
