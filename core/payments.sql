-- Payments: attempts to take money from outside. Each has one reference, its id, and ends once.
-- Python twin: core/payments.py (same names, same order).

CREATE VIEW api.payments WITH (security_barrier) AS
SELECT p.id, p.customer_id, p.order_id, p.amount::bigint AS amount, p.state, p.provider_id, p.version, p.created_at, p.settled_at
FROM app.payments AS p;

GRANT SELECT ON api.payments TO support, finance_admin, owner_admin, auditor, svc_worker;


-- Ask for money for a customer's wallet and return the payment, which waits for the provider. Nothing has moved.
-- RF400: the amount is not above zero or too much.  RF404: no such customer.  RF423: all money is frozen (nobody is asked for what could not
-- be credited).
CREATE FUNCTION api.create_payment(command_id uuid, customer_id uuid, amount bigint)
RETURNS api.payments
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET lock_timeout = '5s'
AS $$
DECLARE
    me app.caller := app.enter('svc_ordering');
    answer jsonb := app.claim(me, command_id, 'create_payment', jsonb_build_object('customer_id', customer_id, 'amount', amount));
BEGIN
    IF answer IS NULL THEN
        PERFORM app.check_amount(amount), app.check_customer(customer_id), app.check_money_moves();
        answer := app.ask_payment(me, command_id, 'create_payment', customer_id, NULL, amount);
    END IF;
    RETURN jsonb_populate_record(NULL::api.payments, answer);
END;
$$;

GRANT EXECUTE ON FUNCTION api.create_payment TO svc_ordering;


-- End a payment by what the provider answered for its reference, once, and return it. The worker's.
-- Paid as asked (amount, naira): the wallet is credited; the order it was for is paid from there if it still waits, else the money
-- stays in the wallet. Paid otherwise: `mismatch`, nothing is credited. Not paid: `failed`. A payment that failed may still succeed.
-- RF404: no such payment.  RF409: it ended already.  RF422: the provider's id belongs to another payment.  RF400: something is missing.
-- RF423: all money is frozen: nothing is kept of a payment that was made; ask again with the same id after the release.
CREATE FUNCTION api.settle_payment(command_id uuid, payment_id uuid, is_paid boolean, amount bigint, currency text, provider_id text)
RETURNS api.payments
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET lock_timeout = '5s'
AS $$
DECLARE
    me app.caller := app.enter('svc_worker');
    answer jsonb := app.claim(me, command_id, 'settle_payment', jsonb_build_object(
        'payment_id', payment_id, 'is_paid', is_paid, 'amount', amount, 'currency', currency, 'provider_id', provider_id));
    before jsonb;
BEGIN
    IF answer IS NULL THEN
        PERFORM app.check_settlement(is_paid, amount, currency, provider_id);
        SELECT jsonb_build_object('state', p.state) INTO before FROM app.payments AS p WHERE p.id = payment_id FOR NO KEY UPDATE;
        answer := app.end_payment(payment_id, is_paid, amount, currency, provider_id);
        IF answer IS NULL THEN
            PERFORM app.refuse_payment(payment_id);
        END IF;
        PERFORM app.record(me, command_id, 'settle_payment', 'payments', payment_id, NULL, NULL, before,
            jsonb_build_object('state', answer -> 'state', 'amount', amount, 'currency', currency, 'provider_id', provider_id));
        answer := app.answer(command_id, answer);
        IF answer ->> 'state' = 'success' THEN
            PERFORM app.credit_payment(me, command_id, answer);
        END IF;
    END IF;
    RETURN jsonb_populate_record(NULL::api.payments, answer);
END;
$$;

GRANT EXECUTE ON FUNCTION api.settle_payment TO svc_worker;
