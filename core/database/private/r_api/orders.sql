-- Orders: the parts that several verbs share. Runs inside the verbs, as r_api.

-- Look, without a lock, at what a basket costs and takes: prices and recipes as they are now, and whether the shelf has it.
-- All arrays run in the order of their ids. Refuses RF400 (basket) and RF404 (a dish of another kitchen, or not sold).
CREATE FUNCTION app.read_basket(kitchen uuid, INOUT dish_ids uuid[], INOUT quantities integer[],
    OUT names text[], OUT prices bigint[], OUT recipes integer[], OUT total bigint, OUT item_ids uuid[], OUT amounts bigint[], OUT enough boolean)
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    asked integer := cardinality(dish_ids);
BEGIN
    PERFORM app.check_basket(dish_ids, quantities);
    SELECT array_agg(d.id ORDER BY d.id), array_agg(l.quantity ORDER BY d.id), array_agg(d.name ORDER BY d.id),
        array_agg(d.price ORDER BY d.id), array_agg(d.recipe ORDER BY d.id), sum(d.price * l.quantity)
    INTO dish_ids, quantities, names, prices, recipes, total
    FROM unnest(dish_ids, quantities) AS l (dish_id, quantity)
    JOIN app.dishes AS d ON d.id = l.dish_id AND d.kitchen_id = kitchen AND d.active;
    IF coalesce(cardinality(dish_ids), 0) <> asked THEN
        RAISE EXCEPTION 'A dish of this order is not sold by this kitchen.' USING ERRCODE = 'RF404';
    ELSIF total > 100000000000 THEN
        PERFORM app.refuse_argument('quantities', 'This order costs more than one order may.');
    END IF;
    SELECT coalesce(array_agg(need.item_id ORDER BY need.item_id), '{}'), coalesce(array_agg(need.amount ORDER BY need.item_id), '{}'),
        coalesce(bool_and(s.on_hand - s.held >= need.amount), true)
    INTO item_ids, amounts, enough
    FROM (
        SELECT r.item_id, sum(r.quantity * l.quantity)::bigint AS amount
        FROM unnest(dish_ids, quantities, recipes) AS l (dish_id, quantity, recipe)
        JOIN app.recipes AS r ON r.dish_id = l.dish_id AND r.recipe = l.recipe
        GROUP BY r.item_id
    ) AS need JOIN app.stock_items AS s ON s.id = need.item_id;
END;
$$;


-- Refuse (RF400) a basket that is empty, uneven, too long, names a dish twice, or asks for less than one portion.
CREATE FUNCTION app.check_basket(dish_ids uuid[], quantities integer[]) RETURNS void
LANGUAGE plpgsql IMMUTABLE SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    IF coalesce(cardinality(dish_ids), 0) = 0 THEN
        PERFORM app.refuse_argument('dish_ids', 'An order needs at least one dish.');
    ELSIF cardinality(dish_ids) IS DISTINCT FROM cardinality(quantities) OR array_ndims(dish_ids) > 1 OR array_ndims(quantities) > 1 THEN
        PERFORM app.refuse_argument('quantities', 'Each dish of an order needs its quantity.');
    ELSIF cardinality(dish_ids) > 100 THEN
        PERFORM app.refuse_argument('dish_ids', 'An order holds at most 100 dishes.');
    ELSIF EXISTS (SELECT FROM unnest(quantities) AS q (quantity) WHERE q.quantity IS NULL OR q.quantity NOT BETWEEN 1 AND 10000) THEN
        PERFORM app.refuse_argument('quantities', 'The quantity of a dish is between 1 and 10,000.');
    ELSIF (SELECT count(DISTINCT d.id) FROM unnest(dish_ids) AS d (id)) <> cardinality(dish_ids) THEN
        PERFORM app.refuse_argument('dish_ids', 'Each dish is named once in an order. Add up its quantity.');
    END IF;
END;
$$;


