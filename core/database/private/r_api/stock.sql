-- Stock: the parts that several verbs share. Runs inside the verbs, as r_api.

-- Write the movement behind each stock row that a person just changed, and give it in the shape of api.stock_movements.
-- What changed is the row against the movement before it, so the chain of movements cannot break.
CREATE FUNCTION app.write_movements(
    me app.caller, command_id uuid, items uuid[], kind text, undoes integer, reason text, note text)
RETURNS SETOF jsonb
LANGUAGE sql SET search_path = pg_catalog, pg_temp
BEGIN ATOMIC
    INSERT INTO app.stock_movements AS m (item_id, number, kitchen_id, kind, change, change_held, on_hand, held, version,
        undoes, reason, note, person_id, command_id)
    SELECT s.id, s.movements, s.kitchen_id, write_movements.kind, s.on_hand - coalesce(p.on_hand, 0), s.held - coalesce(p.held, 0),
        s.on_hand, s.held, s.version, write_movements.undoes, write_movements.reason, write_movements.note,
        (write_movements.me).person_id, write_movements.command_id
    FROM app.stock_items AS s
    LEFT JOIN app.stock_movements AS p ON p.item_id = s.id AND p.number = s.movements - 1
    WHERE s.id = ANY (items)
    RETURNING to_jsonb(m) || jsonb_build_object('by', (write_movements.me).name);
END;


-- Finish a change of one item: movement, audit row, outbox row, answer.
CREATE FUNCTION app.finish_stock(
    me app.caller, command_id uuid, verb text, item_id uuid, kind text, undoes integer, reason text, note text) RETURNS jsonb
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    moved jsonb := app.write_movements(me, command_id, ARRAY[item_id], kind, undoes, reason, note);
BEGIN
    PERFORM app.record(me, command_id, verb, 'stock', item_id, (moved ->> 'kitchen_id')::uuid, reason,
        jsonb_build_object('on_hand', (moved ->> 'on_hand')::bigint - (moved ->> 'change')::bigint, 'held', moved -> 'held'),
        jsonb_build_object('on_hand', moved -> 'on_hand', 'held', moved -> 'held', 'movement', moved -> 'number'));
    RETURN app.answer(command_id, moved);
END;
$$;


-- Say why a change of an item was not written: RF404, RF412 with what moved it since, RF410, or RF400.
CREATE FUNCTION app.refuse_stock(item_id uuid, seen_version integer, wanted bigint) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    item record;
BEGIN
    SELECT s.name, s.on_hand, s.held, s.version INTO item
    FROM app.stock_items AS s WHERE s.id = item_id AND s.kitchen_id = ANY (app.visible_kitchens());
    IF NOT FOUND THEN
        RAISE EXCEPTION 'This item is not in your kitchen.' USING ERRCODE = 'RF404';
    ELSIF seen_version IS NOT NULL AND item.version <> seen_version THEN
        RAISE EXCEPTION '% changed while you were editing.', item.name
            USING ERRCODE = 'RF412', DETAIL = app.what_moved(item_id, seen_version);
    ELSIF item.on_hand < wanted THEN
        RAISE EXCEPTION 'There is not that much of % on the shelf.', item.name USING ERRCODE = 'RF410',
            DETAIL = jsonb_build_object('items', jsonb_build_array(jsonb_build_object(
                'item', item_id, 'name', item.name, 'available', item.on_hand, 'wanted', wanted)));
    END IF;
    PERFORM app.refuse_argument('quantity', 'No shelf holds that much. Check the amount.');
END;
$$;


-- Tell a stale screen what the item is now and which movements of the shelf (newest 20) came since the version it saw.
CREATE FUNCTION app.what_moved(item_id uuid, seen_version integer) RETURNS jsonb
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp
BEGIN ATOMIC
    WITH since AS (
        SELECT m.number, m.kind, m.change, m.on_hand, m.order_number, p.name AS by, m.reason, m.at, count(*) OVER () AS total
        FROM app.stock_movements AS m LEFT JOIN app.people AS p ON p.id = m.person_id
        WHERE m.item_id = what_moved.item_id AND m.version > seen_version AND m.kind NOT IN ('hold', 'release')
        ORDER BY m.number DESC LIMIT 20
    )
    SELECT jsonb_build_object('item', s.id, 'on_hand', s.on_hand, 'held', s.held, 'version', s.version, 'at', clock_timestamp(),
        'movements', coalesce((SELECT jsonb_agg(to_jsonb(since) - 'total' ORDER BY since.number) FROM since), '[]'),
        'more', coalesce((SELECT max(since.total) - count(*) FROM since), 0))
    FROM app.stock_items AS s WHERE s.id = what_moved.item_id;
END;


-- Check an amount a person stated: a whole number of smallest units, within what a shelf can hold. Refuses RF400.
CREATE FUNCTION app.check_quantity(field text, quantity bigint, lowest bigint) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    IF quantity IS NULL OR quantity < lowest THEN
        PERFORM app.refuse_argument(field, CASE lowest WHEN 0 THEN 'The amount cannot be below zero.' ELSE 'The amount must be above zero.' END);
    ELSIF quantity > 1000000000 THEN
        PERFORM app.refuse_argument(field, 'No shelf holds that much. Check the amount.');
    END IF;
END;
$$;


-- Refuse (RF400) an absolute statement that does not say which version of the shelf it saw.
CREATE FUNCTION app.check_version(seen_version integer) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    IF seen_version IS NULL THEN
        PERFORM app.refuse_argument('seen_version', 'Say which version of the shelf you saw.');
    END IF;
END;
$$;


-- Refuse (RF400) an item that cannot be stored.
CREATE FUNCTION app.check_item(
    name text, place text, barcode text, unit text, unit_size integer, warn_at bigint, full_at bigint, on_hand bigint) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    PERFORM app.check_text('name', name, 300), app.check_text('place', place, 80), app.check_text('unit', unit, 12);
    PERFORM app.check_quantity('warn_at', warn_at, 0), app.check_quantity('full_at', full_at, 1), app.check_quantity('on_hand', on_hand, 0);
    IF barcode IS NOT NULL AND barcode !~ '^[0-9A-Za-z-]{6,20}$' THEN
        PERFORM app.refuse_argument('barcode', 'A barcode is 6 to 20 digits or letters.');
    ELSIF unit_size IS NULL OR unit_size NOT IN (1, 10, 100, 1000) THEN
        PERFORM app.refuse_argument('unit_size', 'A unit is made of 1, 10, 100 or 1000 smallest units.');
    END IF;
END;
$$;
