-- Refunds: setting aside, giving back, and letting go. Runs inside confirm_proposal, approve_proposal and the worker's run_refund, as r_api.

-- Set aside what a confirmed refund gives back, on lines and orders, all or nothing: nobody else can refund or reverse it.
-- Its orders are locked already. The walls below it are the CHECKs of both tables.
CREATE FUNCTION app.reserve_refund(proposal uuid) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    UPDATE app.order_lines AS l SET reserved = l.reserved + r.quantity
    FROM app.refund_lines AS r
    WHERE r.proposal_id = proposal AND r.state = 'proposed' AND l.order_id = r.order_id AND l.dish_id = r.dish_id;
    UPDATE app.orders AS o SET reserved = o.reserved + w.amount
    FROM (SELECT r.order_id, sum(r.amount) AS amount FROM app.refund_lines AS r
        WHERE r.proposal_id = proposal AND r.state = 'proposed' GROUP BY r.order_id) AS w
    WHERE o.id = w.order_id;
    UPDATE app.refund_lines AS r SET state = 'confirmed', at = clock_timestamp() WHERE r.proposal_id = proposal AND r.state = 'proposed';
END;
$$;


-- Run the next lines of a refund, up to 500, those of one order always together: money into wallets, orders that nobody cooks yet ended and
-- their stock given back. Lines for cards wait to be sent. Gives how many lines were run; when none is left, the refund is done
-- (or waits for its cards). The proposal is locked already. Refuses RF423 while money is frozen.
CREATE FUNCTION app.run_refund(me app.caller, p app.proposals) RETURNS integer
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    batch uuid[] := app.next_orders(p.id);
    ran integer := 0;
BEGIN
    PERFORM app.check_money_moves();
    IF cardinality(batch) > 0 THEN
        PERFORM app.drop_full_wallets(me, p, batch);
        PERFORM app.end_uncooked(me, p, batch);
        PERFORM app.give_back(me, p, batch);
        UPDATE app.refund_lines AS r SET state = CASE r.destination WHEN 'card' THEN 'sending' ELSE 'done' END, at = clock_timestamp()
        WHERE r.proposal_id = p.id AND r.order_id = ANY (batch) AND r.state = 'confirmed';
        GET DIAGNOSTICS ran = ROW_COUNT;
    END IF;
    IF NOT EXISTS (SELECT FROM app.refund_lines AS r WHERE r.proposal_id = p.id AND r.state IN ('confirmed', 'sending', 'unknown')) THEN
        PERFORM app.walk_proposal(p.id, 'done');
    ELSIF cardinality(batch) > 0 THEN
        INSERT INTO app.outbox (noun, object_id) VALUES ('proposals', p.id);
    END IF;
    RETURN ran;
END;
$$;


-- Take the next orders of a refund: as many as make up to 500 lines, in the order of their ids. Locks them, then the wallets of all their
-- customers, so that what comes after takes locks of neither kind again.
CREATE FUNCTION app.next_orders(proposal uuid) RETURNS uuid[]
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    batch uuid[];
BEGIN
    SELECT coalesce(array_agg(x.order_id ORDER BY x.order_id), '{}') INTO batch
    FROM (
        SELECT b.order_id, sum(b.lines) OVER (ORDER BY b.order_id) AS so_far
        FROM (SELECT r.order_id, count(*) AS lines
            FROM app.refund_lines AS r JOIN app.orders AS o ON o.id = r.order_id JOIN app.accounts AS a ON a.id = o.customer_id
            WHERE r.proposal_id = proposal AND r.state = 'confirmed'
                AND (o.state <> 'cancelled' OR a.balance + o.reserved <= 100000000000)  -- nowhere to put it now: it waits
            GROUP BY r.order_id ORDER BY r.order_id LIMIT 500) AS b
    ) AS x WHERE x.so_far <= 500;
    PERFORM FROM app.orders AS o WHERE o.id = ANY (batch) ORDER BY o.id FOR NO KEY UPDATE;
    PERFORM FROM app.accounts AS a
    WHERE a.id IN (SELECT o.customer_id FROM app.orders AS o WHERE o.id = ANY (batch)) ORDER BY a.id FOR NO KEY UPDATE;
    RETURN batch;
