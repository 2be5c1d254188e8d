-- Wallets: what customers paid in and what they paid with. Money moves through app.post_transfer alone.
-- Python twin: core/wallets.py (same names, same order).

CREATE VIEW api.wallets WITH (security_barrier) AS
SELECT a.customer_id, c.name AS customer, a.balance::bigint AS balance, a.version, a.frozen_at, a.frozen_why, p.name AS frozen_by
FROM app.accounts AS a
JOIN app.customers AS c ON c.id = a.customer_id
LEFT JOIN app.people AS p ON p.id = a.frozen_by;

GRANT SELECT ON api.wallets TO support, finance_admin, owner_admin, auditor;

-- For the office, which sees all customers (no barrier: decision 11). When money moved last is looked up for the rows that are shown alone.
CREATE VIEW api.wallet_list AS
SELECT c.id AS customer_id, c.name AS customer, c.sort_name, left(c.phone, 7) || '••••' || right(c.phone, 2) AS phone, a.balance::bigint AS balance,
    a.version, a.frozen_at, a.frozen_why, p.name AS frozen_by,
    (SELECT e.id FROM app.entries AS e WHERE e.account_id = a.id AND e.account_version = a.version) AS moved,
    (SELECT t.at FROM app.entries AS e JOIN app.transfers AS t ON t.id = e.transfer_id
        WHERE e.account_id = a.id AND e.account_version = a.version) AS moved_at
FROM app.accounts AS a
JOIN app.customers AS c ON c.id = a.customer_id
LEFT JOIN app.people AS p ON p.id = a.frozen_by;

GRANT SELECT ON api.wallet_list TO support, finance_admin, owner_admin, auditor;

-- The same wallets by when money moved last: the ledger's entries from the newest on, of each wallet only its newest. So no column and
-- no index of the wallet has to follow every order. A wallet that nothing ever moved in is not among them.
CREATE VIEW api.moved_wallets AS
SELECT a.customer_id, c.name AS customer, c.sort_name, left(c.phone, 7) || '••••' || right(c.phone, 2) AS phone, a.balance::bigint AS balance,
    a.version, a.frozen_at, a.frozen_why, p.name AS frozen_by, e.id AS moved, t.at AS moved_at
FROM app.entries AS e
JOIN app.accounts AS a ON a.id = e.account_id AND a.version = e.account_version
JOIN app.customers AS c ON c.id = a.customer_id
JOIN app.transfers AS t ON t.id = e.transfer_id
LEFT JOIN app.people AS p ON p.id = a.frozen_by;

GRANT SELECT ON api.moved_wallets TO support, finance_admin, owner_admin, auditor;

-- Every step of every wallet, numbered per wallet from 1, with the balance after it and its reason in words for whoever asks by phone.
CREATE VIEW api.wallet_entries WITH (security_barrier) AS
SELECT a.customer_id, e.account_version AS number, t.kind, e.amount::bigint AS amount, e.balance_after::bigint AS balance,
    o.number AS order_number, coalesce(h.reason, r.reason) AS reason,
    CASE t.kind
        WHEN 'top_up' THEN 'Paid in through the payment provider'
        WHEN 'payment' THEN concat('Paid for order ', o.number)
        WHEN 'reversal' THEN concat('Order ', o.number, ' was cancelled: ', h.reason)
        ELSE concat('Refund for order ', o.number, ': ', r.reason) END AS words,
    t.reference, coalesce(p.name, maker.name) AS by, t.login, t.at
FROM app.entries AS e
JOIN app.accounts AS a ON a.id = e.account_id AND a.customer_id IS NOT NULL
JOIN app.transfers AS t ON t.id = e.transfer_id
LEFT JOIN app.orders AS o ON o.id = t.order_id
LEFT JOIN app.order_history AS h ON h.order_id = t.order_id AND h.state = 'cancelled' AND t.kind = 'reversal'
LEFT JOIN app.proposals AS r ON r.id = t.command_id AND t.kind = 'refund'
LEFT JOIN app.people AS maker ON maker.id = r.person_id
LEFT JOIN app.people AS p ON p.id = t.person_id;

GRANT SELECT ON api.wallet_entries TO support, finance_admin, owner_admin, auditor;


-- Stop money from leaving a wallet, with a reason; money may still come in. Returns the wallet.
-- RF404: no such customer.  RF409: it is frozen already.  RF400: no reason.
CREATE FUNCTION api.freeze_wallet(command_id uuid, customer_id uuid, reason text)
RETURNS api.wallets
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET lock_timeout = '5s'
AS $$
DECLARE
    me app.caller := app.enter('finance_admin', 'owner_admin');
    answer jsonb := app.claim(me, command_id, 'freeze_wallet', jsonb_build_object('customer_id', customer_id, 'reason', reason));
BEGIN
    IF answer IS NULL THEN
        PERFORM app.check_text('reason', reason, 500);
        UPDATE app.accounts AS a SET frozen_at = clock_timestamp(), frozen_why = reason, frozen_by = me.person_id
        WHERE a.customer_id = freeze_wallet.customer_id AND a.frozen_at IS NULL;
        IF NOT FOUND THEN
            PERFORM app.refuse_freeze(customer_id, 'This wallet is frozen already.');
        END IF;
        answer := app.finish_wallet(me, command_id, 'freeze_wallet', customer_id, reason);
    END IF;
    RETURN jsonb_populate_record(NULL::api.wallets, answer);
END;
$$;

GRANT EXECUTE ON FUNCTION api.freeze_wallet TO finance_admin, owner_admin;


-- Let money leave a frozen wallet again, with a reason. Returns the wallet.
-- RF404: no such customer.  RF409: it is not frozen.  RF400: no reason.
CREATE FUNCTION api.unfreeze_wallet(command_id uuid, customer_id uuid, reason text)
RETURNS api.wallets
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET lock_timeout = '5s'
AS $$
DECLARE
    me app.caller := app.enter('finance_admin', 'owner_admin');
    answer jsonb := app.claim(me, command_id, 'unfreeze_wallet', jsonb_build_object('customer_id', customer_id, 'reason', reason));
BEGIN
    IF answer IS NULL THEN
        PERFORM app.check_text('reason', reason, 500);
        UPDATE app.accounts AS a SET frozen_at = NULL, frozen_why = NULL, frozen_by = NULL
        WHERE a.customer_id = unfreeze_wallet.customer_id AND a.frozen_at IS NOT NULL;
        IF NOT FOUND THEN
            PERFORM app.refuse_freeze(customer_id, 'This wallet is not frozen.');
        END IF;
        answer := app.finish_wallet(me, command_id, 'unfreeze_wallet', customer_id, reason);
    END IF;
    RETURN jsonb_populate_record(NULL::api.wallets, answer);
END;
$$;

GRANT EXECUTE ON FUNCTION api.unfreeze_wallet TO finance_admin, owner_admin;
