-- Payments and wallets: the parts that several verbs share. Runs inside the verbs, as r_api.

-- Write a payment that waits for the provider: audit row, outbox row, answer.
CREATE FUNCTION app.ask_payment(me app.caller, command_id uuid, verb text, customer uuid, order_id uuid, amount bigint) RETURNS jsonb
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    asked jsonb;
BEGIN
    INSERT INTO app.payments AS p (id, customer_id, order_id, amount)
    VALUES (command_id, customer, ask_payment.order_id, ask_payment.amount) RETURNING to_jsonb(p) INTO asked;
    PERFORM app.record(me, command_id, verb, 'payments', command_id, NULL, NULL, NULL,
        jsonb_build_object('state', 'pending', 'amount', ask_payment.amount, 'order', ask_payment.order_id));
    RETURN app.answer(command_id, asked);
END;
$$;


-- Refuse RF404 when there is no such customer, or not any more.
CREATE FUNCTION app.check_customer(customer uuid) RETURNS void
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM app.customers AS c WHERE c.id = customer AND c.active) THEN
        RAISE EXCEPTION 'There is no such customer.' USING ERRCODE = 'RF404';
    END IF;
END;
$$;


-- Refuse (RF400) an answer of the provider that is not whole.
CREATE FUNCTION app.check_settlement(is_paid boolean, amount bigint, currency text, provider_id text) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    IF is_paid IS NULL OR is_paid AND (amount IS NULL OR currency IS NULL OR provider_id IS NULL) THEN
        PERFORM app.refuse_argument('is_paid', 'A payment that was made has an amount, a currency and the provider''s id.');
    END IF;
    IF currency !~ '^[A-Za-z]{0,10}$' THEN
        PERFORM app.refuse_argument('currency', 'A currency is a short code like NGN.');
    ELSIF provider_id IS NOT NULL THEN
        PERFORM app.check_text('provider_id', provider_id, 100);
    END IF;
END;
$$;


-- End a payment by what the provider answered, and give it; null when there is none, or it ended already.
-- Refuses (RF422) an id of the provider that is another payment's. A handler, because of two at once only the write finds that out.
CREATE FUNCTION app.end_payment(payment_id uuid, is_paid boolean, amount bigint, currency text, provider_id text) RETURNS jsonb
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    ended jsonb;
BEGIN
    UPDATE app.payments AS p
    SET state = CASE WHEN NOT is_paid THEN 'failed' WHEN p.amount = end_payment.amount AND currency = 'NGN' THEN 'success' ELSE 'mismatch' END,
        provider_id = coalesce(end_payment.provider_id, p.provider_id), version = p.version + 1, settled_at = clock_timestamp()
    WHERE p.id = payment_id AND (p.state = 'pending' OR p.state = 'failed' AND is_paid)
    RETURNING to_jsonb(p) INTO ended;
    RETURN ended;
EXCEPTION WHEN unique_violation THEN
    RAISE LOG 'security: % settled payment % with the provider''s id of another', session_user, payment_id;
    RAISE EXCEPTION 'The provider''s id belongs to another payment.' USING ERRCODE = 'RF422', DETAIL = jsonb_build_object('why', 'used');
END;
$$;


-- Say why a payment did not end now.
CREATE FUNCTION app.refuse_payment(payment_id uuid) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    found_state text;
BEGIN
    SELECT p.state INTO found_state FROM app.payments AS p WHERE p.id = payment_id;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'There is no such payment.' USING ERRCODE = 'RF404';
    END IF;
    RAISE EXCEPTION 'This payment ended already: %.', found_state USING ERRCODE = 'RF409', DETAIL = jsonb_build_object('from', found_state);
END;
$$;


-- Put the money of a payment into its wallet, and pay the order it was for from there if that still waits in time
-- (and the wallet is not frozen: then the money stays in it). The order is locked before the wallet, as everywhere; once the
-- wallet is, nobody freezes it any more.
CREATE FUNCTION app.credit_payment(me app.caller, command_id uuid, payment jsonb) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    customer uuid := payment ->> 'customer_id';
    amount bigint := payment ->> 'amount';
    paid_order jsonb;
BEGIN
    PERFORM FROM app.orders AS o WHERE o.id = (payment ->> 'order_id')::uuid FOR NO KEY UPDATE;
    PERFORM app.post_transfer('top_up', 'payment:' || (payment ->> 'id'), NULL, command_id, me.person_id,
        ARRAY[app.account_of('clearing'), customer], ARRAY[-amount, amount]);
    UPDATE app.orders AS o SET state = 'placed', version = o.version + 1, paid = o.total, changed_at = clock_timestamp(),
        promised_at = clock_timestamp() + (SELECT s.cook_within FROM app.settings AS s)  -- nobody cooks before it is paid
    WHERE o.id = (payment ->> 'order_id')::uuid AND o.state = 'awaiting_payment' AND app.due_by(o.due_at) > clock_timestamp()
        AND EXISTS (SELECT FROM app.accounts AS a WHERE a.customer_id = customer AND a.frozen_at IS NULL)
    RETURNING to_jsonb(o) INTO paid_order;
    IF paid_order IS NOT NULL THEN
        INSERT INTO app.order_history (order_id, version, state, command_id)
        VALUES ((paid_order ->> 'id')::uuid, (paid_order ->> 'version')::integer, 'placed', credit_payment.command_id);
        INSERT INTO app.outbox (noun, object_id, kitchen_id)
        VALUES ('orders', (paid_order ->> 'id')::uuid, (paid_order ->> 'kitchen_id')::uuid);
        PERFORM app.pay_order(me, command_id, (paid_order ->> 'id')::uuid, customer, amount);
    END IF;
    INSERT INTO app.outbox (noun, object_id) VALUES ('wallets', customer);
END;
$$;


-- Give a wallet in the shape of api.wallets.
CREATE FUNCTION app.wallet_row(customer uuid) RETURNS jsonb
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp
BEGIN ATOMIC
    SELECT to_jsonb(a) || jsonb_build_object('customer', c.name, 'frozen_by', p.name)
    FROM app.accounts AS a
    JOIN app.customers AS c ON c.id = a.customer_id
    LEFT JOIN app.people AS p ON p.id = a.frozen_by
    WHERE a.customer_id = wallet_row.customer;
END;


-- Finish a change of a wallet: audit row, outbox row, answer. The trail says frozen or not, never whose name.
CREATE FUNCTION app.finish_wallet(me app.caller, command_id uuid, verb text, customer uuid, reason text) RETURNS jsonb
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    after jsonb := app.wallet_row(customer);
BEGIN
    PERFORM app.record(me, command_id, verb, 'wallets', customer, NULL, reason, jsonb_build_object('frozen', after -> 'frozen_at' = 'null'),
        jsonb_build_object('frozen', after -> 'frozen_at' <> 'null', 'balance', after -> 'balance'));
    RETURN app.answer(command_id, after);
END;
$$;


-- Say why a wallet was not frozen or released.
CREATE FUNCTION app.refuse_freeze(customer uuid, message text) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM app.accounts AS a WHERE a.customer_id = customer) THEN
        RAISE EXCEPTION 'There is no such customer.' USING ERRCODE = 'RF404';
    END IF;
    RAISE EXCEPTION '%', message USING ERRCODE = 'RF409';
END;
$$;
