-- Customers: who orders. Their phone is shown masked.
-- Python twin: core/customers.py (same names, same order).

CREATE VIEW api.customers WITH (security_barrier) AS
SELECT c.id, c.name, left(c.phone, 7) || '••••' || right(c.phone, 2) AS phone, c.active
FROM app.customers AS c;

GRANT SELECT ON api.customers TO support, finance_admin, owner_admin, auditor;

-- For the office, which sees all customers (no barrier: decision 11): each with the wallet, and what was ordered and refunded so far. That is
-- counted for the rows that are shown alone, by the index of a customer's orders.
CREATE VIEW api.customer_list AS
SELECT c.id, c.name, c.sort_name, left(c.phone, 7) || '••••' || right(c.phone, 2) AS phone, c.active, a.balance::bigint AS balance, a.frozen_at,
    bought.orders, bought.last_order_at, bought.refunds, bought.refunded
FROM app.customers AS c
JOIN app.accounts AS a ON a.customer_id = c.id
CROSS JOIN LATERAL (
    SELECT count(*) AS orders, max(o.placed_at) AS last_order_at, count(*) FILTER (WHERE o.refunded > 0) AS refunds,
        coalesce(sum(o.refunded), 0)::bigint AS refunded
    FROM app.orders AS o WHERE o.customer_id = c.id
) AS bought;

GRANT SELECT ON api.customer_list TO support, finance_admin, owner_admin, auditor;

-- What customers ordered, with what was paid and what went back. For the office (no barrier: decision 11).
CREATE VIEW api.customer_orders AS
SELECT o.customer_id, o.id, o.number, k.name AS kitchen, o.state, o.total::bigint AS total, o.paid::bigint AS paid, o.reversed::bigint AS reversed,
    o.refunded::bigint AS refunded, o.placed_at
FROM app.orders AS o JOIN app.kitchens AS k ON k.id = o.kitchen_id;

GRANT SELECT ON api.customer_orders TO support, finance_admin, owner_admin, auditor;


-- Write down a customer, with an empty wallet, and return the row.
-- RF400: the name cannot be stored, or the phone is not in international form (+234…).
CREATE FUNCTION api.create_customer(command_id uuid, name text, phone text)
RETURNS api.customers
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET lock_timeout = '5s'
AS $$
DECLARE
    me app.caller := app.enter('svc_ordering', 'support');
    answer jsonb := app.claim(me, command_id, 'create_customer', jsonb_build_object('name', name, 'phone', phone));
BEGIN
    IF answer IS NULL THEN
        PERFORM app.check_text('name', name, 120);
        IF phone IS NULL OR phone !~ '^\+[1-9][0-9]{7,14}$' THEN
            PERFORM app.refuse_argument('phone', 'Write the phone number like +2348031234567.');
        END IF;
        INSERT INTO app.customers (id, name, phone) VALUES (command_id, create_customer.name, create_customer.phone);
        PERFORM app.open_wallet(command_id);
        PERFORM app.record(me, command_id, 'create_customer', 'customers', command_id, NULL, NULL, NULL, '{"active": true}');
        answer := app.answer(command_id, jsonb_build_object('id', command_id, 'name', name,
            'phone', left(phone, 7) || '••••' || right(phone, 2), 'active', true));
    END IF;
    RETURN jsonb_populate_record(NULL::api.customers, answer);
END;
$$;

GRANT EXECUTE ON FUNCTION api.create_customer TO svc_ordering, support;


-- Find the customers who have this phone number, given in full, and return up to 100 of them with it masked: to whoever asks once more under the
-- same id, when the line that somebody searched is committed. The first call looks nobody up: whatever it knew, a ROLLBACK would take the line
-- and the token back and leave the answer, be it from the trail or from the server's own counts of rows that were read.
-- A verb and not a column to filter by, because it leaks least: a digest of the number in a view is turned back in seconds (there are few
-- numbers), and a filter inside a view could be asked a million times. Here each guess takes tokens of the person's budget and leaves a line
-- in the trail, and one more with the customer who was found; never the number. A line answers for ten minutes: later a number could be watched by it.
-- RF400: the phone is not in international form (+234…).  RF422: the search is older than that.
CREATE FUNCTION api.find_customers(search_id uuid, phone text)
RETURNS SETOF api.customers
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET lock_timeout = '5s'
AS $$
DECLARE
    me app.caller := app.enter('support', 'finance_admin', 'owner_admin', 'auditor');
    answer jsonb := app.claim(me, search_id, 'find_customers', jsonb_build_object('phone', phone));
    found uuid[] := ARRAY(SELECT f::uuid FROM jsonb_array_elements_text(answer -> 'found') AS f);
    line record;
