-- Money: accounts, transfers and their entries, payments from outside, and what an order has paid.
-- Entries are for ever; a wallet's balance is the sum of its entries and can be followed step by step.

CREATE TABLE app.accounts (
    id uuid PRIMARY KEY,
    code text UNIQUE,
    customer_id uuid UNIQUE REFERENCES app.customers,
    balance app.kobo CHECK (balance >= 0),
    version integer,
    frozen_at timestamptz,
    frozen_why text,
    CONSTRAINT a_wallet_is_its_customers CHECK (id = customer_id),
    CONSTRAINT a_wallet_keeps_a_balance CHECK (
        (customer_id IS NULL) = (code IS NOT NULL) AND (customer_id IS NULL) = (balance IS NULL) AND (balance IS NULL) = (version IS NULL)),
    CONSTRAINT frozen_says_why CHECK ((frozen_at IS NULL) = (frozen_why IS NULL))
) WITH (fillfactor = 90, autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_cost_delay = 0);
COMMENT ON TABLE app.accounts IS 'One row for each customer''s wallet, and for each account of the company, which keeps no running balance.';
INSERT INTO app.accounts (id, code) VALUES
    ('00000000-0000-7000-8000-000000000001', 'clearing'),  -- what the payment provider owes us
    ('00000000-0000-7000-8000-000000000002', 'payable');   -- what we owe kitchens for food
INSERT INTO app.accounts (id, customer_id, balance, version) SELECT c.id, c.id, 0, 0 FROM app.customers AS c;

CREATE TABLE app.transfers (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    kind text NOT NULL CHECK (kind IN ('top_up', 'payment', 'reversal', 'refund')),
    reference text NOT NULL,
    order_id uuid REFERENCES app.orders,
    command_id uuid NOT NULL,
    login name NOT NULL DEFAULT session_user,
    person_id uuid,
    xid xid8 NOT NULL DEFAULT pg_current_xact_id(),
    at timestamptz NOT NULL DEFAULT clock_timestamp(),
    UNIQUE (kind, reference)
);
CREATE INDEX transfers_order ON app.transfers (order_id) WHERE order_id IS NOT NULL;
COMMENT ON TABLE app.transfers IS 'One row for each time money moved; kind and reference make sure that it moves once.';

CREATE TABLE app.entries (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    transfer_id bigint NOT NULL REFERENCES app.transfers,
    account_id uuid NOT NULL REFERENCES app.accounts,
    amount app.kobo NOT NULL CHECK (amount <> 0),
    balance_after app.kobo CHECK (balance_after >= 0),
    account_version integer,
    UNIQUE (account_id, account_version),
    CONSTRAINT wallets_prove_themselves CHECK ((balance_after IS NULL) = (account_version IS NULL))
);
CREATE INDEX entries_transfer ON app.entries (transfer_id);
COMMENT ON TABLE app.entries IS 'One row for each account a transfer touches, in kobo; for a wallet with the balance after it and its number in the wallet''s history.';

CREATE TABLE app.payments (
    id uuid PRIMARY KEY,
    customer_id uuid NOT NULL REFERENCES app.customers,
    order_id uuid UNIQUE REFERENCES app.orders,
    amount app.kobo NOT NULL CHECK (amount > 0),
    state text NOT NULL DEFAULT 'pending' CHECK (state IN ('pending', 'success', 'failed', 'mismatch')),
    provider_id text UNIQUE,
    version integer NOT NULL DEFAULT 1,
    created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    settled_at timestamptz
) WITH (fillfactor = 80);
CREATE INDEX payments_pending ON app.payments (created_at) WHERE state = 'pending';
COMMENT ON TABLE app.payments IS 'One row for each attempt to take money from outside (an intent); its id is the reference the provider knows.';

CREATE TABLE app.day_counters (
    person_id uuid NOT NULL REFERENCES app.people,
    day date NOT NULL,
    cancels integer NOT NULL DEFAULT 0,
    PRIMARY KEY (person_id, day)
) WITH (fillfactor = 50);
COMMENT ON TABLE app.day_counters IS 'One row for each person and Lagos day: what is limited per day, counted in a row that is locked.';

CREATE TABLE app.settings (
    one boolean PRIMARY KEY DEFAULT true CHECK (one),
    cancels_a_day integer NOT NULL DEFAULT 20 CHECK (cancels_a_day >= 0),
    pay_within interval NOT NULL DEFAULT '15 minutes' CHECK (pay_within > '0'),
    cook_within interval NOT NULL DEFAULT '35 minutes' CHECK (cook_within > '0')
);
COMMENT ON TABLE app.settings IS 'One row: the limits and times in force.';
INSERT INTO app.settings DEFAULT VALUES;

