-- Refunds: running what was confirmed, and deciding that none is due.
-- Python twin: core/refunds/run.py (same names, same order).

-- Run the next lines of a refund, up to 500, and return how many. None when it was stopped, or has none left. The worker's.
-- RF404: no such proposal.
CREATE FUNCTION api.run_refund(proposal_id uuid)
RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET lock_timeout = '5s'
AS $$
DECLARE
    me app.caller := app.enter('svc_worker');
    p app.proposals := app.lock_proposal(proposal_id);
BEGIN
    IF p.kind <> 'refund' OR p.state <> 'running' THEN
        RETURN 0;
    END IF;
    RETURN app.run_refund(me, p);
END;
$$;

GRANT EXECUTE ON FUNCTION api.run_refund TO svc_worker;


-- Decide that an order of api.refund_cases needs no refund, and why, and return its id; it is no longer put forward.
-- RF404: no such order.  RF409: it waits for no decision, or somebody decided already.  RF400: no reason.
CREATE FUNCTION api.dismiss_case(command_id uuid, order_id uuid, reason text)
RETURNS api.dismissed_cases
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET lock_timeout = '5s'
AS $$
DECLARE
    me app.caller := app.enter('support', 'finance_admin', 'owner_admin');
    answer jsonb := app.claim(me, command_id, 'dismiss_case', jsonb_build_object('order_id', order_id, 'reason', reason));
BEGIN
    IF answer IS NULL THEN
        PERFORM app.check_reason(NULL, NULL, reason);
        IF NOT EXISTS (SELECT FROM app.orders AS o WHERE o.id = dismiss_case.order_id) THEN
            RAISE EXCEPTION 'There is no such order.' USING ERRCODE = 'RF404';
        ELSIF NOT app.is_case(order_id) THEN
            RAISE EXCEPTION 'This order waits for no decision, or somebody decided already.' USING ERRCODE = 'RF409';
        END IF;
        INSERT INTO app.dismissed_cases AS d (order_id, person_id, reason) VALUES (dismiss_case.order_id, me.person_id, dismiss_case.reason)
        RETURNING to_jsonb(d) || jsonb_build_object('by', me.name) INTO answer;
        PERFORM app.record(me, command_id, 'dismiss_case', 'refunds', order_id, NULL, reason, NULL, NULL);
        PERFORM app.answer(command_id, answer);
    END IF;
    RETURN jsonb_populate_record(NULL::api.dismissed_cases, answer);
END;
$$;

GRANT EXECUTE ON FUNCTION api.dismiss_case TO support, finance_admin, owner_admin;
