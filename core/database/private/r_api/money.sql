-- Money: the parts that several verbs share. Runs inside the verbs, as r_api.

-- Give the day that it is in Lagos at a moment: one hour before UTC all year, whatever zone the caller has set.
CREATE FUNCTION app.lagos_day(at timestamptz) RETURNS date
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, pg_temp
RETURN ((at AT TIME ZONE 'UTC') + interval '1 hour')::date;


-- Give how many seconds are left of a day in Lagos.
CREATE FUNCTION app.seconds_left(day date) RETURNS integer
LANGUAGE sql VOLATILE SET search_path = pg_catalog, pg_temp
RETURN ceil(extract(epoch FROM day + interval '23 hours' - (clock_timestamp() AT TIME ZONE 'UTC')));


-- Give one of the company's own accounts by its code. A customer's wallet has the customer's id.
CREATE FUNCTION app.account_of(code text) RETURNS uuid
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp
BEGIN ATOMIC
    SELECT a.id FROM app.accounts AS a WHERE a.code = account_of.code;
END;


-- Give the most that one payment may be, in kobo.
CREATE FUNCTION app.most_at_once() RETURNS bigint
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, pg_temp
RETURN 100000000;


-- Check an amount of money from outside: whole kobo above zero, at most one million naira at a time. Refuses RF400.
CREATE FUNCTION app.check_amount(amount bigint) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    IF amount IS NULL OR amount NOT BETWEEN 1 AND app.most_at_once() THEN
        PERFORM app.refuse_argument('amount', 'The amount is above zero and at most ₦1,000,000.00.');
    END IF;
END;
$$;


-- Take what an order costs from its customer's wallet. Refuses RF402 and RF423.
CREATE FUNCTION app.pay_order(me app.caller, command_id uuid, order_id uuid, customer uuid, total bigint) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    PERFORM app.post_transfer('payment', 'order:' || order_id, order_id, command_id, me.person_id,
        ARRAY[customer, app.account_of('payable')], ARRAY[-total, total]);
    INSERT INTO app.outbox (noun, object_id) VALUES ('wallets', customer);
END;
$$;


-- Give back what an order paid and did not get back yet, into the wallet that paid, once. Nothing to give back: nothing happens.
CREATE FUNCTION app.reverse_order(me app.caller, command_id uuid, order_id uuid, customer uuid, amount bigint) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    IF amount > 0 THEN
        PERFORM app.post_transfer('reversal', 'cancel:' || order_id, order_id, command_id, me.person_id,
            ARRAY[customer, app.account_of('payable')], ARRAY[amount, -amount]);
        INSERT INTO app.outbox (noun, object_id) VALUES ('wallets', customer);
    END IF;
END;
$$;


-- Count one more cancelled order of a person today (Lagos), in a row that is locked. Refuses RF429 above the limit.
CREATE FUNCTION app.count_cancel(me app.caller) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    today date := app.lagos_day(clock_timestamp());
BEGIN
    IF me.person_id IS NULL THEN
        RETURN;
    END IF;
    INSERT INTO app.day_counters (person_id, day) VALUES (me.person_id, today) ON CONFLICT DO NOTHING;
    UPDATE app.day_counters AS d SET cancels = d.cancels + 1
    WHERE d.person_id = me.person_id AND d.day = today AND d.cancels < (SELECT s.cancels_a_day FROM app.settings AS s);
    IF NOT FOUND THEN
        RAISE EXCEPTION 'You have cancelled as many orders today as one person may. Ask somebody else.'
            USING ERRCODE = 'RF429', DETAIL = jsonb_build_object('seconds', app.seconds_left(today));
    END IF;
END;
$$;
