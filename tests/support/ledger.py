"""Money moved by a definer with a fault: the posting function as r_ledger, past the verbs, to try what the ledger itself refuses."""

from uuid import UUID

import psycopg

from core.base.identifiers import new_id


def account(connection: psycopg.Connection, who: UUID | str) -> UUID:
    """Return the account of a customer's wallet, or of the company's own by its code."""
    [(found,)] = connection.execute("SELECT id FROM app.accounts WHERE %s IN (customer_id::text, code)", [str(who)]).fetchall()
    return found


def in_wallets(connection: psycopg.Connection) -> int:
    """Return what is in all wallets together, in kobo."""
    [(total,)] = connection.execute("SELECT sum(balance)::bigint FROM app.accounts").fetchall()
    return total


MONEY_ADDS_UP = ("i01_zero_sum", "i02_balances", "i03_never_negative", "i04_steps", "i05_wallet_versions", "i06_all_money")
UNPOST = """
DELETE FROM app.entries AS e USING app.transfers AS t WHERE t.id = e.transfer_id AND t.kind = 'refund';
DELETE FROM app.transfers WHERE kind = 'refund';
UPDATE app.orders SET refunded = 0 WHERE refunded > 0;
UPDATE app.accounts AS a SET balance = coalesce((SELECT e.balance_after FROM app.entries AS e WHERE e.account_id = a.id
    ORDER BY e.account_version DESC LIMIT 1), 0), version = (SELECT count(*) FROM app.entries AS e WHERE e.account_id = a.id)
WHERE a.customer_id IS NOT NULL
"""


def unpost(connection: psycopg.Connection) -> None:
    """See that money adds up after what post() moved, and take it back: it belongs to no proposal, which its own promise would notice."""
    for check in MONEY_ADDS_UP:
        assert connection.execute(f"SELECT count(*) FROM app.check_{check}").fetchone() == (0,), check
    with connection.transaction():
        connection.execute("SET LOCAL session_replication_role = replica")
        connection.execute(UNPOST)


def post(connection: psycopg.Connection, legs: dict[UUID, int], order_id: UUID | None = None, reference: str | None = None) -> None:
    """Refund money between accounts (kobo) for an order, with the audit row that every transfer has. `connection` is a superuser's.

    It belongs to no proposal: what it wrote must be refused, rolled back, or taken back by unpost().
    """
    command_id = new_id()
    refunded = sum(amount for amount in legs.values() if amount > 0)
    with connection.transaction():
        connection.execute("SET LOCAL session_replication_role = replica")  # past the verbs
        connection.execute("UPDATE app.orders SET refunded = refunded + %s WHERE id = %s", [refunded, order_id])
        connection.execute("SET LOCAL session_replication_role = origin")
        connection.execute("SET LOCAL ROLE r_audit")
        connection.execute("SELECT app.append_audit(NULL, %s, 'post', 'wallets', NULL, NULL, NULL, NULL, NULL)", [command_id])
        connection.execute("SET LOCAL ROLE r_ledger")
        transfer = "SELECT app.post_transfer('refund', %s, %s, %s, NULL, %s, %s::bigint[])"
        connection.execute(transfer, [reference or str(command_id), order_id, command_id, list(legs), list(legs.values())])
        connection.execute("RESET ROLE")
