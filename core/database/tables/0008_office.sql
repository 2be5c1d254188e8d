-- What the office's lists and searches need: indexes in the order they are read.

-- Customers: their names as they are sorted and searched, without accents, dots below and capitals: what core/database/matching.py does to
-- a name, done once, when it is written. The table is written anew under one lock: a second for a hundred thousand customers.
-- squawk-ignore adding-field-with-default
ALTER TABLE app.customers ADD COLUMN sort_name text COLLATE "C" NOT NULL GENERATED ALWAYS AS (
    translate(regexp_replace(normalize(lower(name), NFKD), '[\u0300-\u036f]', '', 'g'), 'ɓɗƙƴŋɛɔəıøłđ', 'bdkyneoeiold')) STORED;
-- squawk-ignore require-concurrent-index-creation
CREATE INDEX customers_sorted ON app.customers (sort_name, id);
-- squawk-ignore require-concurrent-index-creation
CREATE INDEX customers_suspended ON app.customers (sort_name, id) WHERE NOT active;
-- squawk-ignore require-concurrent-index-creation
CREATE INDEX customers_phone ON app.customers (phone);
-- What a customer ordered, newest first. (A step of an order writes to every index of the table, decision 27: this is one more.)
-- squawk-ignore require-concurrent-index-creation
CREATE INDEX orders_customer ON app.orders (customer_id, placed_at, id);

-- Wallets: who froze one (null where it was frozen before this was kept), and the few that are frozen. There is no index on balance or
-- version: those change with every order, and an index on them would end updates in place (HOT).
ALTER TABLE app.accounts ADD COLUMN frozen_by uuid;
-- Scanned under the same short lock as the index below.
-- squawk-ignore constraint-missing-not-valid
ALTER TABLE app.accounts ADD CONSTRAINT nobody_froze_an_open_wallet CHECK (frozen_by IS NULL OR frozen_at IS NOT NULL);
-- squawk-ignore require-concurrent-index-creation
CREATE INDEX accounts_frozen ON app.accounts (customer_id) WHERE frozen_at IS NOT NULL;
GRANT UPDATE (frozen_by) ON app.accounts TO r_api;

-- When a login was ended, by which login and why. The trail knows it of those that ended before; a second end of one changed nothing.
ALTER TABLE app.staff
    ADD COLUMN ended_at timestamptz,
    ADD COLUMN ended_by name,
    ADD COLUMN ended_why text;
UPDATE app.staff AS s SET ended_at = e.at, ended_by = e.login, ended_why = e.reason
FROM (
    SELECT DISTINCT ON (a.after ->> 'login') a.after ->> 'login' AS ended, a.at, a.login, a.reason
    FROM app.audit_events AS a WHERE a.action = 'revoke_staff' ORDER BY a.after ->> 'login', a.id
) AS e
WHERE e.ended = s.login AND NOT s.active;
GRANT UPDATE (ended_at, ended_by, ended_why) ON app.staff TO r_api;

-- The office's first page: the few transfers that give something back, by time, and the few payments that were made otherwise than asked for.
-- squawk-ignore require-concurrent-index-creation
CREATE INDEX transfers_given_back ON app.transfers (at) WHERE kind IN ('reversal', 'refund');
-- squawk-ignore require-concurrent-index-creation
CREATE INDEX payments_mismatched ON app.payments (settled_at) WHERE state = 'mismatch';

-- The trail of one object (an order, a payment, a proposal), oldest first: the story of an order is read from it.
-- squawk-ignore require-concurrent-index-creation
CREATE INDEX audit_events_object ON app.audit_events (object_id, at, id) WHERE object_id IS NOT NULL;
ALTER TABLE app.audit_events ENABLE ROW LEVEL SECURITY;
GRANT SELECT ON app.audit_events TO r_view;
-- Whoever looks at an order is told whether they may cancel it.
GRANT SELECT ON app.order_edges TO r_view;
