-- Placing an order: the parts of api.place_order. Runs inside it, as r_api.

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


-- Refuse an order whose customer is not there (RF404), or whose note or way to pay cannot be (RF400).
CREATE FUNCTION app.check_order(kitchen uuid, customer uuid, note text, pay_with text) RETURNS void
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    PERFORM app.check_kitchen(kitchen), app.check_customer(customer), app.check_text('note', note, 500);
    IF pay_with IS NULL OR pay_with NOT IN ('wallet', 'card') THEN
        PERFORM app.refuse_argument('pay_with', 'An order is paid from the wallet or by card.');
    END IF;
END;
$$;


-- Tell, without a lock, whether so much could be paid now: from the wallet, or by one card payment that may go on from the wallet to
-- the order. app.post_transfer decides. While all money is frozen nothing can: a card would be charged for food that nobody may cook.
CREATE FUNCTION app.can_pay(customer uuid, pay_with text, total bigint) RETURNS boolean
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp
BEGIN ATOMIC
    SELECT EXISTS (SELECT FROM app.accounts AS a WHERE a.id = customer AND a.frozen_at IS NULL
        AND total <= CASE pay_with WHEN 'card' THEN app.most_at_once() ELSE a.balance END)
        AND NOT EXISTS (SELECT FROM app.freezes AS f WHERE f.released_at IS NULL);
END;


-- Refuse a basket that the shelf (RF410), the wallet (RF402, RF423) or one card payment (RF400) cannot serve. 55P03: by now it could.
CREATE FUNCTION app.refuse_basket(customer uuid, pay_with text, total bigint, enough boolean, item_ids uuid[], amounts bigint[]) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    IF NOT enough THEN
        PERFORM app.refuse_short('hold', item_ids, amounts);
    ELSIF pay_with = 'card' AND total > app.most_at_once() THEN
        PERFORM app.refuse_argument('pay_with', 'One card payment is at most ₦1,000,000.00. Pay from the wallet.');
    END IF;
    PERFORM app.check_money_moves();
    IF app.can_pay(customer, pay_with, total) THEN
        RAISE EXCEPTION 'Money moves again since a moment ago. Try again.' USING ERRCODE = '55P03';
    END IF;
    PERFORM app.refuse_wallet(customer, -total);
END;
$$;


-- Write the row of a new order and the first step of its history; paid, or waiting for its payment, which is written too.
CREATE FUNCTION app.write_order(command_id uuid, kitchen uuid, customer uuid, total bigint, note text, pay_with text) RETURNS jsonb
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    by_card boolean := pay_with = 'card';
    times record;
    written jsonb;
BEGIN
    SELECT clock_timestamp() + s.pay_within AS due_at, clock_timestamp() + s.cook_within AS promised_at INTO times FROM app.settings AS s;
    INSERT INTO app.orders AS o (id, kitchen_id, customer_id, state, total, note, pay_with, paid, due_at, promised_at)
    VALUES (command_id, kitchen, customer, CASE WHEN by_card THEN 'awaiting_payment' ELSE 'placed' END, write_order.total, write_order.note,
        write_order.pay_with, CASE WHEN by_card THEN 0 ELSE write_order.total END, CASE WHEN by_card THEN times.due_at END, times.promised_at)
    RETURNING to_jsonb(o) INTO written;
    INSERT INTO app.order_history (order_id, version, state, command_id)
    VALUES (write_order.command_id, 1, written ->> 'state', write_order.command_id);
    IF by_card THEN
        INSERT INTO app.payments (id, customer_id, order_id, amount)
        VALUES (write_order.command_id, customer, write_order.command_id, write_order.total);
        INSERT INTO app.outbox (noun, object_id) VALUES ('payments', write_order.command_id);
    END IF;
    RETURN written;
END;
$$;
