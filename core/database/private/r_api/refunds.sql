-- Refunds: which lines can be refunded, what a refund would do, and whether it still would. Runs inside the verbs, as r_api.

-- Judge what was asked for, line by line: an order with no dish means all of its lines, a line with no quantity all that is left of it, and no
-- destination back to where the money came from. Each line is `proposed`, or `left_out` with why. Writes nothing.
-- unpaid: nothing was paid.  reversed: given back when the order was cancelled.  refunded: before.  reserved: by a refund under way.
-- less_left: fewer portions than asked for.  uncooked: a part of an order that nobody cooks yet (it is refunded whole).  no_card: paid from the wallet.
CREATE FUNCTION app.judge_lines(order_ids uuid[], dish_ids uuid[], quantities integer[], destinations text[]) RETURNS SETOF app.refund_lines
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp
BEGIN ATOMIC
    WITH wanted AS (
        SELECT DISTINCT w.order_id, w.dish_id, w.quantity, w.destination
        FROM unnest(order_ids, dish_ids, quantities, destinations) AS w (order_id, dish_id, quantity, destination)
    ), line AS (
        SELECT o.id AS order_id, l.dish_id, l.unit_price, o.version, o.state, o.paid, o.reversed, o.pay_with, l.refunded, l.reserved,
            coalesce(w.destination, o.pay_with) AS destination, l.quantity - l.refunded - l.reserved AS left_there, w.quantity AS asked,
            coalesce(w.quantity, nullif(l.quantity - l.refunded - l.reserved, 0), l.quantity) AS quantity,
            o.paid - o.reversed - o.refunded - o.reserved AS money_left
        FROM wanted AS w JOIN app.orders AS o ON o.id = w.order_id
        JOIN app.order_lines AS l ON l.order_id = w.order_id AND (w.dish_id IS NULL OR l.dish_id = w.dish_id)
    ), judged AS (
        SELECT line.order_id, line.dish_id, line.quantity, line.unit_price, line.destination, line.version, CASE
                WHEN line.paid = 0 THEN 'unpaid'
                WHEN line.reversed > 0 THEN 'reversed'
                WHEN line.left_there = 0 AND line.reserved > 0 THEN 'reserved'
                WHEN line.left_there = 0 THEN 'refunded'
                WHEN line.asked > line.left_there THEN 'less_left'
                WHEN line.destination = 'card' AND line.pay_with <> 'card' THEN 'no_card' END AS why,
            CASE WHEN line.state IN ('placed', 'accepted') THEN line.money_left END AS whole
        FROM line
    ), whole_or_not AS (
        SELECT j.order_id, j.dish_id, j.quantity, j.quantity * j.unit_price AS amount, j.destination, j.version,
            CASE WHEN j.why IS NULL AND j.whole <> sum(j.quantity * j.unit_price) FILTER (WHERE j.why IS NULL) OVER (PARTITION BY j.order_id)
                THEN 'uncooked' ELSE j.why END AS why
        FROM judged AS j
    )
    SELECT NULL::uuid, w.order_id, w.dish_id, w.quantity, least(w.amount, 100000000000)::app.kobo, w.destination, w.version,
        CASE WHEN w.why IS NULL THEN 'proposed' ELSE 'left_out' END, w.why, clock_timestamp()
    FROM whole_or_not AS w;
END;


-- Give the fingerprint of what a refund gives back: each line with its quantity, amount, destination, and the version of its order.
CREATE FUNCTION app.refund_digest(lines app.refund_lines[]) RETURNS bytea
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, pg_temp
BEGIN ATOMIC
    SELECT sha256(convert_to(coalesce(string_agg(concat_ws(':', l.order_id, l.dish_id, l.quantity, l.amount, l.destination, l.order_version), E'\n'
        ORDER BY l.order_id, l.dish_id), ''), 'UTF8'))
    FROM unnest(lines) AS l WHERE l.state <> 'left_out';
END;


