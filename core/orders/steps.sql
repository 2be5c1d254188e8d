-- Orders: the steps after placing. Each holds for the version that was seen.
-- Python twin: core/orders/steps.py (same names, same order).

-- Move an order one step that has no effect on stock (accepted, ready, out, delivered), and return it.
-- RF404: not your kitchen's.  RF412: it moved on meanwhile (DETAIL: state, version).  RF409: no such step.  RF403: not for your role.
CREATE FUNCTION api.advance_order(command_id uuid, order_id uuid, seen_version integer, state text)
RETURNS api.orders
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET lock_timeout = '5s'
AS $$
DECLARE
    me app.caller := app.enter('kitchen_staff', 'kitchen_manager', 'svc_ordering');
    answer jsonb := app.claim(me, command_id, 'advance_order', jsonb_build_object(
        'order_id', order_id, 'seen_version', seen_version, 'state', state));
BEGIN
    IF answer IS NULL THEN
        IF state IS NULL OR state NOT IN ('accepted', 'ready', 'out', 'delivered') THEN
            PERFORM app.refuse_argument('state', 'Cooking and cancelling have verbs of their own.');
        END IF;
        answer := app.step_order(me, command_id, order_id, seen_version, state, NULL);
        answer := app.finish_order(me, command_id, 'advance_order', answer, NULL, false);
    END IF;
    RETURN jsonb_populate_record(NULL::api.orders, answer);
END;
$$;

GRANT EXECUTE ON FUNCTION api.advance_order TO kitchen_staff, kitchen_manager, svc_ordering;


-- Start cooking an accepted order: what it held leaves the shelf, once. Returns the order.
-- Refuses as advance_order, and RF410 when the shelf no longer holds it (somebody counted less).
CREATE FUNCTION api.start_cooking(command_id uuid, order_id uuid, seen_version integer)
RETURNS api.orders
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET lock_timeout = '5s'
AS $$
DECLARE
    me app.caller := app.enter('kitchen_staff', 'kitchen_manager');
    answer jsonb := app.claim(me, command_id, 'start_cooking', jsonb_build_object('order_id', order_id, 'seen_version', seen_version));
    holds record;
BEGIN
    IF answer IS NULL THEN
        answer := app.step_order(me, command_id, order_id, seen_version, 'preparing', NULL);
        holds := app.held_for(order_id);
        answer := app.finish_order(me, command_id, 'start_cooking', answer, NULL, cardinality(holds.item_ids) > 0);
        PERFORM app.move_for_order(me, command_id, order_id, (answer ->> 'number')::bigint, 'use', holds.item_ids, holds.amounts);
    END IF;
    RETURN jsonb_populate_record(NULL::api.orders, answer);
END;
$$;

GRANT EXECUTE ON FUNCTION api.start_cooking TO kitchen_staff, kitchen_manager;


-- Cancel an order and return it. Before cooking: what it held is given back, and what it paid goes back into the wallet that paid,
-- once, to the kobo. Afterwards no stock and no money moves. A person cancels so many a day and no more.
-- Refuses as advance_order, RF400 without a reason, RF429 above the day's limit, RF423 where money would go back and all of it is frozen. The ordering service cancels what it placed itself.
CREATE FUNCTION api.cancel_order(command_id uuid, order_id uuid, seen_version integer, reason text)
RETURNS api.orders
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET lock_timeout = '5s'
AS $$
DECLARE
    me app.caller := app.enter('svc_ordering', 'kitchen_manager', 'support', 'finance_admin');
    answer jsonb := app.claim(me, command_id, 'cancel_order', jsonb_build_object(
        'order_id', order_id, 'seen_version', seen_version, 'reason', reason));
    holds record;
BEGIN
    IF answer IS NULL THEN
        PERFORM app.check_text('reason', reason, 500);
        answer := app.step_order(me, command_id, order_id, seen_version, 'cancelled', reason);
        holds := app.held_for(order_id);
        answer := app.finish_order(me, command_id, 'cancel_order', answer, reason, cardinality(holds.item_ids) > 0);
        PERFORM app.count_cancel(me);
        PERFORM app.reverse_order(me, command_id, order_id, (answer ->> 'customer_id')::uuid, (answer ->> 'reversed')::bigint);
        PERFORM app.move_for_order(me, command_id, order_id, (answer ->> 'number')::bigint, 'release', holds.item_ids, holds.amounts);
    END IF;
    RETURN jsonb_populate_record(NULL::api.orders, answer);
END;
$$;

GRANT EXECUTE ON FUNCTION api.cancel_order TO svc_ordering, kitchen_manager, support, finance_admin;


-- End a card order whose time to pay is over (a freeze stops that clock): what it held is given back. Returns it. The worker's.
-- RF404: no such order.  RF409: it does not wait for money, or still has time.
CREATE FUNCTION api.expire_order(command_id uuid, order_id uuid)
RETURNS api.orders
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET lock_timeout = '5s'
AS $$
DECLARE
    me app.caller := app.enter('svc_worker');
    answer jsonb := app.claim(me, command_id, 'expire_order', jsonb_build_object('order_id', order_id));
    holds record;
BEGIN
    IF answer IS NULL THEN
        UPDATE app.orders AS o SET state = 'expired', version = o.version + 1, changed_at = clock_timestamp()
        WHERE o.id = expire_order.order_id AND o.state = 'awaiting_payment' AND app.due_by(o.due_at) <= clock_timestamp()
        RETURNING to_jsonb(o) INTO answer;
        IF NOT FOUND THEN
            PERFORM app.refuse_expiry(order_id);
        END IF;
        INSERT INTO app.order_history (order_id, version, state, reason, command_id)
        VALUES (expire_order.order_id, (answer ->> 'version')::integer, 'expired', 'not paid in time', expire_order.command_id);
        holds := app.held_for(order_id);
        answer := app.finish_order(me, command_id, 'expire_order', answer, 'not paid in time', cardinality(holds.item_ids) > 0);
        PERFORM app.move_for_order(me, command_id, order_id, (answer ->> 'number')::bigint, 'release', holds.item_ids, holds.amounts);
    END IF;
    RETURN jsonb_populate_record(NULL::api.orders, answer);
END;
$$;

GRANT EXECUTE ON FUNCTION api.expire_order TO svc_worker;
