-- Menu and lists: the parts that several verbs share. Runs inside the verbs, as r_api.

-- Refuse (RF400) a list of ids that is empty, longer than 500 or not a plain list of ids, or that others should run beside and do not.
CREATE FUNCTION app.check_lists(field text, ids uuid[], VARIADIC others integer[]) RETURNS void
LANGUAGE plpgsql IMMUTABLE SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    IF coalesce(cardinality(ids), 0) NOT BETWEEN 1 AND 500 THEN
        PERFORM app.refuse_argument(field, 'Send between 1 and 500 at a time.');
    ELSIF array_ndims(ids) > 1 OR EXISTS (SELECT FROM unnest(ids) AS each (id) WHERE each.id IS NULL) THEN
        PERFORM app.refuse_argument(field, 'One of these has no id.');
    ELSIF EXISTS (SELECT FROM unnest(others) AS other (length) WHERE other.length IS DISTINCT FROM cardinality(ids)) THEN
        PERFORM app.refuse_argument(field, 'The lists differ in length.');
    END IF;
END;
$$;


-- Refuse RF404 when there is no such kitchen, or the caller does not work in it.
CREATE FUNCTION app.check_kitchen(kitchen uuid) RETURNS void
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    IF (kitchen = ANY (app.visible_kitchens())) IS NOT TRUE THEN
        RAISE EXCEPTION 'There is no such kitchen, or it is not yours.' USING ERRCODE = 'RF404';
    END IF;
END;
$$;


-- Refuse (RF400) a dish that cannot be stored.
CREATE FUNCTION app.check_dish(name text, category text, price bigint) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    PERFORM app.check_text('name', name, 300);
    PERFORM app.check_text('category', category, 80);
    PERFORM app.check_price(price);
END;
$$;


-- Refuse (RF400) a price, in kobo, that is not above zero or is more than ten million naira.
CREATE FUNCTION app.check_price(price bigint) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    IF price IS NULL OR price NOT BETWEEN 1 AND 1000000000 THEN
        PERFORM app.refuse_argument('price', 'A price is above zero and at most ₦10,000,000.00.');
    END IF;
END;
$$;


-- Refuse recipes that name a line twice (RF400), or a dish or an item of another kitchen (RF404). Locks the dishes by id.
CREATE FUNCTION app.check_recipes(kitchen uuid, dish_ids uuid[], item_ids uuid[]) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    PERFORM app.check_kitchen(kitchen);
    IF EXISTS (SELECT FROM unnest(dish_ids, item_ids) AS line (dish_id, item_id) GROUP BY line.dish_id, line.item_id HAVING count(*) > 1) THEN
        PERFORM app.refuse_argument('item_ids', 'A recipe names each item once.');
    ELSIF EXISTS (
        SELECT FROM unnest(dish_ids, item_ids) AS line (dish_id, item_id)
        LEFT JOIN app.dishes AS d ON d.id = line.dish_id AND d.kitchen_id = kitchen
        LEFT JOIN app.stock_items AS s ON s.id = line.item_id AND s.kitchen_id = kitchen
        WHERE d.id IS NULL OR s.id IS NULL) THEN
        RAISE EXCEPTION 'A dish or an item of these recipes is not this kitchen''s.' USING ERRCODE = 'RF404';
    END IF;
    PERFORM FROM app.dishes AS d WHERE d.id = ANY (dish_ids) ORDER BY d.id FOR NO KEY UPDATE;
END;
$$;
