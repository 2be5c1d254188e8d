-- Menu: what a kitchen sells, for how much, and what a portion takes from the shelf.
-- Python twin: core/menu.py (same names, same order).

CREATE VIEW api.menu WITH (security_barrier) AS
SELECT d.id, d.kitchen_id, d.name, d.category, d.price::bigint AS price, d.recipe, d.version, d.active
FROM app.dishes AS d;

GRANT SELECT ON api.menu TO kitchen_staff, kitchen_manager, counter_device, support, finance_admin, owner_admin, auditor;


-- Put dishes on a kitchen's menu, all or none, and return them. Arrays run side by side; prices are in kobo.
-- RF400: a name, category or price cannot be stored, the lists differ in length, or an id is taken.  RF404: no such kitchen.
CREATE FUNCTION api.add_dishes(command_id uuid, kitchen_id uuid, dish_ids uuid[], names text[], categories text[], prices bigint[])
RETURNS SETOF api.menu
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET lock_timeout = '5s'
AS $$
DECLARE
    me app.caller := app.enter('owner_admin');
    answer jsonb := app.claim(me, command_id, 'add_dishes', jsonb_build_object(
        'kitchen_id', kitchen_id, 'dish_ids', dish_ids, 'names', names, 'categories', categories, 'prices', prices));
BEGIN
    IF answer IS NULL THEN
        PERFORM app.check_lists('dish_ids', dish_ids, cardinality(names), cardinality(categories), cardinality(prices));
        PERFORM app.check_dish(dish.name, dish.category, dish.price) FROM unnest(names, categories, prices) AS dish (name, category, price);
        PERFORM app.check_kitchen(kitchen_id);
        WITH added AS (
            INSERT INTO app.dishes AS d (id, kitchen_id, name, category, price)
            SELECT dish.id, add_dishes.kitchen_id, dish.name, dish.category, dish.price
            FROM unnest(dish_ids, names, categories, prices) AS dish (id, name, category, price)
            ORDER BY dish.id  -- so that two lists with the same ids never wait for each other
            ON CONFLICT DO NOTHING
            RETURNING d.id, to_jsonb(d) AS row
        )
        SELECT jsonb_agg(added.row ORDER BY array_position(dish_ids, added.id)) INTO answer FROM added;
        IF coalesce(jsonb_array_length(answer), 0) <> cardinality(dish_ids) THEN
            PERFORM app.refuse_argument('dish_ids', 'One of these dishes is on a menu already.');
        END IF;
        PERFORM app.record(me, command_id, 'add_dishes', 'menu', kitchen_id, kitchen_id, NULL, NULL,
            jsonb_build_object('dishes', to_jsonb(dish_ids), 'prices', to_jsonb(prices)));
        PERFORM app.answer(command_id, answer);
    END IF;
    RETURN QUERY SELECT d.id, d.kitchen_id, d.name, d.category, d.price, d.recipe, d.version, d.active
    FROM jsonb_populate_recordset(NULL::api.menu, answer) AS d;
END;
$$;

GRANT EXECUTE ON FUNCTION api.add_dishes TO owner_admin;


-- Say what one portion of these dishes takes: a new recipe for each dish named, made of all its lines, and return the dishes.
-- Arrays run side by side, one line for each dish and item. Orders placed before keep the recipe they had.
-- RF400: the lists differ in length, an amount is not above zero, or a line comes twice.  RF404: a dish or an item is not this kitchen's.
CREATE FUNCTION api.set_recipes(command_id uuid, kitchen_id uuid, dish_ids uuid[], item_ids uuid[], quantities bigint[])
RETURNS SETOF api.menu
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET lock_timeout = '5s'
AS $$
DECLARE
    me app.caller := app.enter('owner_admin', 'kitchen_manager');
    answer jsonb := app.claim(me, command_id, 'set_recipes', jsonb_build_object(
        'kitchen_id', kitchen_id, 'dish_ids', dish_ids, 'item_ids', item_ids, 'quantities', quantities));
BEGIN
    IF answer IS NULL THEN
        PERFORM app.check_lists('dish_ids', dish_ids, cardinality(item_ids), cardinality(quantities));
        PERFORM app.check_quantity('quantities', line.quantity, 1) FROM unnest(quantities) AS line (quantity);
        PERFORM app.check_recipes(kitchen_id, dish_ids, item_ids);
        WITH renewed AS (
            UPDATE app.dishes AS d SET recipe = d.recipe + 1
            WHERE d.id = ANY (dish_ids) RETURNING d.id, d.recipe, to_jsonb(d) AS row
        ), written AS (
            INSERT INTO app.recipes (dish_id, recipe, item_id, quantity)
            SELECT line.dish_id, renewed.recipe, line.item_id, line.quantity
            FROM unnest(dish_ids, item_ids, quantities) AS line (dish_id, item_id, quantity)
            JOIN renewed ON renewed.id = line.dish_id
        )
        SELECT jsonb_agg(renewed.row ORDER BY renewed.id) INTO answer FROM renewed;
        PERFORM app.record(me, command_id, 'set_recipes', 'menu', kitchen_id, kitchen_id, NULL, NULL,
            jsonb_build_object('dishes', to_jsonb(dish_ids), 'items', to_jsonb(item_ids), 'quantities', to_jsonb(quantities)));
        PERFORM app.answer(command_id, answer);
    END IF;
    RETURN QUERY SELECT d.id, d.kitchen_id, d.name, d.category, d.price, d.recipe, d.version, d.active
    FROM jsonb_populate_recordset(NULL::api.menu, answer) AS d;
END;
$$;

GRANT EXECUTE ON FUNCTION api.set_recipes TO owner_admin, kitchen_manager;


-- Set the price of a dish, in kobo, and return it. Orders placed before keep their price.
-- RF404: no such dish.  RF412: somebody changed it first (DETAIL: the dish now).  RF400: the price is not above zero.
CREATE FUNCTION api.set_dish_price(command_id uuid, dish_id uuid, price bigint, seen_version integer)
RETURNS api.menu
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET lock_timeout = '5s'
AS $$
DECLARE
    me app.caller := app.enter('owner_admin');
    answer jsonb := app.claim(me, command_id, 'set_dish_price', jsonb_build_object(
        'dish_id', dish_id, 'price', price, 'seen_version', seen_version));
    was jsonb;
BEGIN
    IF answer IS NULL THEN
        PERFORM app.check_price(price);
        SELECT to_jsonb(d) INTO was FROM app.dishes AS d WHERE d.id = dish_id FOR NO KEY UPDATE;  -- as it is once others are done
        UPDATE app.dishes AS d SET price = set_dish_price.price, version = d.version + 1
        WHERE d.id = dish_id AND d.version = seen_version RETURNING to_jsonb(d) INTO answer;
        IF answer IS NULL AND was IS NULL THEN
            RAISE EXCEPTION 'There is no such dish.' USING ERRCODE = 'RF404';
        ELSIF answer IS NULL THEN
            RAISE EXCEPTION 'The dish % was changed by somebody else. Look at it again.', was ->> 'name'
                USING ERRCODE = 'RF412', DETAIL = was;
        END IF;
        PERFORM app.record(me, command_id, 'set_dish_price', 'menu', dish_id, (answer ->> 'kitchen_id')::uuid, NULL,
            jsonb_build_object('price', was -> 'price'), jsonb_build_object('price', answer -> 'price'));
        PERFORM app.answer(command_id, answer);
    END IF;
    RETURN jsonb_populate_record(NULL::api.menu, answer);
END;
$$;

GRANT EXECUTE ON FUNCTION api.set_dish_price TO owner_admin;
