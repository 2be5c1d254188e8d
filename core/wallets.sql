-- Wallets: what customers paid in and what they paid with. Money moves through app.post_transfer alone.
-- Python twin: core/wallets.py (same names, same order).

CREATE VIEW api.wallets WITH (security_barrier) AS
SELECT a.customer_id, c.name AS customer, a.balance::bigint AS balance, a.version, a.frozen_at, a.frozen_why
FROM app.accounts AS a JOIN app.customers AS c ON c.id = a.customer_id;

GRANT SELECT ON api.wallets TO support, finance_admin, owner_admin, auditor;

-- Every step of every wallet, numbered per wallet from 1, with the balance after it and its reason in words for whoever asks by phone.
CREATE VIEW api.wallet_entries WITH (security_barrier) AS
SELECT a.customer_id, e.account_version AS number, t.kind, e.amount::bigint AS amount, e.balance_after::bigint AS balance,
    o.number AS order_number, h.reason,
    CASE t.kind
        WHEN 'top_up' THEN 'Paid in through the payment provider'
        WHEN 'payment' THEN concat('Paid for order ', o.number)
        WHEN 'reversal' THEN concat('Order ', o.number, ' was cancelled: ', h.reason)
        ELSE concat('Refund for order ', o.number) END AS words,
    t.reference, p.name AS by, t.login, t.at
FROM app.entries AS e
JOIN app.accounts AS a ON a.id = e.account_id AND a.customer_id IS NOT NULL
JOIN app.transfers AS t ON t.id = e.transfer_id
LEFT JOIN app.orders AS o ON o.id = t.order_id
LEFT JOIN app.order_history AS h ON h.command_id = t.command_id AND h.order_id = t.order_id AND t.kind = 'reversal'
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
        UPDATE app.accounts AS a SET frozen_at = clock_timestamp(), frozen_why = reason
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
        UPDATE app.accounts AS a SET frozen_at = NULL, frozen_why = NULL
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
