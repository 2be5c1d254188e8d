-- Proposals for the shelves: many corrections at once, and the orders they leave short. Runs inside the verbs, as r_api.

-- Tell which orders could not be cooked if these shelves held so much: those that wait for an item, in the order they are promised,
-- as far as the shelf does not reach. Only of kitchens that the caller sees.
CREATE FUNCTION app.short_orders(item_ids uuid[], on_hands bigint[]) RETURNS TABLE (item_id uuid, order_id uuid, number bigint, amount bigint)
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp
BEGIN ATOMIC
    SELECT waiting.item_id, waiting.order_id, waiting.number, waiting.amount
    FROM (
        SELECT w.item_id, w.on_hand, o.id AS order_id, o.number, m.change_held::bigint AS amount,
            sum(m.change_held) OVER (PARTITION BY w.item_id ORDER BY o.promised_at, o.number) AS so_far
        FROM unnest(item_ids, on_hands) AS w (item_id, on_hand)
        JOIN app.stock_items AS s ON s.id = w.item_id AND s.held > w.on_hand
        JOIN app.orders AS o ON o.kitchen_id = s.kitchen_id AND o.state NOT IN ('delivered', 'cancelled', 'expired')
        JOIN app.stock_movements AS m ON m.order_id = o.id AND m.item_id = w.item_id AND m.kind = 'hold'
        WHERE o.state IN ('awaiting_payment', 'placed', 'accepted')
    ) AS waiting
    WHERE waiting.so_far > waiting.on_hand;
END;


-- Tell what a bulk correction would do: each item with its figure before and after, and the orders it leaves short. What orders hold is not
-- part of it: that changes all the time, and hurts nobody.
CREATE FUNCTION app.stock_impact(asked jsonb) RETURNS jsonb
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp
BEGIN ATOMIC
    WITH wanted AS (
        SELECT (i ->> 'item')::uuid AS item_id, (i ->> 'on_hand')::bigint AS on_hand FROM jsonb_array_elements(asked -> 'items') AS i
    ), short AS (
        SELECT s.order_id, s.number, jsonb_agg(jsonb_build_object('item', s.item_id, 'amount', s.amount) ORDER BY s.item_id) AS items
        FROM (SELECT array_agg(w.item_id) AS items, array_agg(w.on_hand) AS on_hands FROM wanted AS w) AS w, app.short_orders(w.items, w.on_hands) AS s
        GROUP BY s.order_id, s.number
    )
    SELECT jsonb_build_object(
        'items', jsonb_agg(jsonb_build_object('item', s.id, 'name', s.name, 'unit', s.unit, 'unit_size', s.unit_size, 'was', s.on_hand,
            'on_hand', w.on_hand, 'version', s.version) ORDER BY s.id),
        'short', (SELECT coalesce(jsonb_agg(to_jsonb(short) ORDER BY short.number), '[]') FROM short))
    FROM wanted AS w JOIN app.stock_items AS s ON s.id = w.item_id;
END;


-- Refuse a bulk correction that cannot be: RF400 (lists, amounts), RF404 (not all on the shelves of one kitchen of the caller's),
-- RF412 (shelves that changed since they were seen: DETAIL items, each as count_stock tells it). Gives the kitchen.
CREATE FUNCTION app.check_corrections(item_ids uuid[], on_hands bigint[], seen_versions integer[]) RETURNS uuid
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    kitchens uuid[];
    stale jsonb;
BEGIN
    PERFORM app.check_lists('item_ids', item_ids, cardinality(on_hands), cardinality(seen_versions));
    PERFORM app.check_quantity('on_hands', w.on_hand, 0), app.check_version(w.version) FROM unnest(on_hands, seen_versions) AS w (on_hand, version);
    IF (SELECT count(DISTINCT i.id) FROM unnest(item_ids) AS i (id)) <> cardinality(item_ids) THEN
        PERFORM app.refuse_argument('item_ids', 'Each item is named once.');
    END IF;
    SELECT array_agg(DISTINCT s.kitchen_id) INTO kitchens FROM app.stock_items AS s
    WHERE s.id = ANY (item_ids) AND s.kitchen_id = ANY (app.visible_kitchens()) HAVING count(*) = cardinality(item_ids);
    IF cardinality(kitchens) IS DISTINCT FROM 1 THEN
        RAISE EXCEPTION 'These items are not all on the shelves of one kitchen of yours.' USING ERRCODE = 'RF404';
    END IF;
    SELECT jsonb_agg(app.what_moved(w.item_id, w.version) ORDER BY w.item_id) INTO stale
    FROM unnest(item_ids, seen_versions) AS w (item_id, version) JOIN app.stock_items AS s ON s.id = w.item_id AND s.version <> w.version;
    IF stale IS NOT NULL THEN
        RAISE EXCEPTION 'Some of these shelves changed while you were editing.' USING ERRCODE = 'RF412', DETAIL = jsonb_build_object('items', stale);
    END IF;
    RETURN kitchens[1];
END;
$$;


-- Set the shelves of a proposal to what was confirmed, each with its movement. They are locked, and as they were shown.
CREATE FUNCTION app.correct_shelves(me app.caller, p app.proposals) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    items uuid[];
BEGIN
    WITH corrected AS (
        UPDATE app.stock_items AS s SET on_hand = (i ->> 'on_hand')::bigint, version = s.version + 1, movements = s.movements + 1
        FROM jsonb_array_elements(p.asked -> 'items') AS i
        WHERE s.id = (i ->> 'item')::uuid RETURNING s.id
    )
    SELECT array_agg(c.id) INTO items FROM corrected AS c;
    PERFORM app.write_movements(me, p.id, items, 'correction', NULL, p.code, p.reason);
    PERFORM app.record(me, p.id, 'correct_shelves', 'stock', p.kitchen_id, p.kitchen_id, p.reason, NULL, p.impact - 'short');
END;
$$;