BEGIN
    IF phone IS NULL OR phone !~ '^\+[1-9][0-9]{7,14}$' THEN
        PERFORM app.refuse_argument('phone', 'Write the phone number like +2348031234567.');
    ELSIF answer IS NULL THEN
        PERFORM app.append_audit(me.person_id, search_id, 'find_customers', 'customers', NULL, NULL, NULL, NULL, NULL);
        PERFORM app.answer(search_id, '{}');
        RETURN;
    END IF;
    SELECT a.xid, a.at BETWEEN clock_timestamp() - interval '10 minutes' AND clock_timestamp() + interval '1 minute' AS is_fresh
    INTO line FROM app.audit_events AS a WHERE a.command_id = search_id AND a.action = 'find_customers';
    IF line.is_fresh IS NOT TRUE THEN
        RAISE EXCEPTION 'This search is over ten minutes old. Search again.' USING ERRCODE = 'RF422', DETAIL = '{"why": "old"}';
    ELSIF answer = '{}' AND line.xid <> pg_current_xact_id() THEN
        found := ARRAY(SELECT c.id FROM app.customers AS c WHERE c.phone = find_customers.phone ORDER BY c.id LIMIT 100);
        PERFORM app.answer(search_id, jsonb_build_object('found', found));
        IF cardinality(found) > 0 THEN
            PERFORM app.append_audit(me.person_id, search_id, 'tell_customers', 'customers', found[1], NULL, NULL, NULL,
                jsonb_build_object('found', cardinality(found)));
        END IF;
    END IF;
    RETURN QUERY SELECT c.id, c.name, left(c.phone, 7) || '••••' || right(c.phone, 2), c.active
        FROM app.customers AS c WHERE c.id = ANY (found) ORDER BY c.sort_name, c.id;
END;
$$;

GRANT EXECUTE ON FUNCTION api.find_customers TO support, finance_admin, owner_admin, auditor;


-- Show a customer's whole phone number, for a reason: reading it is a line of the trail, which never holds the number, and neither does the kept
-- answer. Returns the customer: masked the first time, in full to whoever asks once more under the same id, when the line is committed. Told
-- at once, a ROLLBACK would take the line and the token back and leave the number.
-- RF400: no reason.  RF404: no such customer.
CREATE FUNCTION api.reveal_phone(command_id uuid, customer_id uuid, reason text)
RETURNS api.customers
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET lock_timeout = '5s'
AS $$
DECLARE
    me app.caller := app.enter('support', 'finance_admin', 'owner_admin');
    answer jsonb := app.claim(me, command_id, 'reveal_phone', jsonb_build_object('customer_id', customer_id, 'reason', reason));
    revealed api.customers;
BEGIN
    IF answer IS NULL THEN
        PERFORM app.check_text('reason', reason, 500);
        PERFORM FROM app.customers AS c WHERE c.id = customer_id;
        IF NOT FOUND THEN
            RAISE EXCEPTION 'There is no such customer.' USING ERRCODE = 'RF404';
        END IF;
        PERFORM app.record(me, command_id, 'reveal_phone', 'customers', customer_id, NULL, reason, NULL, NULL);
        PERFORM app.answer(command_id, jsonb_build_object('id', customer_id));
    END IF;
    SELECT c.id, c.name, CASE WHEN EXISTS (SELECT FROM app.audit_events AS a
            WHERE a.command_id = reveal_phone.command_id AND a.action = 'reveal_phone' AND a.xid <> pg_current_xact_id())
        THEN c.phone ELSE left(c.phone, 7) || '••••' || right(c.phone, 2) END, c.active
    INTO revealed FROM app.customers AS c WHERE c.id = customer_id;
    RETURN revealed;
END;
$$;

GRANT EXECUTE ON FUNCTION api.reveal_phone TO support, finance_admin, owner_admin;
