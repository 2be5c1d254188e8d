-- Stock: relative changes (delivery, waste, undo) and absolute statements (count, correction). Each returns the movement it wrote.
-- Python twin: core/stock/change.py (same names, same order).

-- Put a delivery on the shelf. Never stale.
-- RF404: not in your kitchen.  RF400: the amount is not above zero, or no shelf holds that much.
CREATE FUNCTION api.receive_stock(command_id uuid, item_id uuid, quantity bigint, note text)
RETURNS api.stock_movements
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET lock_timeout = '5s'
AS $$
DECLARE
    me app.caller := app.enter('kitchen_staff', 'kitchen_manager');
    answer jsonb := app.claim(me, command_id, 'receive_stock', jsonb_build_object(
        'item_id', item_id, 'quantity', quantity, 'note', note));
BEGIN
    IF answer IS NULL THEN
        PERFORM app.check_quantity('quantity', quantity, 1), app.check_text('note', note, 500);
        UPDATE app.stock_items AS s
        SET on_hand = s.on_hand + quantity, version = s.version + 1, movements = s.movements + 1
        WHERE s.id = item_id AND s.kitchen_id = ANY (app.visible_kitchens()) AND s.on_hand + quantity <= 1000000000;
        IF NOT FOUND THEN
            PERFORM app.refuse_stock(item_id, NULL, 0);
        END IF;
        answer := app.finish_stock(me, command_id, 'receive_stock', item_id, 'delivery', NULL, NULL, note);
    END IF;
    RETURN jsonb_populate_record(NULL::api.stock_movements, answer);
END;
$$;

GRANT EXECUTE ON FUNCTION api.receive_stock TO kitchen_staff, kitchen_manager;


-- Take what was spoiled, spilled or eaten off the shelf. Never stale.
-- RF404: not in your kitchen.  RF410: more than is on the shelf.  RF400: the amount is not above zero, or no reason.
CREATE FUNCTION api.waste_stock(command_id uuid, item_id uuid, quantity bigint, reason text, note text)
RETURNS api.stock_movements
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET lock_timeout = '5s'
AS $$
DECLARE
    me app.caller := app.enter('kitchen_staff', 'kitchen_manager');
    answer jsonb := app.claim(me, command_id, 'waste_stock', jsonb_build_object(
        'item_id', item_id, 'quantity', quantity, 'reason', reason, 'note', note));
BEGIN
    IF answer IS NULL THEN
        PERFORM app.check_quantity('quantity', quantity, 1), app.check_text('reason', reason, 80), app.check_text('note', note, 500);
        UPDATE app.stock_items AS s
        SET on_hand = s.on_hand - quantity, version = s.version + 1, movements = s.movements + 1
        WHERE s.id = item_id AND s.kitchen_id = ANY (app.visible_kitchens()) AND s.on_hand >= quantity;
        IF NOT FOUND THEN
            PERFORM app.refuse_stock(item_id, NULL, quantity);
        END IF;
        answer := app.finish_stock(me, command_id, 'waste_stock', item_id, 'waste', NULL, reason, note);
    END IF;
    RETURN jsonb_populate_record(NULL::api.stock_movements, answer);
END;
$$;

GRANT EXECUTE ON FUNCTION api.waste_stock TO kitchen_staff, kitchen_manager;


-- State what was counted on the shelf. Holds for the version that was seen; what orders hold does not matter.
-- RF404: not in your kitchen.  RF412: the shelf changed since (DETAIL: what it is now, and the movements).  RF400: below zero.
CREATE FUNCTION api.count_stock(command_id uuid, item_id uuid, counted bigint, seen_version integer, note text)
RETURNS api.stock_movements
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET lock_timeout = '5s'
AS $$
DECLARE
    me app.caller := app.enter('kitchen_staff', 'kitchen_manager');
    answer jsonb := app.claim(me, command_id, 'count_stock', jsonb_build_object(
        'item_id', item_id, 'counted', counted, 'seen_version', seen_version, 'note', note));