END;
$$;


-- Fail the lines of wallets that cannot hold so much more: their money stays where it is, free for another way.
CREATE FUNCTION app.drop_full_wallets(me app.caller, p app.proposals, batch uuid[]) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    uncooked uuid[];
    others uuid[];
BEGIN
    SELECT array_agg(o.id) FILTER (WHERE o.state IN ('placed', 'accepted')), array_agg(o.id) FILTER (WHERE o.state NOT IN ('placed', 'accepted'))
    INTO uncooked, others
    FROM app.orders AS o JOIN (
        SELECT o.customer_id FROM app.refund_lines AS r JOIN app.orders AS o ON o.id = r.order_id JOIN app.accounts AS a ON a.id = o.customer_id
        WHERE r.proposal_id = p.id AND r.order_id = ANY (batch) AND r.state = 'confirmed' AND r.destination = 'wallet'
        GROUP BY o.customer_id, a.balance HAVING a.balance + sum(r.amount) > 100000000000) AS w ON w.customer_id = o.customer_id
    WHERE o.id = ANY (batch);
    IF uncooked IS NOT NULL THEN  -- whole or not at all
        PERFORM app.release_refund(me, p, uncooked, 'failed', 'wallet_full');
    END IF;
    IF others IS NOT NULL THEN
        PERFORM app.release_refund(me, p, others, 'failed', 'wallet_full', 'wallet');
    END IF;
END;
$$;


-- End the orders of a batch that nobody cooks yet: they are given back whole, so their step is `cancelled`, and what they held goes back on
-- the shelf, once. All their items are locked by id first, then order after order is released.
CREATE FUNCTION app.end_uncooked(me app.caller, p app.proposals, batch uuid[]) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    ended record;
    holds record;
BEGIN
    PERFORM FROM app.stock_items AS s WHERE s.id IN (
        SELECT m.item_id FROM app.orders AS o JOIN app.stock_movements AS m ON m.order_id = o.id AND m.kind = 'hold'
        WHERE o.id = ANY (batch) AND o.state IN ('placed', 'accepted'))
    ORDER BY s.id FOR NO KEY UPDATE;
    FOR ended IN
        UPDATE app.orders AS o SET state = 'cancelled', version = o.version + 1, changed_at = clock_timestamp()
        WHERE o.id = ANY (batch) AND o.state IN ('placed', 'accepted')
            AND EXISTS (SELECT FROM app.refund_lines AS r
                WHERE r.proposal_id = p.id AND r.order_id = o.id AND r.order_id = ANY (batch) AND r.state = 'confirmed')
        RETURNING o.id, o.number, o.kitchen_id, o.version
    LOOP
        INSERT INTO app.order_history (order_id, version, state, reason, person_id, command_id)
        VALUES (ended.id, ended.version, 'cancelled', 'Refunded: ' || p.reason, me.person_id, p.id);
        holds := app.held_for(ended.id);
        PERFORM app.move_for_order(me, p.id, ended.id, ended.number, 'release', holds.item_ids, holds.amounts);
        INSERT INTO app.outbox (noun, object_id, kitchen_id) VALUES ('stock', ended.id, ended.kitchen_id);
    END LOOP;
END;
$$;


