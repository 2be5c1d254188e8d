-- Orders, their lines, their history, and the edges they may walk.

CREATE TABLE app.orders (
    id uuid PRIMARY KEY,
    number bigint GENERATED ALWAYS AS IDENTITY (START WITH 1001) UNIQUE,
    kitchen_id uuid NOT NULL REFERENCES app.kitchens,
    customer_id uuid NOT NULL REFERENCES app.customers,
    state text NOT NULL CHECK (state IN ('awaiting_payment', 'placed', 'accepted', 'preparing', 'ready', 'out',
        'delivered', 'cancelled', 'expired')),
    version integer NOT NULL DEFAULT 1,
    total app.kobo NOT NULL CHECK (total > 0),
    note text NOT NULL,
    placed_by name NOT NULL DEFAULT session_user,
    placed_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    changed_at timestamptz NOT NULL DEFAULT clock_timestamp()
) WITH (fillfactor = 80);
CREATE INDEX orders_placed ON app.orders (placed_at, id);
CREATE INDEX orders_kitchen ON app.orders (kitchen_id, placed_at, id);
COMMENT ON TABLE app.orders IS 'One row for each order; number is what people say, total is in kobo.';

CREATE TABLE app.order_lines (
    order_id uuid NOT NULL REFERENCES app.orders,
    dish_id uuid NOT NULL REFERENCES app.dishes,
    dish text NOT NULL,
    quantity integer NOT NULL CHECK (quantity > 0),
    unit_price app.kobo NOT NULL CHECK (unit_price > 0),
    recipe integer NOT NULL,
    PRIMARY KEY (order_id, dish_id)
);
COMMENT ON TABLE app.order_lines IS 'One row for each dish of an order, with its name, price and recipe as they were then.';

CREATE TABLE app.order_history (
    order_id uuid NOT NULL REFERENCES app.orders,
    version integer NOT NULL,
    state text NOT NULL,
    reason text,
    login name NOT NULL DEFAULT session_user,
    person_id uuid,
    command_id uuid NOT NULL,
    at timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (order_id, version)
);
COMMENT ON TABLE app.order_history IS 'One row for each step an order took.';

CREATE TABLE app.order_edges (
    src text NOT NULL,
    dst text NOT NULL,
    who text[] NOT NULL,
    PRIMARY KEY (src, dst)
);
COMMENT ON TABLE app.order_edges IS 'One row for each step that exists, and which roles may take it.';
INSERT INTO app.order_edges (src, dst, who) VALUES
    ('placed', 'accepted', '{kitchen_staff,kitchen_manager}'),
    ('placed', 'cancelled', '{svc_ordering,kitchen_manager,support,finance_admin}'),
    ('accepted', 'preparing', '{kitchen_staff,kitchen_manager}'),
    ('accepted', 'cancelled', '{kitchen_manager,support,finance_admin}'),
    ('preparing', 'ready', '{kitchen_staff,kitchen_manager}'),
    ('preparing', 'cancelled', '{kitchen_manager,finance_admin}'),
    ('ready', 'out', '{kitchen_staff,kitchen_manager}'),
    ('out', 'delivered', '{kitchen_staff,kitchen_manager,svc_ordering}');

-- The last wall, also against whoever owns the table: only edges that exist, nothing else changes, versions count.
CREATE FUNCTION app.guard_order() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM app.order_edges AS e WHERE e.src = OLD.state AND e.dst = NEW.state) THEN
        RAISE EXCEPTION 'An order does not go from % to %.', OLD.state, NEW.state
            USING ERRCODE = 'RF409', DETAIL = jsonb_build_object('from', OLD.state, 'to', NEW.state);
    END IF;
    IF (OLD.id, OLD.number, OLD.kitchen_id, OLD.customer_id, OLD.total, OLD.note, OLD.placed_by, OLD.placed_at, OLD.version + 1)
        IS DISTINCT FROM
        (NEW.id, NEW.number, NEW.kitchen_id, NEW.customer_id, NEW.total, NEW.note, NEW.placed_by, NEW.placed_at, NEW.version) THEN
        RAISE EXCEPTION 'Only the state of an order changes, one version at a time.' USING ERRCODE = '42501';
    END IF;
    RETURN NEW;
END;
$$;

CREATE TRIGGER orders_walk_edges BEFORE UPDATE ON app.orders FOR EACH ROW EXECUTE FUNCTION app.guard_order();
CREATE TRIGGER orders_stay BEFORE DELETE ON app.orders FOR EACH ROW EXECUTE FUNCTION app.refuse_change();
CREATE TRIGGER order_lines_stay BEFORE UPDATE OR DELETE ON app.order_lines
    FOR EACH ROW EXECUTE FUNCTION app.refuse_change();
CREATE TRIGGER order_history_stays BEFORE UPDATE OR DELETE ON app.order_history
    FOR EACH ROW EXECUTE FUNCTION app.refuse_change();

ALTER TABLE app.orders ENABLE ROW LEVEL SECURITY;

GRANT SELECT, INSERT ON app.orders, app.order_lines, app.order_history TO r_api;
GRANT UPDATE (state, version, changed_at) ON app.orders TO r_api;
GRANT SELECT ON app.order_edges TO r_api;
GRANT SELECT ON app.orders, app.order_lines, app.order_history TO r_view;
