-- The one way to move money. Runs as r_ledger, the only role that may write transfers, entries and balances; called by r_api's verbs alone.

-- Refuse RF423 while money is frozen (DETAIL: since, why, all). The trigger on app.transfers asks it whatever posts; verbs may ask it early.
CREATE FUNCTION app.check_money_moves() RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    in_force record;
BEGIN
    SELECT f.since, f.why INTO in_force FROM app.freezes AS f WHERE f.released_at IS NULL;
    IF FOUND THEN
        RAISE EXCEPTION 'Payments and refunds are frozen: a check of the books found a mistake. Nothing was changed. Finance decides when money moves again.'
            USING ERRCODE = 'RF423', DETAIL = jsonb_build_object('since', in_force.since, 'why', in_force.why, 'all', true);
    END IF;
END;
$$;

GRANT EXECUTE ON FUNCTION app.check_money_moves TO r_api;


-- Open the wallet of a customer, empty, if it is not there yet.
CREATE FUNCTION app.open_wallet(customer uuid) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
BEGIN ATOMIC
    INSERT INTO app.accounts (id, customer_id, balance, version) VALUES (customer, customer, 0, 0) ON CONFLICT DO NOTHING;
END;


-- Move money between accounts: amounts in kobo, one for each account, that sum to zero. Gives the transfer's id.
-- Wallets are taken in the order of their ids, so two transfers never wait for each other in a circle.
-- Refuses RF402 (a wallet would go below zero), RF400 (above what a wallet holds), RF423 (money out of a frozen wallet, or all of it frozen),
-- RF422 (moved already under this reference).
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


-- Give money back for many orders at once: one transfer each, from what we owe kitchens into the wallet of its customer. Arrays run side by
-- side, sorted by order; the wallets are locked already, and none of them holds too much afterwards. A wallet of several orders takes a
-- step for each. Refuses RF422: one of them was given back under this proposal before. Arrays instead of joins: a generic plan would join
-- what was raised to what goes back row by row.
CREATE FUNCTION app.post_refunds(proposal_id uuid, person_id uuid, order_ids uuid[], customer_ids uuid[], amounts bigint[]) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    payable uuid := (SELECT a.id FROM app.accounts AS a WHERE a.code = 'payable');
    transfers bigint[];
BEGIN
    WITH moved AS (
        INSERT INTO app.transfers AS t (kind, reference, order_id, command_id, person_id)
        SELECT 'refund', concat('refund:', post_refunds.proposal_id, ':', o.id), o.id, post_refunds.proposal_id, post_refunds.person_id
        FROM unnest(order_ids) WITH ORDINALITY AS o (id, place) ORDER BY o.place
        ON CONFLICT DO NOTHING RETURNING t.id, t.order_id
    )
    SELECT array_agg(m.id ORDER BY m.order_id) INTO transfers FROM moved AS m;
    IF cardinality(transfers) IS DISTINCT FROM cardinality(order_ids) THEN
        RAISE EXCEPTION 'This money was moved already.' USING ERRCODE = 'RF422', DETAIL = jsonb_build_object('why', 'moved');
    END IF;
    WITH back AS (
        SELECT b.transfer_id, b.customer_id, b.amount, b.place, sum(b.amount) OVER (PARTITION BY b.customer_id ORDER BY b.place) AS so_far
        FROM unnest(transfers, customer_ids, amounts) WITH ORDINALITY AS b (transfer_id, customer_id, amount, place)
    ), raised AS (
        UPDATE app.accounts AS a SET balance = a.balance + w.amount, version = a.version + w.steps
        FROM (SELECT b.customer_id, sum(b.amount) AS amount, count(*)::integer AS steps, array_agg(b.transfer_id ORDER BY b.place) AS transfers,
                array_agg(b.amount ORDER BY b.place) AS amounts, array_agg(b.so_far ORDER BY b.place) AS sums
            FROM back AS b GROUP BY b.customer_id) AS w
        WHERE a.id = w.customer_id
        RETURNING a.id, a.balance - w.amount AS balance, a.version - w.steps AS version, w.transfers, w.amounts, w.sums
    )
    INSERT INTO app.entries (transfer_id, account_id, amount, balance_after, account_version)
    SELECT b.transfer_id, side.account_id, side.amount, side.balance, side.version
    FROM raised AS r
    CROSS JOIN LATERAL unnest(r.transfers, r.amounts, r.sums) WITH ORDINALITY AS b (transfer_id, amount, so_far, step)
    CROSS JOIN LATERAL (VALUES (payable, -b.amount, NULL::bigint, NULL::integer),
        (r.id, b.amount, r.balance + b.so_far, r.version + b.step)) AS side (account_id, amount, balance, version);
END;
$$;

GRANT EXECUTE ON FUNCTION app.post_refunds TO r_api;
