"""What breaks the promises about money: for each check, statements that each break one part of what it promises."""

REFUND = "kind = 'refund', reference = 'refund:' || id"
AGAIN = """
INSERT INTO app.transfers (kind, reference, order_id, command_id)
SELECT '{kind}', 'a second time', t.order_id, t.command_id FROM app.transfers AS t WHERE t.kind = '{kind}' LIMIT 1;
INSERT INTO app.entries (transfer_id, account_id, amount, balance_after, account_version)
SELECT t.id, a.id, n, 0, 1000 + n
FROM app.transfers AS t JOIN app.orders AS o ON o.id = t.order_id JOIN app.accounts AS a ON a.customer_id = o.customer_id,
    unnest(ARRAY[-1, 1]) AS n
WHERE t.reference = 'a second time'
"""  # of nothing in sum, so that only its being there can be noticed

STRAY = """
INSERT INTO app.transfers (kind, reference, command_id) VALUES ('{kind}', 'of no order', gen_random_uuid())
"""
NOBODYS = """
WITH t AS (INSERT INTO app.transfers (kind, reference, order_id, command_id)
    SELECT '{kind}', 'of nobody', o.id, o.id FROM app.orders AS o WHERE o.state = '{state}' LIMIT 1 RETURNING id)
INSERT INTO app.entries (transfer_id, account_id, amount)
SELECT t.id, a.id, CASE a.code WHEN 'payable' THEN 1 ELSE -1 END FROM t, app.accounts AS a WHERE a.code IS NOT NULL
"""  # between the company's own accounts
FREE_OF_CHARGE = """
DELETE FROM app.transfers AS t USING app.orders AS o
WHERE t.kind = 'payment' AND o.id = t.order_id AND o.state = 'preparing' AND o.refunded + o.reserved = 0;
UPDATE app.orders SET paid = 0 WHERE state = 'preparing' AND refunded + reserved = 0
"""

