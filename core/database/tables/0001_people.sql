-- Kitchens, people and their logins, and the version gate.

CREATE DOMAIN app.kobo AS bigint CHECK (VALUE BETWEEN -100000000000 AND 100000000000);  -- up to one billion naira
CREATE DOMAIN app.quantity AS bigint CHECK (VALUE BETWEEN -1000000000 AND 1000000000);  -- smallest units: a thousand tonnes

CREATE TABLE app.compat (
    single boolean PRIMARY KEY DEFAULT true CHECK (single),
    revision text NOT NULL,
    lowest_client text NOT NULL,
    newest_client text NOT NULL
);
COMMENT ON TABLE app.compat IS 'One row: the schema''s revision, and which client programs may work with it.';

CREATE TABLE app.kitchens (
    id uuid PRIMARY KEY,
    name text NOT NULL UNIQUE,
    district text NOT NULL,
    created_at timestamptz NOT NULL DEFAULT clock_timestamp()
);
COMMENT ON TABLE app.kitchens IS 'One row for each kitchen that cooks.';

CREATE TABLE app.people (
    id uuid PRIMARY KEY,
    name text NOT NULL,
    created_at timestamptz NOT NULL DEFAULT clock_timestamp()
);
COMMENT ON TABLE app.people IS 'One row for each person who works here; limits and rates count per person, not per login.';

CREATE TABLE app.staff (
    login name PRIMARY KEY,
    person_id uuid REFERENCES app.people,
    role text NOT NULL CHECK (role IN ('kitchen_staff', 'kitchen_manager', 'counter_device', 'support', 'finance_admin',
        'owner_admin', 'auditor', 'svc_ordering', 'svc_webhook', 'svc_worker')),
    active boolean NOT NULL DEFAULT true,
    version integer NOT NULL DEFAULT 1,
    created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    CONSTRAINT people_have_a_person CHECK ((person_id IS NULL) = (role IN ('counter_device', 'svc_ordering', 'svc_webhook', 'svc_worker')))
);
CREATE INDEX staff_person ON app.staff (person_id);
COMMENT ON TABLE app.staff IS 'One row for each database login, also of those who left: a name is never used again.';

CREATE TABLE app.staff_kitchens (
    login name NOT NULL REFERENCES app.staff,
    kitchen_id uuid NOT NULL REFERENCES app.kitchens,
    PRIMARY KEY (login, kitchen_id)
);
COMMENT ON TABLE app.staff_kitchens IS 'Which kitchens a login of kitchen people or of a counter may see and work in.';

CREATE TABLE app.budgets (
    person_id uuid PRIMARY KEY REFERENCES app.people,
    full_at timestamptz NOT NULL DEFAULT '-infinity'
) WITH (fillfactor = 50);
COMMENT ON TABLE app.budgets IS 'When each person''s budget of calls is full again: 20 at once, then 2 a second.';

-- Who calls, as app.enter found them; person_id is null for services and devices.
CREATE TYPE app.caller AS (login name, person_id uuid, name text, role text);

ALTER TABLE app.kitchens ENABLE ROW LEVEL SECURITY;
ALTER TABLE app.staff ENABLE ROW LEVEL SECURITY;

GRANT SELECT ON app.compat, app.kitchens, app.people, app.staff, app.staff_kitchens, app.budgets TO r_api;
GRANT INSERT ON app.kitchens, app.people, app.staff, app.staff_kitchens, app.budgets TO r_api;
GRANT UPDATE (role, active, version) ON app.staff TO r_api;
GRANT DELETE ON app.staff_kitchens TO r_api;
GRANT UPDATE (full_at) ON app.budgets TO r_api;
GRANT SELECT ON app.staff TO r_staff;
GRANT SELECT ON app.compat, app.kitchens, app.people, app.staff, app.staff_kitchens TO r_view;