-- What an order has paid, and what of it went back; how it is paid, until when, and when it is promised.
-- Scanned and indexed under one short lock: an installation that has no money yet has few orders.
ALTER TABLE app.orders
    ADD COLUMN pay_with text NOT NULL DEFAULT 'wallet' CHECK (pay_with IN ('wallet', 'card')),
    ADD COLUMN paid app.kobo NOT NULL DEFAULT 0 CHECK (paid >= 0),
    ADD COLUMN reversed app.kobo NOT NULL DEFAULT 0 CHECK (reversed >= 0),
    ADD COLUMN refunded app.kobo NOT NULL DEFAULT 0 CHECK (refunded >= 0),
    ADD COLUMN reserved app.kobo NOT NULL DEFAULT 0 CHECK (reserved >= 0),
    ADD COLUMN due_at timestamptz,
    -- squawk-ignore adding-field-with-default
    ADD COLUMN promised_at timestamptz NOT NULL DEFAULT now() + interval '35 minutes',
    -- squawk-ignore constraint-missing-not-valid
    ADD CONSTRAINT paid_once_in_full CHECK (paid IN (0, total)),
    -- squawk-ignore constraint-missing-not-valid
    ADD CONSTRAINT no_more_back_than_was_paid CHECK (refunded + reversed + reserved <= paid),
    -- squawk-ignore constraint-missing-not-valid
    ADD CONSTRAINT no_food_before_the_card_paid CHECK (pay_with <> 'card' OR (paid > 0) = (state NOT IN ('awaiting_payment', 'expired')));
-- squawk-ignore ban-drop-default
ALTER TABLE app.orders ALTER COLUMN promised_at DROP DEFAULT;
-- squawk-ignore require-concurrent-index-creation
CREATE INDEX orders_due ON app.orders (due_at) WHERE state = 'awaiting_payment';
-- squawk-ignore require-concurrent-index-creation
CREATE INDEX orders_open ON app.orders (kitchen_id, placed_at, id) WHERE state NOT IN ('delivered', 'cancelled', 'expired');
-- squawk-ignore require-concurrent-index-creation
CREATE INDEX orders_cancelled ON app.orders (kitchen_id, changed_at) WHERE state = 'cancelled';

ALTER TABLE app.order_edges ADD COLUMN recall boolean NOT NULL DEFAULT false;
INSERT INTO app.order_edges (src, dst, who, recall) VALUES
    ('awaiting_payment', 'placed', '{svc_worker}', false),
    ('awaiting_payment', 'expired', '{svc_worker}', false),
    ('accepted', 'placed', '{kitchen_staff,kitchen_manager}', true),
    ('ready', 'preparing', '{kitchen_staff,kitchen_manager}', true),
    ('out', 'ready', '{kitchen_staff,kitchen_manager}', true);

CREATE TABLE app.ready_dishes (
    order_id uuid NOT NULL,
    dish_id uuid NOT NULL,
    login name NOT NULL DEFAULT session_user,
    at timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (order_id, dish_id),
    FOREIGN KEY (order_id, dish_id) REFERENCES app.order_lines
);
COMMENT ON TABLE app.ready_dishes IS 'One row for each line of an order that is ready before the whole order is.';

-- The last wall, now with the money: it is paid once and in full, and what went back never shrinks.
CREATE OR REPLACE FUNCTION app.guard_order() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM app.order_edges AS e WHERE e.src = OLD.state AND e.dst = NEW.state) THEN
        RAISE EXCEPTION 'An order does not go from % to %.', OLD.state, NEW.state
            USING ERRCODE = 'RF409', DETAIL = jsonb_build_object('from', OLD.state, 'to', NEW.state);
    END IF;
    IF (OLD.id, OLD.number, OLD.kitchen_id, OLD.customer_id, OLD.total, OLD.note, OLD.placed_by, OLD.placed_at, OLD.pay_with, OLD.version + 1)
        IS DISTINCT FROM
        (NEW.id, NEW.number, NEW.kitchen_id, NEW.customer_id, NEW.total, NEW.note, NEW.placed_by, NEW.placed_at, NEW.pay_with, NEW.version)
        OR NEW.paid < OLD.paid OR NEW.reversed < OLD.reversed OR NEW.refunded < OLD.refunded THEN
        RAISE EXCEPTION 'Only the state of an order changes, one version at a time, and its money only forward.' USING ERRCODE = '42501';
    END IF;
    RETURN NEW;
END;
$$;

-- The two deferred guards are definers, because a deferred trigger may run as somebody else, and so belong to r_ledger:
-- whoever owns a definer function owns no table.
SET LOCAL ROLE r_ledger;