UNPAID = "ALTER TABLE app.orders DROP CONSTRAINT no_food_before_the_card_paid; "
OTHERS = "ALTER TABLE app.accounts DROP CONSTRAINT a_wallet_is_its_customers; "
MONEY = {
    "i01_zero_sum": [
        "UPDATE app.entries SET amount = amount - 1 WHERE id = (SELECT max(e.id) FROM app.entries AS e)",
        "UPDATE app.entries SET amount = amount + 1 WHERE id = (SELECT max(e.id) FROM app.entries AS e)",
        "DELETE FROM app.entries WHERE id = (SELECT max(e.id) FROM app.entries AS e)",
        "DELETE FROM app.entries",
        STRAY.format(kind="top_up"),
        "DELETE FROM app.transfers",
    ],
    "i02_balances": [
        "UPDATE app.accounts SET balance = 0 WHERE customer_id IS NOT NULL",
        "UPDATE app.accounts SET balance = balance + 1 WHERE customer_id IS NOT NULL",
        "UPDATE app.entries SET amount = amount - 1 WHERE account_version = 1",
        "DELETE FROM app.entries",
    ],
    "i03_never_negative": [
        """
        ALTER TABLE app.accounts DROP CONSTRAINT accounts_balance_check;
        UPDATE app.accounts SET balance = -1 WHERE customer_id IS NOT NULL
        """,
        """
        ALTER TABLE app.entries DROP CONSTRAINT entries_balance_after_check;
        UPDATE app.entries SET balance_after = -1 WHERE account_version = 2
        """,
        "UPDATE app.entries SET amount = -amount WHERE account_version = 1",
    ],
    "i04_steps": [
        "UPDATE app.entries SET balance_after = balance_after + 1 WHERE account_version = 1",
        "UPDATE app.entries SET balance_after = balance_after + 1 WHERE account_version = 2",
        "UPDATE app.entries SET amount = amount + 1 WHERE account_version = 2",
        "DELETE FROM app.entries WHERE account_version = 1",
        "UPDATE app.entries SET account_version = account_version + 1000",
        "UPDATE app.entries SET account_version = -account_version",
        """
        UPDATE app.entries SET account_version = NULL, balance_after = NULL
        WHERE id = (SELECT max(e.id) FROM app.entries AS e WHERE e.account_version IS NOT NULL)
        """,
    ],
    "i05_wallet_versions": [
        "UPDATE app.accounts SET version = version - 1 WHERE customer_id IS NOT NULL",
        "UPDATE app.accounts SET version = version + 1 WHERE customer_id IS NOT NULL",
        "DELETE FROM app.entries WHERE account_version = 1",
        "UPDATE app.entries SET balance_after = 0, account_version = id WHERE account_version IS NULL",
    ],
    "i06_all_money": [
        "UPDATE app.entries SET amount = amount + 1 WHERE id = (SELECT max(e.id) FROM app.entries AS e)",
        "DELETE FROM app.entries WHERE amount > 0",
        "DELETE FROM app.entries WHERE amount < 0",
    ],
    "i07_paid_once": [
        UNPAID + "UPDATE app.orders SET paid = 0 WHERE paid > 0 AND reversed + refunded + reserved = 0",
        UNPAID + "UPDATE app.orders SET paid = total WHERE state = 'expired'",
        UNPAID + "ALTER TABLE app.orders DROP CONSTRAINT paid_once_in_full; UPDATE app.orders SET paid = paid + 1",
        "DELETE FROM app.transfers WHERE kind = 'payment'",
        "UPDATE app.transfers SET order_id = NULL WHERE kind = 'payment'",
        "UPDATE app.transfers SET kind = 'payment' WHERE kind = 'reversal'",
        OTHERS + "UPDATE app.accounts SET customer_id = gen_random_uuid() WHERE customer_id IS NOT NULL",
        UNPAID + "UPDATE app.orders SET state = 'placed' WHERE state = 'expired'",
        UNPAID + "UPDATE app.orders SET state = 'expired' WHERE state = 'preparing' AND refunded + reserved = 0",
        FREE_OF_CHARGE,
        "UPDATE app.entries SET amount = amount - 1 WHERE transfer_id IN (SELECT t.id FROM app.transfers AS t WHERE t.kind = 'payment')",
        "UPDATE app.entries SET amount = amount + 1 WHERE transfer_id IN (SELECT t.id FROM app.transfers AS t WHERE t.kind = 'payment')",
        AGAIN.format(kind="payment"),
        STRAY.format(kind="payment"),
        NOBODYS.format(kind="payment", state="expired"),
    ],
    "i08_refunds": [
        "UPDATE app.orders SET refunded = 1 WHERE paid > 0 AND reversed + refunded + reserved = 0",
        f"UPDATE app.transfers SET {REFUND} WHERE kind = 'reversal'",
        f"""
        {UNPAID}ALTER TABLE app.orders DROP CONSTRAINT no_more_back_than_was_paid; UPDATE app.orders SET paid = 0, refunded = reversed;
        UPDATE app.transfers SET {REFUND} WHERE kind = 'reversal'
        """,
        STRAY.format(kind="refund"),
        "UPDATE app.order_lines SET refunded = refunded - 1 WHERE refunded > 0",
        "UPDATE app.order_lines SET reserved = reserved - 1 WHERE reserved > 0",
        "UPDATE app.orders SET reserved = reserved - 1 WHERE reserved > 0",
    ],
    "i17_payments": [
        "UPDATE app.payments SET state = 'success' WHERE state = 'failed'",
        "UPDATE app.payments SET state = 'success' WHERE state = 'mismatch'",
        "UPDATE app.payments SET state = 'pending' WHERE state = 'success'",
        "UPDATE app.payments SET amount = amount + 1 WHERE state = 'success'",
        "UPDATE app.payments SET customer_id = gen_random_uuid() WHERE state = 'success'",
        "DELETE FROM app.payments WHERE state = 'success'",
        "DELETE FROM app.transfers WHERE kind = 'top_up'",
        "UPDATE app.transfers SET reference = 'payment:' || gen_random_uuid() WHERE kind = 'top_up'",
        "UPDATE app.transfers SET kind = 'top_up', reference = 'out of nothing' WHERE kind = 'reversal'",
        """
        ALTER TABLE app.transfers DROP CONSTRAINT transfers_kind_reference_key;
        UPDATE app.transfers SET reference = (SELECT min(t.reference) FROM app.transfers AS t WHERE t.kind = 'top_up') WHERE kind = 'top_up'
        """,
        """
        INSERT INTO app.transfers (kind, reference, command_id)
        SELECT 'top_up', 'payment:' || p.id, p.id FROM app.payments AS p WHERE p.state = 'failed'
        """,
    ],
    "i17_card_orders": [
        "DELETE FROM app.payments WHERE state = 'pending'",
        "UPDATE app.payments SET order_id = NULL WHERE state = 'success'",
        "UPDATE app.orders SET pay_with = 'wallet' WHERE pay_with = 'card'",
        "UPDATE app.payments SET amount = amount - 1 WHERE order_id IS NOT NULL",
        "UPDATE app.payments SET amount = amount + 1 WHERE order_id IS NOT NULL",
        "UPDATE app.payments SET customer_id = gen_random_uuid() WHERE order_id IS NOT NULL",
        "UPDATE app.payments SET state = 'failed' WHERE order_id IS NOT NULL",
    ],
    "i18_money_audit": [
        "DELETE FROM app.audit_events WHERE action = 'settle_payment'",
        "DELETE FROM app.audit_events WHERE action = 'place_order'",
        "DELETE FROM app.audit_events WHERE action = 'cancel_order'",
        "UPDATE app.audit_events SET login = 'bisi' WHERE action = 'settle_payment'",
        "UPDATE app.audit_events SET xid = (xid::text::bigint - 1)::text::xid8 WHERE action = 'cancel_order'",
        "UPDATE app.transfers SET login = 'bisi' WHERE kind = 'payment'",
        "UPDATE app.transfers SET command_id = gen_random_uuid() WHERE kind = 'reversal'",
        "UPDATE app.transfers SET person_id = gen_random_uuid() WHERE kind = 'reversal'",
    ],
    "i26_given_back": [
        "UPDATE app.orders SET reversed = 0 WHERE reversed > 0",
        "UPDATE app.orders SET reversed = reversed - 1 WHERE reversed > 0",
        "DELETE FROM app.transfers WHERE kind = 'reversal'",
        "UPDATE app.orders SET state = 'delivered' WHERE reversed > 0",
        """
        INSERT INTO app.order_history (order_id, version, state, command_id)
        SELECT o.id, 9, 'preparing', o.id FROM app.orders AS o WHERE o.reversed > 0
        """,
        "ALTER TABLE app.orders DROP CONSTRAINT no_more_back_than_was_paid; UPDATE app.orders SET reserved = 1 WHERE reversed > 0",
        "ALTER TABLE app.orders DROP CONSTRAINT no_more_back_than_was_paid; UPDATE app.orders SET refunded = 1 WHERE paid = 0",
        """
        ALTER TABLE app.orders DROP CONSTRAINT no_more_back_than_was_paid;
        UPDATE app.orders SET refunded = paid + 1 WHERE state = 'preparing'
        """,
        """
        UPDATE app.entries SET amount = amount + 1
        WHERE account_version IS NOT NULL AND transfer_id IN (SELECT t.id FROM app.transfers AS t WHERE t.kind = 'reversal')
        """,
        """
        UPDATE app.entries SET amount = amount - 1
        WHERE account_version IS NOT NULL AND transfer_id IN (SELECT t.id FROM app.transfers AS t WHERE t.kind = 'reversal')
        """,
        "UPDATE app.orders SET reversed = 0 WHERE reversed > 0; DELETE FROM app.transfers WHERE kind = 'reversal'",
        """
        INSERT INTO app.transfers (kind, reference, order_id, command_id)
        SELECT 'refund', 'x', o.id, o.id FROM app.orders AS o WHERE o.reversed > 0;
        INSERT INTO app.entries (transfer_id, account_id, amount) SELECT t.id, a.id, 1
        FROM app.transfers AS t, app.accounts AS a WHERE t.reference = 'x' AND a.customer_id IS NOT NULL
        """,
        AGAIN.format(kind="reversal"),
        STRAY.format(kind="reversal"),
        NOBODYS.format(kind="reversal", state="preparing"),
        "UPDATE app.orders SET customer_id = gen_random_uuid() WHERE reversed > 0",
    ],
}
