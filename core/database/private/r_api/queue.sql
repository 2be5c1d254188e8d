-- The order queue: small parts of its verbs. Runs inside them, as r_api.

-- Give an order that is being prepared in the caller's kitchen and has this dish. Locks it, so that it is not finished meanwhile.
-- Refuses RF404 and RF409.
CREATE FUNCTION app.order_in_preparation(order_id uuid, dish_id uuid) RETURNS jsonb
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    found_order jsonb;
BEGIN
    SELECT to_jsonb(o) INTO found_order
    FROM app.orders AS o JOIN app.order_lines AS l ON l.order_id = o.id AND l.dish_id = order_in_preparation.dish_id
    WHERE o.id = order_in_preparation.order_id AND o.kitchen_id = ANY (app.visible_kitchens()) FOR NO KEY UPDATE OF o;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'There is no such dish in an order of your kitchen.' USING ERRCODE = 'RF404';
    ELSIF found_order ->> 'state' <> 'preparing' THEN
        RAISE EXCEPTION 'Order % is %, not being prepared.', found_order ->> 'number', found_order ->> 'state'
            USING ERRCODE = 'RF409', DETAIL = jsonb_build_object('from', found_order -> 'state', 'to', 'preparing');
    END IF;
    RETURN found_order;
END;
$$;


-- Say why an order was not ended for want of money.
CREATE FUNCTION app.refuse_expiry(order_id uuid) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    found_state text;
BEGIN
    SELECT o.state INTO found_state FROM app.orders AS o WHERE o.id = refuse_expiry.order_id;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'There is no such order.' USING ERRCODE = 'RF404';
    END IF;
    RAISE EXCEPTION 'This order does not wait for money, or still has time.'
        USING ERRCODE = 'RF409', DETAIL = jsonb_build_object('from', found_state, 'to', 'expired');
END;
$$;
