-- Stock: new items on a kitchen's shelves.
-- Python twin: core/stock/add.py (same names, same order).

-- Put new items on a kitchen's shelves, all or none, and return their opening movements. Arrays run side by side;
-- amounts are in the item's smallest unit, unit_size of which make one of the unit shown (1000 for kg and L, 1 for pieces).
-- RF400: something cannot be stored, the lists differ in length, or an id or barcode is taken.  RF404: not your kitchen.
CREATE FUNCTION api.add_stock_items(command_id uuid, kitchen_id uuid, item_ids uuid[], names text[], places text[], barcodes text[],
    units text[], unit_sizes integer[], warn_ats bigint[], full_ats bigint[], on_hands bigint[])
RETURNS SETOF api.stock_movements
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET lock_timeout = '5s'
AS $$
DECLARE
    me app.caller := app.enter('kitchen_manager', 'owner_admin');
    answer jsonb := app.claim(me, command_id, 'add_stock_items', jsonb_build_object(
        'kitchen_id', kitchen_id, 'item_ids', item_ids, 'names', names, 'places', places, 'barcodes', barcodes, 'units', units,
        'unit_sizes', unit_sizes, 'warn_ats', warn_ats, 'full_ats', full_ats, 'on_hands', on_hands));
    added integer;
BEGIN
    IF answer IS NULL THEN
        PERFORM app.check_lists('item_ids', item_ids, cardinality(names), cardinality(places), cardinality(barcodes),
            cardinality(units), cardinality(unit_sizes), cardinality(warn_ats), cardinality(full_ats), cardinality(on_hands));
        PERFORM app.check_item(i.name, i.place, i.barcode, i.unit, i.unit_size, i.warn_at, i.full_at, i.on_hand)
        FROM unnest(names, places, barcodes, units, unit_sizes, warn_ats, full_ats, on_hands)
            AS i (name, place, barcode, unit, unit_size, warn_at, full_at, on_hand);
        PERFORM app.check_kitchen(kitchen_id);
        INSERT INTO app.stock_items (id, kitchen_id, name, place, barcode, unit, unit_size, warn_at, full_at, on_hand)
        SELECT i.id, add_stock_items.kitchen_id, i.name, i.place, i.barcode, i.unit, i.unit_size, i.warn_at, i.full_at, i.on_hand
        FROM unnest(item_ids, names, places, barcodes, units, unit_sizes, warn_ats, full_ats, on_hands)
            AS i (id, name, place, barcode, unit, unit_size, warn_at, full_at, on_hand)
        ORDER BY i.barcode, i.id  -- so that two lists with the same barcodes never wait for each other
        ON CONFLICT DO NOTHING;
        GET DIAGNOSTICS added = ROW_COUNT;
        IF added <> cardinality(item_ids) THEN
            PERFORM app.refuse_argument('barcodes', 'One of these items, or its barcode, is on a shelf of this kitchen already.');
        END IF;
        SELECT jsonb_agg(m.moved ORDER BY array_position(item_ids, (m.moved ->> 'item_id')::uuid)) INTO answer
        FROM app.write_movements(me, command_id, item_ids, 'opening', NULL, NULL, '') AS m (moved);
        PERFORM app.record(me, command_id, 'add_stock_items', 'stock', kitchen_id, kitchen_id, NULL, NULL,
            jsonb_build_object('items', to_jsonb(item_ids), 'on_hand', to_jsonb(on_hands)));
        PERFORM app.answer(command_id, answer);
    END IF;
    RETURN QUERY SELECT m.item_id, m.number, m.kitchen_id, m.kind, m.change, m.change_held, m.on_hand, m.held, m.version, m.order_id,
        m.order_number, m.undoes, m.reason, m.note, m.by, m.login, m.at
    FROM jsonb_populate_recordset(NULL::api.stock_movements, answer) AS m;
END;
$$;

GRANT EXECUTE ON FUNCTION api.add_stock_items TO kitchen_manager, owner_admin;