-- Hold, use or release what an order takes, item by item in the order of their ids (the house's lock order, so no two
-- orders can wait for each other), and write the movements. Refuses RF410 with all the short items at once.
CREATE FUNCTION app.move_for_order(
    me app.caller, command_id uuid, order_id uuid, order_number bigint, kind text, item_ids uuid[], amounts bigint[]) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    FOR n IN 1 .. cardinality(item_ids) LOOP  -- a loop on purpose: one guarded UPDATE per row keeps the lock order ours
        UPDATE app.stock_items AS s
        SET on_hand = s.on_hand - CASE kind WHEN 'use' THEN amounts[n] ELSE 0 END,
            held = s.held + CASE kind WHEN 'hold' THEN amounts[n] ELSE -amounts[n] END,
            version = s.version + (kind = 'use')::integer,
            movements = s.movements + 1
        WHERE s.id = item_ids[n]
            AND CASE kind WHEN 'hold' THEN s.on_hand - s.held >= amounts[n] WHEN 'use' THEN s.on_hand >= amounts[n] ELSE true END;
        IF NOT FOUND THEN
            PERFORM app.refuse_short(kind, item_ids, amounts);
        END IF;
    END LOOP;
    PERFORM app.write_movements(me, command_id, item_ids, kind, order_id, order_number, NULL, NULL, '');
END;
$$;


-- Refuse RF410: name every item that is short, with what is there (for 'hold' what is not held yet) and what was wanted.
CREATE FUNCTION app.refuse_short(kind text, item_ids uuid[], amounts bigint[]) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    shorts jsonb;
    names text;
BEGIN
    SELECT jsonb_agg(jsonb_build_object('item', s.id, 'name', s.name, 'available', there.amount, 'wanted', need.amount) ORDER BY s.name),
        string_agg(s.name, ', ' ORDER BY s.name)
    INTO shorts, names
    FROM unnest(item_ids, amounts) AS need (item_id, amount)
    JOIN app.stock_items AS s ON s.id = need.item_id
    CROSS JOIN LATERAL (SELECT CASE kind WHEN 'hold' THEN greatest(s.on_hand - s.held, 0) ELSE s.on_hand END) AS there (amount)
    WHERE there.amount < need.amount;
    RAISE EXCEPTION '%', CASE kind
        WHEN 'use' THEN format('The shelf does not hold enough for this order: %s. Count it first.', coalesce(names, 'it was taken a moment ago'))
        ELSE format('Not enough left: %s.', coalesce(names, 'it was taken a moment ago')) END
        USING ERRCODE = 'RF410', DETAIL = jsonb_build_object('items', coalesce(shorts, '[]'));
END;
$$;


-- Walk one edge: state, version, history. Gives the order. Refuses RF404, RF412 (moved on meanwhile), RF409 (no such edge)
-- and RF403 (not for this role, or an order that another service placed).
CREATE FUNCTION app.step_order(me app.caller, command_id uuid, order_id uuid, seen_version integer, to_state text, reason text)
RETURNS jsonb
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    stepped jsonb;
BEGIN
    UPDATE app.orders AS o
    SET state = to_state, version = o.version + 1, changed_at = clock_timestamp()
    WHERE o.id = step_order.order_id AND o.kitchen_id = ANY (app.visible_kitchens()) AND o.version = seen_version
        AND EXISTS (SELECT FROM app.order_edges AS e WHERE e.src = o.state AND e.dst = to_state AND me.role = ANY (e.who))
        AND (me.role <> 'svc_ordering' OR o.placed_by = me.login)
    RETURNING to_jsonb(o) INTO stepped;
    IF NOT FOUND THEN
        PERFORM app.refuse_step(step_order.order_id, seen_version, to_state);
    END IF;
    INSERT INTO app.order_history (order_id, version, state, reason, person_id, command_id)
    VALUES (step_order.order_id, seen_version + 1, to_state, step_order.reason, me.person_id, step_order.command_id);
    RETURN stepped;
END;
$$;