-- Tell what a refund would do, for the screen that is confirmed: ids, amounts in kobo and counts, never a customer's name.
CREATE FUNCTION app.refund_impact(lines app.refund_lines[]) RETURNS jsonb
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp
BEGIN ATOMIC
    WITH each_order AS (
        SELECT o.id, o.number, o.customer_id, o.kitchen_id, o.state IN ('placed', 'accepted') AS ends, o.refunded > 0 AS again, sum(l.amount) AS amount,
            coalesce(sum(l.amount) FILTER (WHERE l.destination = 'wallet'), 0) AS wallet,
            coalesce(sum(l.amount) FILTER (WHERE l.destination = 'card'), 0) AS card
        FROM unnest(lines) AS l JOIN app.orders AS o ON o.id = l.order_id WHERE l.state = 'proposed' GROUP BY o.id
    ), several AS (
        SELECT e.customer_id, count(*) AS orders, sum(e.amount) AS amount FROM each_order AS e GROUP BY e.customer_id HAVING count(*) > 1
    ), left_out AS (
        SELECT l.why, count(DISTINCT l.order_id) AS orders, sum(l.amount) AS amount FROM unnest(lines) AS l WHERE l.state = 'left_out' GROUP BY l.why
    ), kitchen AS (
        SELECT e.kitchen_id, count(*) AS orders, sum(e.amount) AS amount FROM each_order AS e GROUP BY e.kitchen_id
    )
    SELECT jsonb_build_object('total', coalesce(sum(e.amount), 0), 'orders', count(*), 'customers', count(DISTINCT e.customer_id),
        'wallet', jsonb_build_object('orders', count(*) FILTER (WHERE e.wallet > 0), 'amount', coalesce(sum(e.wallet), 0)),
        'card', jsonb_build_object('orders', count(*) FILTER (WHERE e.card > 0), 'amount', coalesce(sum(e.card), 0)),
        'largest', (SELECT jsonb_build_object('number', b.number, 'amount', b.amount) FROM each_order AS b ORDER BY b.amount DESC, b.number LIMIT 1),
        'ends', count(*) FILTER (WHERE e.ends), 'again', count(*) FILTER (WHERE e.again),
        'several', (SELECT count(*) FROM several),
        'several_most', (SELECT coalesce(jsonb_agg(to_jsonb(m) ORDER BY m.orders DESC, m.amount DESC, m.customer_id), '[]')
            FROM (SELECT s.customer_id, s.orders, s.amount FROM several AS s ORDER BY s.orders DESC, s.amount DESC, s.customer_id LIMIT 20) AS m),
        'left_out', (SELECT coalesce(jsonb_agg(to_jsonb(l) ORDER BY l.orders DESC, l.why), '[]') FROM left_out AS l),
        'kitchens', (SELECT coalesce(jsonb_agg(to_jsonb(k) ORDER BY k.amount DESC, k.kitchen_id), '[]') FROM kitchen AS k))
    FROM each_order AS e;
END;


-- Write a previewed refund with its lines, and give it. Refuses RF400: nothing to give back, or more than 10,000 lines (DETAIL: why not).
CREATE FUNCTION app.propose_refund(me app.caller, command_id uuid, verb text, asked jsonb, lines app.refund_lines[]) RETURNS jsonb
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    counted bigint := (SELECT count(*) FROM unnest(lines) AS l WHERE l.state = 'proposed');
    impact jsonb;
    written jsonb;
BEGIN
    IF cardinality(lines) > 20000 OR counted > 10000 THEN
        PERFORM app.refuse_argument('order_ids', 'One refund holds at most 10,000 lines. Make it smaller.');
    END IF;
    PERFORM app.check_previews(me, cardinality(lines));
    impact := app.refund_impact(lines);
    IF counted = 0 THEN
        RAISE EXCEPTION 'Nothing of this can be refunded.' USING ERRCODE = 'RF400',
            DETAIL = jsonb_build_object('field', 'order_ids', 'left_out', impact -> 'left_out');
    END IF;
    written := app.write_proposal(me, command_id, verb, 'refund', NULL, asked, impact, app.refund_digest(lines), (impact ->> 'total')::numeric, counted);
    INSERT INTO app.refund_lines (proposal_id, order_id, dish_id, quantity, amount, destination, order_version, state, why)
    SELECT propose_refund.command_id, l.order_id, l.dish_id, l.quantity, l.amount, l.destination, l.order_version, l.state, l.why
    FROM unnest(lines) AS l ORDER BY l.order_id, l.dish_id;
    RETURN written;
END;
$$;