BEGIN
    IF answer IS NULL THEN
        PERFORM app.check_quantity('counted', counted, 0), app.check_text('note', note, 500), app.check_version(seen_version);
        UPDATE app.stock_items AS s
        SET on_hand = count_stock.counted, version = s.version + 1, movements = s.movements + 1, counted = s.movements + 1
        WHERE s.id = item_id AND s.kitchen_id = ANY (app.visible_kitchens()) AND s.version = seen_version;
        IF NOT FOUND THEN
            PERFORM app.refuse_stock(item_id, seen_version, 0);
        END IF;
        answer := app.finish_stock(me, command_id, 'count_stock', item_id, 'count', NULL, NULL, note);
    END IF;
    RETURN jsonb_populate_record(NULL::api.stock_movements, answer);
END;
$$;

GRANT EXECUTE ON FUNCTION api.count_stock TO kitchen_staff, kitchen_manager;


-- Set the figure right without having counted: a manager's, with a reason. Holds for the version that was seen.
-- RF404: not in your kitchen.  RF412: the shelf changed since (DETAIL as count_stock).  RF400: below zero, or no reason.
CREATE FUNCTION api.correct_stock(command_id uuid, item_id uuid, on_hand bigint, seen_version integer, reason text, note text)
RETURNS api.stock_movements
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET lock_timeout = '5s'
AS $$
DECLARE
    me app.caller := app.enter('kitchen_manager');
    answer jsonb := app.claim(me, command_id, 'correct_stock', jsonb_build_object(
        'item_id', item_id, 'on_hand', on_hand, 'seen_version', seen_version, 'reason', reason, 'note', note));
BEGIN
    IF answer IS NULL THEN
        PERFORM app.check_quantity('on_hand', on_hand, 0), app.check_text('reason', reason, 80), app.check_text('note', note, 500),
            app.check_version(seen_version);
        UPDATE app.stock_items AS s
        SET on_hand = correct_stock.on_hand, version = s.version + 1, movements = s.movements + 1
        WHERE s.id = item_id AND s.kitchen_id = ANY (app.visible_kitchens()) AND s.version = seen_version;
        IF NOT FOUND THEN
            PERFORM app.refuse_stock(item_id, seen_version, 0);
        END IF;
        answer := app.finish_stock(me, command_id, 'correct_stock', item_id, 'correction', NULL, reason, note);
    END IF;
    RETURN jsonb_populate_record(NULL::api.stock_movements, answer);
END;
$$;

GRANT EXECUTE ON FUNCTION api.correct_stock TO kitchen_manager;


-- Take a delivery, waste, count or correction back by a movement the other way, once, within ten minutes: your own, or any as manager.
-- RF404: no such movement in your kitchen.  RF403: somebody else's.  RF409: undone already, too old, or not of these kinds.
-- RF410: the shelf no longer holds that much.
CREATE FUNCTION api.undo_stock(command_id uuid, item_id uuid, number integer)
RETURNS api.stock_movements
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET lock_timeout = '5s'
AS $$
DECLARE
    me app.caller := app.enter('kitchen_staff', 'kitchen_manager');
    answer jsonb := app.claim(me, command_id, 'undo_stock', jsonb_build_object('item_id', item_id, 'number', number));
BEGIN
    IF answer IS NULL THEN
        PERFORM FROM app.stock_items AS s  -- two undoing at once: the second must see the first
        WHERE s.id = item_id AND s.kitchen_id = ANY (app.visible_kitchens()) FOR NO KEY UPDATE;
        UPDATE app.stock_items AS s
        SET on_hand = s.on_hand - m.change, version = s.version + 1, movements = s.movements + 1
        FROM app.stock_movements AS m
        WHERE s.id = undo_stock.item_id AND s.kitchen_id = ANY (app.visible_kitchens())
            AND m.item_id = s.id AND m.number = undo_stock.number AND app.may_undo(me, m) AND s.on_hand - m.change BETWEEN 0 AND 1000000000;
        IF NOT FOUND THEN
            PERFORM app.refuse_undo(me, item_id, number);
        END IF;
        answer := app.finish_stock(me, command_id, 'undo_stock', item_id, 'undo', number, NULL, '');
    END IF;
    RETURN jsonb_populate_record(NULL::api.stock_movements, answer);
END;
$$;

GRANT EXECUTE ON FUNCTION api.undo_stock TO kitchen_staff, kitchen_manager;