-- Give the money of a batch back: one transfer for each order, by set; lines and orders say so; a line of the trail for each order.
CREATE FUNCTION app.give_back(me app.caller, p app.proposals, batch uuid[]) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    back record;
BEGIN
    UPDATE app.order_lines AS l SET reserved = l.reserved - r.quantity, refunded = l.refunded + r.quantity
    FROM app.refund_lines AS r
    WHERE r.proposal_id = p.id AND r.order_id = ANY (batch) AND r.state = 'confirmed' AND r.destination = 'wallet'
        AND l.order_id = r.order_id AND l.dish_id = r.dish_id;
    WITH each_order AS (
        SELECT r.order_id, sum(r.amount) AS amount FROM app.refund_lines AS r
        WHERE r.proposal_id = p.id AND r.order_id = ANY (batch) AND r.state = 'confirmed' AND r.destination = 'wallet' GROUP BY r.order_id
    ), paid_back AS (
        UPDATE app.orders AS o SET reserved = o.reserved - e.amount, refunded = o.refunded + e.amount
        FROM each_order AS e WHERE o.id = e.order_id RETURNING o.id, o.customer_id, e.amount::bigint AS amount
    )
    SELECT array_agg(b.id ORDER BY b.id) AS orders, array_agg(b.customer_id ORDER BY b.id) AS customers, array_agg(b.amount ORDER BY b.id) AS amounts
    INTO back FROM paid_back AS b;
    PERFORM app.append_audit(me.person_id, p.id, 'refund_order', 'orders', o.id, o.kitchen_id, p.reason, NULL,
        jsonb_build_object('proposal', p.id, 'code', p.code, 'state', o.state, 'refunded', o.refunded, 'reserved', o.reserved))
    FROM app.orders AS o WHERE o.id = ANY (batch)
        AND EXISTS (SELECT FROM app.refund_lines AS r WHERE r.proposal_id = p.id AND r.order_id = o.id AND r.state = 'confirmed');
    INSERT INTO app.outbox (noun, object_id, kitchen_id) SELECT 'orders', o.id, o.kitchen_id FROM app.orders AS o WHERE o.id = ANY (batch);
    IF back.orders IS NOT NULL THEN
        PERFORM app.post_refunds(p.id, me.person_id, back.orders, back.customers, back.amounts);
        INSERT INTO app.outbox (noun, object_id) SELECT DISTINCT 'wallets', c.id FROM unnest(back.customers) AS c (id);
    END IF;
END;
$$;


-- Let go of lines that will not be refunded (of these orders, or of all; for one destination, or any): they end `left_out` or `failed` with
-- why, and what was set aside is free again. Of an order that was cancelled before cooking in the meantime the money goes back into its
-- wallet after all, as cancelling would have done. The orders are locked already.
CREATE FUNCTION app.release_refund(me app.caller, p app.proposals, orders uuid[], to_state text, why text, destination text DEFAULT NULL)
RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    released record;
BEGIN
    PERFORM FROM app.accounts AS a WHERE a.id IN (
        SELECT o.customer_id FROM app.refund_lines AS r JOIN app.orders AS o ON o.id = r.order_id
        WHERE r.proposal_id = p.id AND r.state IN ('confirmed', 'sending') AND o.state = 'cancelled'
            AND (orders IS NULL OR r.order_id = ANY (orders))) ORDER BY a.id FOR NO KEY UPDATE;
    FOR released IN
        WITH let_go AS (
            UPDATE app.refund_lines AS r SET state = to_state, why = release_refund.why, at = clock_timestamp()
            WHERE r.proposal_id = p.id AND r.state IN ('confirmed', 'sending') AND (orders IS NULL OR r.order_id = ANY (orders))
                AND (release_refund.destination IS NULL OR r.destination = release_refund.destination)
            RETURNING r.order_id, r.dish_id, r.quantity, r.amount
        ), lines_free AS (
            UPDATE app.order_lines AS l SET reserved = l.reserved - g.quantity
            FROM let_go AS g WHERE l.order_id = g.order_id AND l.dish_id = g.dish_id
        )
        UPDATE app.orders AS o SET reserved = o.reserved - w.amount, reversed = o.reversed + CASE WHEN w.uncooked THEN w.amount ELSE 0 END
        FROM (SELECT g.order_id, sum(g.amount) AS amount, c.state = 'cancelled' AND NOT EXISTS (
                    SELECT FROM app.order_history AS h WHERE h.order_id = c.id AND h.state = 'preparing') AS uncooked
            FROM let_go AS g JOIN app.orders AS c ON c.id = g.order_id GROUP BY g.order_id, c.id) AS w
        WHERE o.id = w.order_id RETURNING o.id, o.customer_id, o.kitchen_id, w.amount::bigint AS amount, w.uncooked
    LOOP
        IF released.uncooked THEN
            PERFORM app.record(me, p.id, 'release_refund', 'orders', released.id, released.kitchen_id, p.reason, NULL,
                jsonb_build_object('reversed', released.amount));
            PERFORM app.reverse_order(me, p.id, released.id, released.customer_id, released.amount);
        END IF;
    END LOOP;
END;
$$;
