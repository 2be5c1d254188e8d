-- What lies on the shelves, every change of it, and what a dish takes from it.

CREATE TABLE app.stock_items (
    id uuid PRIMARY KEY,
    kitchen_id uuid NOT NULL REFERENCES app.kitchens,
    name text NOT NULL,
    place text NOT NULL,
    barcode text,
    unit text NOT NULL,
    unit_size integer NOT NULL CHECK (unit_size IN (1, 10, 100, 1000)),
    warn_at app.quantity NOT NULL CHECK (warn_at >= 0),
    full_at app.quantity NOT NULL CHECK (full_at > 0),
    on_hand app.quantity NOT NULL CHECK (on_hand >= 0),
    held app.quantity NOT NULL DEFAULT 0 CHECK (held >= 0),
    version integer NOT NULL DEFAULT 1,
    movements integer NOT NULL DEFAULT 1,
    counted integer
) WITH (fillfactor = 50, autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_cost_delay = 0);
CREATE INDEX stock_items_kitchen ON app.stock_items (kitchen_id);
CREATE UNIQUE INDEX stock_items_barcode ON app.stock_items (kitchen_id, barcode) WHERE barcode IS NOT NULL;
COMMENT ON TABLE app.stock_items IS 'One row for each thing on a kitchen''s shelf, in its smallest unit: on hand, and held for orders not yet cooked.';
COMMENT ON COLUMN app.stock_items.version IS 'How often the shelf itself changed; an order that only holds does not count.';
COMMENT ON COLUMN app.stock_items.movements IS 'Number of the newest movement.';
COMMENT ON COLUMN app.stock_items.counted IS 'Number of the movement that recorded the newest count.';

CREATE TABLE app.stock_movements (
    item_id uuid NOT NULL REFERENCES app.stock_items,
    number integer NOT NULL,
    kitchen_id uuid NOT NULL,
    kind text NOT NULL CHECK (kind IN ('opening', 'delivery', 'waste', 'count', 'correction', 'undo', 'hold', 'release', 'use')),
    change app.quantity NOT NULL,
    change_held app.quantity NOT NULL,
    on_hand app.quantity NOT NULL CHECK (on_hand >= 0),
    held app.quantity NOT NULL CHECK (held >= 0),
    version integer NOT NULL,
    order_id uuid REFERENCES app.orders,
    order_number bigint,
    undoes integer,
    reason text,
    note text NOT NULL,
    login name NOT NULL DEFAULT session_user,
    person_id uuid REFERENCES app.people,
    command_id uuid NOT NULL,
    at timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (item_id, number),
    CONSTRAINT orders_hold_use_and_release CHECK ((order_id IS NOT NULL) = (kind IN ('hold', 'release', 'use'))),
    CONSTRAINT an_undo_names_what_it_undoes CHECK ((undoes IS NOT NULL) = (kind = 'undo'))
);
CREATE INDEX stock_movements_version ON app.stock_movements (item_id, version) WHERE kind NOT IN ('hold', 'release');
CREATE UNIQUE INDEX stock_movements_held_once ON app.stock_movements (order_id, item_id) WHERE kind = 'hold';
CREATE UNIQUE INDEX stock_movements_ended_once ON app.stock_movements (order_id, item_id) WHERE kind IN ('use', 'release');
CREATE UNIQUE INDEX stock_movements_undone_once ON app.stock_movements (item_id, undoes) WHERE undoes IS NOT NULL;
COMMENT ON TABLE app.stock_movements IS 'One row for each change of an item, numbered per item without a gap, with its cause and the figures after it.';

CREATE TABLE app.recipes (
    dish_id uuid NOT NULL REFERENCES app.dishes,
    recipe integer NOT NULL CHECK (recipe > 0),
    item_id uuid NOT NULL REFERENCES app.stock_items,
    quantity app.quantity NOT NULL CHECK (quantity > 0),
    PRIMARY KEY (dish_id, recipe, item_id)
);
COMMENT ON TABLE app.recipes IS 'One row for what one portion takes of one item; a new recipe is a new number, the old ones stay for old orders.';

CREATE TRIGGER movements_are_for_ever BEFORE UPDATE OR DELETE ON app.stock_movements
    FOR EACH ROW EXECUTE FUNCTION app.refuse_change();
CREATE TRIGGER movements_are_never_emptied BEFORE TRUNCATE ON app.stock_movements
    FOR EACH STATEMENT EXECUTE FUNCTION app.refuse_change();
CREATE TRIGGER recipes_stay BEFORE UPDATE OR DELETE ON app.recipes
    FOR EACH ROW EXECUTE FUNCTION app.refuse_change();

ALTER TABLE app.stock_items ENABLE ROW LEVEL SECURITY;
ALTER TABLE app.stock_movements ENABLE ROW LEVEL SECURITY;

GRANT SELECT, INSERT ON app.stock_items, app.stock_movements, app.recipes TO r_api;
GRANT UPDATE (on_hand, held, version, movements, counted) ON app.stock_items TO r_api;
GRANT SELECT ON app.stock_items, app.stock_movements, app.recipes TO r_view;
