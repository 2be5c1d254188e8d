-- What kitchens sell, and to whom.

CREATE TABLE app.dishes (
    id uuid PRIMARY KEY,
    kitchen_id uuid NOT NULL REFERENCES app.kitchens,
    name text NOT NULL,
    category text NOT NULL,
    price app.kobo NOT NULL CHECK (price > 0),
    recipe integer NOT NULL DEFAULT 0,
    version integer NOT NULL DEFAULT 1,
    active boolean NOT NULL DEFAULT true
);
CREATE INDEX dishes_kitchen ON app.dishes (kitchen_id, category, name);
COMMENT ON TABLE app.dishes IS 'One row for each dish a kitchen sells, its price in kobo, and the number of its recipe in force (0: needs nothing).';

CREATE TABLE app.customers (
    id uuid PRIMARY KEY,
    name text NOT NULL,
    phone text NOT NULL,
    active boolean NOT NULL DEFAULT true,
    created_at timestamptz NOT NULL DEFAULT clock_timestamp()
);
COMMENT ON TABLE app.customers IS 'One row for each customer.';

ALTER TABLE app.dishes ENABLE ROW LEVEL SECURITY;
ALTER TABLE app.customers ENABLE ROW LEVEL SECURITY;

GRANT SELECT, INSERT ON app.dishes, app.customers TO r_api;
GRANT UPDATE (price, recipe, version, active) ON app.dishes TO r_api;
GRANT SELECT ON app.dishes, app.customers TO r_view;