-- Say why an order was not moved.
CREATE FUNCTION app.refuse_step(order_id uuid, seen_version integer, to_state text) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    found_order record;
BEGIN
    SELECT o.number, o.state, o.version, o.changed_at INTO found_order
    FROM app.orders AS o WHERE o.id = refuse_step.order_id AND o.kitchen_id = ANY (app.visible_kitchens());
    IF NOT FOUND THEN
        RAISE EXCEPTION 'There is no such order in your kitchen.' USING ERRCODE = 'RF404';
    ELSIF found_order.version IS DISTINCT FROM seen_version THEN
        RAISE EXCEPTION 'Order % is % by now.', found_order.number, found_order.state USING ERRCODE = 'RF412',
            DETAIL = jsonb_build_object('state', found_order.state, 'version', found_order.version, 'at', found_order.changed_at);
    ELSIF NOT EXISTS (SELECT FROM app.order_edges AS e WHERE e.src = found_order.state AND e.dst = to_state) THEN
        RAISE EXCEPTION 'Order % is %. It does not go from there to %.', found_order.number, found_order.state, to_state
            USING ERRCODE = 'RF409', DETAIL = jsonb_build_object('from', found_order.state, 'to', to_state);
    END IF;
    RAISE LOG 'security: % may not move order % to %', session_user, refuse_step.order_id, to_state;
    RAISE EXCEPTION 'Your role does not allow this step. Ask somebody who may.'
        USING ERRCODE = 'RF403', DETAIL = jsonb_build_object('why', 'role');
END;
$$;


-- Tell what an order still holds on the shelves, in the order of the items' ids: nothing once it was used or given back.
CREATE FUNCTION app.held_for(order_id uuid, OUT item_ids uuid[], OUT amounts bigint[])
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp
BEGIN ATOMIC
    SELECT coalesce(array_agg(m.item_id ORDER BY m.item_id), '{}'), coalesce(array_agg(m.change_held::bigint ORDER BY m.item_id), '{}')
    FROM app.stock_movements AS m
    WHERE m.order_id = held_for.order_id AND m.kind = 'hold' AND NOT EXISTS (
        SELECT FROM app.stock_movements AS e
        WHERE e.order_id = m.order_id AND e.item_id = m.item_id AND e.kind IN ('use', 'release'));
END;


-- Finish a step of an order: audit row, outbox rows (stock too, where it moved), answer.
CREATE FUNCTION app.finish_order(me app.caller, command_id uuid, verb text, stepped jsonb, reason text, stock_moved boolean) RETURNS jsonb
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    order_id uuid := stepped ->> 'id';
    kitchen_id uuid := stepped ->> 'kitchen_id';
    before jsonb;
BEGIN
    SELECT jsonb_build_object('state', h.state, 'version', h.version) INTO before FROM app.order_history AS h
    WHERE h.order_id = (stepped ->> 'id')::uuid AND h.version = (stepped ->> 'version')::integer - 1;
    PERFORM app.record(me, command_id, verb, 'orders', order_id, kitchen_id, reason, before,
        jsonb_build_object('state', stepped -> 'state', 'version', stepped -> 'version', 'total', stepped -> 'total'));
    IF stock_moved THEN
        INSERT INTO app.outbox (noun, object_id, kitchen_id) VALUES ('stock', order_id, kitchen_id);
    END IF;
    RETURN app.answer(command_id, stepped);
END;
$$;


-- Refuse an order whose customer is not there (RF404) or whose note cannot be stored (RF400).
CREATE FUNCTION app.check_order(kitchen uuid, customer uuid, note text) RETURNS void
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    PERFORM app.check_kitchen(kitchen), app.check_text('note', note, 500);
    IF NOT EXISTS (SELECT FROM app.customers AS c WHERE c.id = customer AND c.active) THEN
        RAISE EXCEPTION 'There is no such customer.' USING ERRCODE = 'RF404';
    END IF;
END;
$$;
