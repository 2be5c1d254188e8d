-- Orders: placing one.
-- Python twin: core/orders/place.py (same names, same order).

-- Place an order of a customer at a kitchen, hold what its recipes take, and return it. Arrays run side by side. Paid at once from
-- the customer's wallet, or ('card') waiting for a payment of the same id until due_at, with the stock held.
-- RF400: an empty, uneven or too long basket, a dish named twice, or no such way to pay.  RF404: no such kitchen or customer, or a
-- dish it does not sell.  RF410: not enough left (DETAIL: every item that is short).  RF402, RF423: the wallet, or all money is frozen.  Nothing is kept then.
CREATE FUNCTION api.place_order(command_id uuid, kitchen_id uuid, customer_id uuid, dish_ids uuid[], quantities integer[], note text,
    pay_with text DEFAULT 'wallet')
RETURNS api.placed_orders
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET lock_timeout = '5s'
AS $$
DECLARE
    me app.caller := app.enter('svc_ordering');
    request jsonb := jsonb_build_object('kitchen_id', kitchen_id, 'customer_id', customer_id, 'dish_ids', dish_ids,
        'quantities', quantities, 'note', note)
        -- said only of another way: a client that asked before there was one must get its first answer, and no second order
        || CASE pay_with WHEN 'wallet' THEN '{}' ELSE jsonb_build_object('pay_with', pay_with) END;
    answer jsonb := app.first_answer(me, command_id, 'place_order', request);
    basket record;
BEGIN
    IF answer IS NULL THEN  -- nearly all refusals end at this look, before anything is kept
        basket := app.read_basket(kitchen_id, dish_ids, quantities);
        PERFORM app.check_order(kitchen_id, customer_id, note, pay_with);
        IF NOT (basket.enough AND app.can_pay(customer_id, pay_with, basket.total))
            AND app.first_answer(me, command_id, 'place_order', request) IS NULL THEN  -- its own twin may have it
            PERFORM app.refuse_basket(customer_id, pay_with, basket.total, basket.enough, basket.item_ids, basket.amounts);
        END IF;
        answer := app.claim(me, command_id, 'place_order', request);
    END IF;
    IF answer IS NULL THEN
        answer := app.write_order(command_id, kitchen_id, customer_id, basket.total, note, pay_with);
        INSERT INTO app.order_lines (order_id, dish_id, dish, quantity, unit_price, recipe)
        SELECT place_order.command_id, l.dish_id, l.dish, l.quantity, l.price, l.recipe
        FROM unnest(basket.dish_ids, basket.names, basket.quantities, basket.prices, basket.recipes)
            AS l (dish_id, dish, quantity, price, recipe);
        answer := app.finish_order(me, command_id, 'place_order', answer, NULL, cardinality(basket.item_ids) > 0);
        IF pay_with = 'wallet' THEN
            PERFORM app.pay_order(me, command_id, command_id, customer_id, basket.total);
        END IF;
        PERFORM app.move_for_order(me, command_id, command_id, (answer ->> 'number')::bigint, 'hold', basket.item_ids, basket.amounts);
    END IF;
    RETURN jsonb_populate_record(NULL::api.placed_orders, answer);
END;
$$;

GRANT EXECUTE ON FUNCTION api.place_order TO svc_ordering;
