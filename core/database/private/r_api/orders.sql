-- Orders: the parts that several verbs share. Runs inside the verbs, as r_api.

-- Hold, use or release what an order takes, item by item in the order of their ids (the house's lock order, so no two
-- orders can wait for each other), each with its movement right behind it. Refuses RF410 with all the short items at once.
CREATE FUNCTION app.move_for_order(
    me app.caller, command_id uuid, order_id uuid, order_number bigint, kind text, item_ids uuid[], amounts bigint[]) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    item record;
BEGIN
    FOR n IN 1 .. cardinality(item_ids) LOOP  -- a loop on purpose: one guarded UPDATE per row keeps the lock order ours
        UPDATE app.stock_items AS s
        SET on_hand = s.on_hand - CASE kind WHEN 'use' THEN amounts[n] ELSE 0 END,
            held = s.held + CASE kind WHEN 'hold' THEN amounts[n] ELSE -amounts[n] END,
            version = s.version + (kind = 'use')::integer,
            movements = s.movements + 1
        WHERE s.id = item_ids[n]
            AND CASE kind WHEN 'hold' THEN s.on_hand - s.held >= amounts[n] WHEN 'use' THEN s.on_hand >= amounts[n] ELSE true END
        RETURNING s.kitchen_id, s.on_hand, s.held, s.version, s.movements INTO item;
        IF NOT FOUND THEN
            PERFORM app.refuse_short(kind, item_ids, amounts);
        END IF;
        INSERT INTO app.stock_movements (item_id, number, kitchen_id, kind, change, change_held, on_hand, held, version,
            order_id, order_number, note, person_id, command_id)
        VALUES (item_ids[n], item.movements, item.kitchen_id, move_for_order.kind, CASE kind WHEN 'use' THEN -amounts[n] ELSE 0 END,
            CASE kind WHEN 'hold' THEN amounts[n] ELSE -amounts[n] END, item.on_hand, item.held, item.version,
            move_for_order.order_id, move_for_order.order_number, '', me.person_id, move_for_order.command_id);
    END LOOP;
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


-- Walk one edge: state, version, history. Gives the order. `recall` walks back; cancelling before cooking takes what was paid and is
-- not on its way back already. Refuses RF404, RF412 (moved on meanwhile), RF409 (no such edge) and RF403 (not for this role, an
-- order that another service placed, or somebody else's step to recall).
CREATE FUNCTION app.step_order(
    me app.caller, command_id uuid, order_id uuid, seen_version integer, to_state text, reason text, recall boolean DEFAULT false)
RETURNS jsonb
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    stepped jsonb;
BEGIN
    UPDATE app.orders AS o
    SET state = to_state, version = o.version + 1, changed_at = clock_timestamp(),
        reversed = o.reversed + CASE WHEN to_state = 'cancelled' AND o.state IN ('placed', 'accepted')
            THEN o.paid - o.reversed - o.refunded - o.reserved ELSE 0 END
    WHERE o.id = step_order.order_id AND o.kitchen_id = ANY (app.visible_kitchens()) AND o.version = seen_version
        AND EXISTS (SELECT FROM app.order_edges AS e
            WHERE e.src = o.state AND e.dst = to_state AND e.recall = step_order.recall AND me.role = ANY (e.who))
        AND (me.role <> 'svc_ordering' OR o.placed_by = me.login)
        AND (NOT recall OR app.may_recall(me, o.id, o.version))
    RETURNING to_jsonb(o) INTO stepped;
    IF NOT FOUND THEN
        PERFORM app.refuse_step(me, step_order.order_id, seen_version, to_state, step_order.recall);
    END IF;
    INSERT INTO app.order_history (order_id, version, state, reason, person_id, command_id)
    VALUES (step_order.order_id, seen_version + 1, to_state, step_order.reason, me.person_id, step_order.command_id);
    RETURN stepped;
END;
$$;


-- Tell whether the newest step of an order may be taken back now: within two minutes, by whoever took it or a manager. One that was
-- itself a step back may not: the step before it is older than it looks.
CREATE FUNCTION app.may_recall(me app.caller, order_id uuid, version integer) RETURNS boolean
LANGUAGE sql VOLATILE SET search_path = pg_catalog, pg_temp
BEGIN ATOMIC
    SELECT EXISTS (SELECT FROM app.order_history AS h
        WHERE h.order_id = may_recall.order_id AND h.version = may_recall.version
            AND h.at > clock_timestamp() - interval '2 minutes' AND h.reason IS DISTINCT FROM 'recalled' AND (h.person_id = (me).person_id OR (me).role = 'kitchen_manager'));
END;


-- Say why an order was not moved. One that came to be as it was asked for at this very moment is stale, too: ask again.
CREATE FUNCTION app.refuse_step(me app.caller, order_id uuid, seen_version integer, to_state text, recall boolean) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    found_order record;
    who text[];
BEGIN
    SELECT o.number, o.state, o.version, o.changed_at, o.placed_by INTO found_order
    FROM app.orders AS o WHERE o.id = refuse_step.order_id AND o.kitchen_id = ANY (app.visible_kitchens());
    IF NOT FOUND THEN
        RAISE EXCEPTION 'There is no such order in your kitchen.' USING ERRCODE = 'RF404';
    END IF;
    SELECT e.who INTO who FROM app.order_edges AS e
    WHERE e.src = found_order.state AND e.dst = to_state AND e.recall = refuse_step.recall;
    IF found_order.version IS DISTINCT FROM seen_version
        OR NOT recall AND me.role = ANY (who) AND (me.role <> 'svc_ordering' OR found_order.placed_by = me.login) THEN
        RAISE EXCEPTION 'Order % is % by now.', found_order.number, found_order.state USING ERRCODE = 'RF412',
            DETAIL = jsonb_build_object('state', found_order.state, 'version', found_order.version, 'at', found_order.changed_at);
    ELSIF who IS NULL THEN
        RAISE EXCEPTION 'Order % is %. It does not go from there to %.', found_order.number, found_order.state, to_state
            USING ERRCODE = 'RF409', DETAIL = jsonb_build_object('from', found_order.state, 'to', to_state);
    ELSIF recall AND me.role = ANY (who) THEN
        RAISE EXCEPTION 'The last step is taken back within two minutes, by whoever took it or a manager.'
            USING ERRCODE = 'RF403', DETAIL = jsonb_build_object('why', 'other');
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
        jsonb_build_object('state', stepped -> 'state', 'version', stepped -> 'version', 'total', stepped -> 'total',
            'reversed', stepped -> 'reversed'));
    IF stock_moved THEN
        INSERT INTO app.outbox (noun, object_id, kitchen_id) VALUES ('stock', order_id, kitchen_id);
    END IF;
    RETURN app.answer(command_id, stepped);
END;
$$;