-- Refuse RF429: more lines previewed and not confirmed in the last hour than a person needs; they lie on the disk until they are swept.
CREATE FUNCTION app.check_previews(me app.caller, more bigint) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    IF more + (SELECT count(*) FROM app.proposals AS p JOIN app.refund_lines AS r ON r.proposal_id = p.id
        WHERE p.person_id = me.person_id AND p.confirmed_at IS NULL AND p.created_at > clock_timestamp() - interval '1 hour') > 200000 THEN
        RAISE EXCEPTION 'Too many large previews. Wait a few minutes, then try again.'
            USING ERRCODE = 'RF429', DETAIL = jsonb_build_object('seconds', 300);
    END IF;
END;
$$;


-- Refuse (RF400) lists that cannot be lines of orders, and (RF404) orders or dishes that are not there.
CREATE FUNCTION app.check_lines(order_ids uuid[], dish_ids uuid[], quantities integer[], destinations text[]) RETURNS void
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    IF coalesce(cardinality(order_ids), 0) NOT BETWEEN 1 AND 200000 OR array_ndims(order_ids) > 1 THEN
        PERFORM app.refuse_argument('order_ids', 'A refund needs one order or more, and holds at most 10,000 lines.');
    ELSIF (cardinality(dish_ids), cardinality(quantities), cardinality(destinations))
        IS DISTINCT FROM (cardinality(order_ids), cardinality(order_ids), cardinality(order_ids)) THEN
        PERFORM app.refuse_argument('order_ids', 'The lists differ in length.');
    ELSIF EXISTS (SELECT FROM unnest(quantities) AS q (quantity) WHERE q.quantity NOT BETWEEN 1 AND 10000) THEN
        PERFORM app.refuse_argument('quantities', 'The quantity of a line is between 1 and 10,000.');
    ELSIF EXISTS (SELECT FROM unnest(destinations) AS d (destination) WHERE d.destination NOT IN ('wallet', 'card')) THEN
        PERFORM app.refuse_argument('destinations', 'Money goes back to the wallet or to the card.');
    ELSIF EXISTS (SELECT FROM unnest(order_ids, dish_ids) AS w (order_id, dish_id) GROUP BY w.order_id
        HAVING bool_or(w.dish_id IS NULL) AND bool_or(w.dish_id IS NOT NULL)) OR EXISTS (
        SELECT FROM unnest(order_ids, dish_ids, quantities, destinations) AS w (order_id, dish_id, quantity, destination)
        GROUP BY w.order_id, w.dish_id HAVING count(DISTINCT (w.quantity, w.destination)) > 1) THEN
        PERFORM app.refuse_argument('dish_ids', 'An order or a dish of it is named twice, in different ways.');
    ELSIF EXISTS (SELECT FROM unnest(order_ids, dish_ids) AS w (order_id, dish_id) WHERE NOT EXISTS (
        SELECT FROM app.order_lines AS l WHERE l.order_id = w.order_id AND (w.dish_id IS NULL OR l.dish_id = w.dish_id))) THEN
        RAISE EXCEPTION 'One of these orders, or a dish in it, does not exist.' USING ERRCODE = 'RF404';
    END IF;
END;
$$;


-- Lock the orders of these refunds, in the order of their ids.
CREATE FUNCTION app.lock_orders_of(proposals uuid[]) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    PERFORM FROM app.orders AS o
    WHERE o.id IN (SELECT r.order_id FROM app.refund_lines AS r WHERE r.proposal_id = ANY (proposals) AND r.state <> 'left_out')
    ORDER BY o.id FOR NO KEY UPDATE;
END;
$$;


