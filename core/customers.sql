-- Customers: who orders. Their phone is shown masked.
-- Python twin: core/customers.py (same names, same order).

CREATE VIEW api.customers WITH (security_barrier) AS
SELECT c.id, c.name, left(c.phone, 7) || '••••' || right(c.phone, 2) AS phone, c.active
FROM app.customers AS c;

GRANT SELECT ON api.customers TO support, finance_admin, owner_admin, auditor;


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
