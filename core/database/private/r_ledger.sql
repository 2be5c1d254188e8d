-- The one way to move money. Runs as r_ledger, the only role that may write transfers, entries and balances; called by r_api's verbs alone.

-- Open the wallet of a customer, empty, if it is not there yet.
CREATE FUNCTION app.open_wallet(customer uuid) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
BEGIN ATOMIC
    INSERT INTO app.accounts (id, customer_id, balance, version) VALUES (customer, customer, 0, 0) ON CONFLICT DO NOTHING;
END;


-- Move money between accounts: amounts in kobo, one for each account, that sum to zero. Gives the transfer's id.
-- Wallets are taken in the order of their ids, so two transfers never wait for each other in a circle.
-- Refuses RF402 (a wallet would go below zero), RF400 (above what a wallet holds), RF423 (money out of a frozen wallet), RF422 (moved already under this reference).
CREATE FUNCTION app.post_transfer(
    kind text, reference text, order_id uuid, command_id uuid, person_id uuid, account_ids uuid[], amounts bigint[]) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    transfer bigint;
    leg record;
    wallet record;
BEGIN
    INSERT INTO app.transfers AS t (kind, reference, order_id, command_id, person_id)
    VALUES (post_transfer.kind, post_transfer.reference, post_transfer.order_id, post_transfer.command_id, post_transfer.person_id)
    ON CONFLICT DO NOTHING RETURNING t.id INTO transfer;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'This money was moved already.' USING ERRCODE = 'RF422', DETAIL = jsonb_build_object('why', 'moved');
    END IF;
    FOR leg IN  -- a loop on purpose: one guarded UPDATE per wallet keeps the lock order ours
        SELECT a.id, a.customer_id, l.amount
        FROM unnest(account_ids, amounts) AS l (account_id, amount) JOIN app.accounts AS a ON a.id = l.account_id
        ORDER BY a.id
    LOOP
        IF leg.customer_id IS NULL THEN
            INSERT INTO app.entries (transfer_id, account_id, amount) VALUES (transfer, leg.id, leg.amount);
            CONTINUE;
        END IF;
        UPDATE app.accounts AS a SET balance = a.balance + leg.amount, version = a.version + 1
        WHERE a.id = leg.id AND a.balance + leg.amount BETWEEN 0 AND 100000000000 AND (a.frozen_at IS NULL OR leg.amount > 0)
        RETURNING a.balance, a.version INTO wallet;
        IF NOT FOUND THEN
            PERFORM app.refuse_wallet(leg.id, leg.amount);
        END IF;
        INSERT INTO app.entries (transfer_id, account_id, amount, balance_after, account_version)
        VALUES (transfer, leg.id, leg.amount, wallet.balance, wallet.version);
    END LOOP;
    RETURN transfer;
END;
$$;


-- Say why money does not leave a wallet, or does not get into it.
CREATE FUNCTION app.refuse_wallet(account uuid, amount bigint) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    wallet record;
BEGIN
    SELECT a.balance, a.frozen_at, a.frozen_why INTO wallet FROM app.accounts AS a WHERE a.id = account;
    IF amount < 0 AND wallet.frozen_at IS NOT NULL THEN
        RAISE EXCEPTION 'This wallet is frozen: %', wallet.frozen_why
            USING ERRCODE = 'RF423', DETAIL = jsonb_build_object('since', wallet.frozen_at, 'why', wallet.frozen_why);
    ELSIF amount > 0 THEN
        RAISE EXCEPTION 'A wallet holds at most ₦1,000,000,000.00.' USING ERRCODE = 'RF400', DETAIL = jsonb_build_object('field', 'amount');
    END IF;
    RAISE EXCEPTION 'There is not enough money in the wallet.'
        USING ERRCODE = 'RF402', DETAIL = jsonb_build_object('available', wallet.balance, 'wanted', -amount);
END;
$$;

GRANT EXECUTE ON FUNCTION app.open_wallet, app.post_transfer, app.refuse_wallet TO r_api;