-- Deferred to COMMIT: a transfer has two entries or more and sums to zero, and it is written through to the disk,
-- whatever durability the caller asked for.
CREATE FUNCTION app.guard_transfer() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    transfer bigint := CASE TG_TABLE_NAME WHEN 'transfers' THEN to_jsonb(NEW) -> 'id' ELSE to_jsonb(NEW) -> 'transfer_id' END;
    total bigint;
    entries integer;
BEGIN
    SELECT sum(e.amount), count(*) INTO total, entries FROM app.entries AS e WHERE e.transfer_id = transfer;
    IF entries < 2 OR total <> 0 THEN
        RAISE EXCEPTION 'Transfer % has % entries that sum to %.', transfer, entries, total USING ERRCODE = '23514';
    END IF;
    PERFORM set_config('synchronous_commit', 'on', true)
    WHERE current_setting('synchronous_commit') NOT IN ('on', 'remote_apply');
    RETURN NULL;
END;
$$;
-- Deferred to COMMIT: each balance that a wallet took is that of its entry, which is the one before plus the amount.
CREATE FUNCTION app.guard_balance() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    IF NEW.customer_id IS NOT NULL AND NOT EXISTS (
        SELECT FROM (SELECT coalesce(sum(e.balance_after) FILTER (WHERE e.account_version = NEW.version), 0) AS now_there,
                coalesce(sum(e.balance_after) FILTER (WHERE e.account_version < NEW.version), 0) AS before,
                coalesce(sum(e.amount) FILTER (WHERE e.account_version = NEW.version), 0) AS amount, count(*) AS steps
            FROM app.entries AS e WHERE e.account_id = NEW.id AND e.account_version BETWEEN NEW.version - 1 AND NEW.version) AS step
        WHERE step.now_there = NEW.balance AND step.now_there = step.before + step.amount AND step.steps = least(NEW.version, 2)) THEN
        RAISE EXCEPTION 'The balance of a wallet is not that of its newest entry.' USING ERRCODE = '23514';
    END IF;
    RETURN NULL;
END;
$$;
GRANT EXECUTE ON FUNCTION app.guard_transfer, app.guard_balance TO r_owner;
SET LOCAL ROLE r_owner;

CREATE CONSTRAINT TRIGGER transfers_sum_to_zero AFTER INSERT ON app.transfers
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION app.guard_transfer();
CREATE CONSTRAINT TRIGGER entries_sum_to_zero AFTER INSERT ON app.entries
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION app.guard_transfer();
CREATE CONSTRAINT TRIGGER balances_follow_entries AFTER INSERT OR UPDATE ON app.accounts
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION app.guard_balance();

CREATE TRIGGER transfers_are_for_ever BEFORE UPDATE OR DELETE ON app.transfers FOR EACH ROW EXECUTE FUNCTION app.refuse_change();
CREATE TRIGGER transfers_are_never_emptied BEFORE TRUNCATE ON app.transfers FOR EACH STATEMENT EXECUTE FUNCTION app.refuse_change();
CREATE TRIGGER entries_are_for_ever BEFORE UPDATE OR DELETE ON app.entries FOR EACH ROW EXECUTE FUNCTION app.refuse_change();
CREATE TRIGGER entries_are_never_emptied BEFORE TRUNCATE ON app.entries FOR EACH STATEMENT EXECUTE FUNCTION app.refuse_change();
CREATE TRIGGER accounts_stay BEFORE DELETE ON app.accounts FOR EACH ROW EXECUTE FUNCTION app.refuse_change();

ALTER TABLE app.accounts ENABLE ROW LEVEL SECURITY;
ALTER TABLE app.payments ENABLE ROW LEVEL SECURITY;

GRANT SELECT ON app.accounts, app.transfers, app.entries TO r_api, r_ledger, r_view;
GRANT INSERT ON app.accounts, app.transfers, app.entries TO r_ledger;
GRANT UPDATE (balance, version) ON app.accounts TO r_ledger;
GRANT UPDATE (frozen_at, frozen_why) ON app.accounts TO r_api;
GRANT SELECT, INSERT ON app.payments, app.day_counters, app.ready_dishes TO r_api;
GRANT UPDATE (state, provider_id, version, settled_at) ON app.payments TO r_api;
GRANT UPDATE (cancels) ON app.day_counters TO r_api;
GRANT DELETE ON app.ready_dishes TO r_api;
GRANT SELECT ON app.settings TO r_api;
GRANT UPDATE (paid, reversed, promised_at) ON app.orders TO r_api;
GRANT SELECT ON app.payments, app.ready_dishes TO r_view;
