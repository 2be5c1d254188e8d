-- Orders: the kitchen's queue, where what is cooked is followed dish by dish and a wrong step is taken back.
-- Python twin: core/orders/queue.py (same names, same order).

-- Take the newest step of an order back (accepted, ready or out; never over the start of cooking) and return it.
-- Refuses as advance_order, and RF403 after two minutes, when somebody else took it and you are no manager, or when it was a step back.
CREATE FUNCTION api.recall_order(command_id uuid, order_id uuid, seen_version integer)
RETURNS api.orders
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET lock_timeout = '5s'
AS $$
DECLARE
    me app.caller := app.enter('kitchen_staff', 'kitchen_manager');
    answer jsonb := app.claim(me, command_id, 'recall_order', jsonb_build_object('order_id', order_id, 'seen_version', seen_version));
    back text;
BEGIN
    IF answer IS NULL THEN
        SELECT e.dst INTO back FROM app.orders AS o JOIN app.order_edges AS e ON e.src = o.state AND e.recall WHERE o.id = recall_order.order_id;
        answer := app.step_order(me, command_id, order_id, seen_version, coalesce(back, 'placed'), 'recalled', true);
        answer := app.finish_order(me, command_id, 'recall_order', answer, 'recalled', false);
    END IF;
    RETURN jsonb_populate_record(NULL::api.orders, answer);
END;
$$;

GRANT EXECUTE ON FUNCTION api.recall_order TO kitchen_staff, kitchen_manager;


-- Say that one dish of an order that is being prepared is ready, or not ready after all, and return the order.
-- RF404: not your kitchen's, or no such dish in it.  RF409: it is not being prepared.  RF400: neither ready nor not.
CREATE FUNCTION api.mark_dish_ready(command_id uuid, order_id uuid, dish_id uuid, is_ready boolean)
RETURNS api.orders
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET lock_timeout = '5s'
AS $$
DECLARE
    me app.caller := app.enter('kitchen_staff', 'kitchen_manager');
    answer jsonb := app.claim(me, command_id, 'mark_dish_ready', jsonb_build_object(
        'order_id', order_id, 'dish_id', dish_id, 'is_ready', is_ready));
BEGIN
    IF answer IS NULL THEN
        IF is_ready IS NULL THEN
            PERFORM app.refuse_argument('is_ready', 'Say whether the dish is ready.');
        END IF;
        answer := app.order_in_preparation(order_id, dish_id);
        IF is_ready THEN
            INSERT INTO app.ready_dishes (order_id, dish_id) VALUES (mark_dish_ready.order_id, mark_dish_ready.dish_id) ON CONFLICT DO NOTHING;
        ELSE
            DELETE FROM app.ready_dishes AS r WHERE r.order_id = mark_dish_ready.order_id AND r.dish_id = mark_dish_ready.dish_id;
        END IF;
        PERFORM app.record(me, command_id, 'mark_dish_ready', 'orders', order_id, (answer ->> 'kitchen_id')::uuid, NULL, NULL,
            jsonb_build_object('dish', dish_id, 'ready', is_ready));
        PERFORM app.answer(command_id, answer);
    END IF;
    RETURN jsonb_populate_record(NULL::api.orders, answer);
END;
$$;

GRANT EXECUTE ON FUNCTION api.mark_dish_ready TO kitchen_staff, kitchen_manager;