-- Judge a previewed refund once more, with its orders locked. Null: exactly what was shown. Else the first 50 orders that are different now,
-- with what each was and is: its state, and what of it would be given back.
CREATE FUNCTION app.refund_changed(p app.proposals) RETURNS jsonb
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    lines app.refund_lines[];
BEGIN
    PERFORM app.lock_orders_of(ARRAY[p.id]);
    SELECT array_agg(j) INTO lines
    FROM (SELECT array_agg(r.order_id) AS orders, array_agg(r.dish_id) AS dishes, array_agg(r.quantity) AS quantities,
            array_agg(r.destination) AS destinations
        FROM app.refund_lines AS r WHERE r.proposal_id = p.id AND r.state = 'proposed') AS w,
        app.judge_lines(w.orders, w.dishes, w.quantities, w.destinations) AS j;
    IF app.refund_digest(lines) = p.digest THEN
        RETURN NULL;
    END IF;
    RETURN (
        WITH was AS (
            SELECT r.order_id, sum(r.amount) AS amount, max(r.order_version) AS version
            FROM app.refund_lines AS r WHERE r.proposal_id = p.id AND r.state = 'proposed' GROUP BY r.order_id
        ), now_there AS (
            SELECT l.order_id, coalesce(sum(l.amount) FILTER (WHERE l.state = 'proposed'), 0) AS amount, max(l.order_version) AS version,
                max(l.why) AS why
            FROM unnest(lines) AS l GROUP BY l.order_id
        ), moved AS (
            SELECT o.number, h.state AS was, was.amount AS was_amount, o.state AS now, n.amount AS now_amount, n.why, count(*) OVER () AS orders
            FROM was JOIN now_there AS n USING (order_id) JOIN app.orders AS o ON o.id = was.order_id
            LEFT JOIN app.order_history AS h ON h.order_id = o.id AND h.version = was.version
            WHERE (was.amount, was.version) <> (n.amount, n.version)
            ORDER BY o.number LIMIT 50
        )
        SELECT jsonb_build_object('orders', coalesce(max(m.orders), 0), 'moved', coalesce(jsonb_agg(to_jsonb(m) - 'orders' ORDER BY m.number), '[]'))
        FROM moved AS m);
END;
$$;


-- Refuse (RF400) a rule that cannot be.
CREATE FUNCTION app.check_rule(since timestamptz, until timestamptz, states text[], pay_with text) RETURNS void
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    IF (since < until AND until <= since + interval '31 days') IS NOT TRUE THEN
        PERFORM app.refuse_argument('since', 'Say from when until when, 31 days at most.');
    ELSIF EXISTS (SELECT FROM unnest(states) AS s (state) WHERE s.state IS NULL OR s.state NOT IN (SELECT e.dst FROM app.order_edges AS e)) THEN
        PERFORM app.refuse_argument('states', 'An order has no such state.');
    ELSIF pay_with NOT IN ('wallet', 'card') THEN
        PERFORM app.refuse_argument('pay_with', 'An order is paid from the wallet or by card.');
    END IF;
END;
$$;


-- Tell whether an order waits for somebody to decide about a refund, as api.refund_cases shows it. Locks the order: one decides.
CREATE FUNCTION app.is_case(order_id uuid) RETURNS boolean
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    found_order record;
    since timestamptz;
BEGIN
    SELECT o.state, o.changed_at, o.placed_at, o.paid - o.reversed - o.refunded - o.reserved AS owing INTO found_order
    FROM app.orders AS o WHERE o.id = is_case.order_id FOR NO KEY UPDATE;
    IF found_order.state = 'cancelled' THEN
        since := found_order.changed_at;
    ELSIF EXISTS (SELECT FROM (SELECT array_agg(s.id) AS items, array_agg(s.on_hand::bigint) AS on_hands
            FROM app.stock_items AS s JOIN app.stock_movements AS m ON m.item_id = s.id AND m.kind = 'hold' AND m.order_id = is_case.order_id) AS held,
            app.short_orders(held.items, held.on_hands) AS short WHERE short.order_id = is_case.order_id) THEN
        since := found_order.placed_at;
    END IF;
    RETURN since IS NOT NULL AND found_order.owing > 0
        AND NOT EXISTS (SELECT FROM app.dismissed_cases AS d WHERE d.order_id = is_case.order_id AND d.at >= since);
END;
$$;


-- Leave out the lines of orders that the maker exempts.
CREATE FUNCTION app.exempt_lines(exempt_ids uuid[], lines app.refund_lines[]) RETURNS app.refund_lines[]
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, pg_temp
BEGIN ATOMIC
    SELECT array_agg(ROW(l.proposal_id, l.order_id, l.dish_id, l.quantity, l.amount, l.destination, l.order_version,
        CASE WHEN x.is THEN 'left_out' ELSE l.state END, CASE WHEN x.is AND l.why IS NULL THEN 'exempt' ELSE l.why END, l.at)::app.refund_lines)
    FROM unnest(lines) AS l, LATERAL (SELECT coalesce(l.order_id = ANY (exempt_ids), false)) AS x ("is");
END;
