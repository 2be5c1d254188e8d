-- Proposals: destructive acts that were previewed and wait for a person's word; the lines of refunds; limits, and who approves.

CREATE TABLE app.proposals (
    id uuid PRIMARY KEY,
    kind text NOT NULL CHECK (kind IN ('refund', 'stock', 'suspension', 'limits', 'approver')),
    state text NOT NULL DEFAULT 'previewed' CHECK (state IN ('previewed', 'stale', 'awaiting_approval', 'rejected', 'withdrawn', 'lapsed',
        'running', 'stopped', 'done')),
    version integer NOT NULL DEFAULT 1,
    kitchen_id uuid REFERENCES app.kitchens,
    person_id uuid NOT NULL REFERENCES app.people,
    login name NOT NULL DEFAULT session_user,
    token_hash bytea NOT NULL UNIQUE,
    digest bytea NOT NULL,
    asked jsonb NOT NULL,
    impact jsonb NOT NULL,
    total app.kobo NOT NULL CHECK (total >= 0),
    lines integer NOT NULL CHECK (lines BETWEEN 1 AND 10000),
    created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    expires_at timestamptz NOT NULL,
    confirmed_at timestamptz,
    code text,
    reason text,
    alone_limit app.kobo,
    day_limit app.kobo,
    day_total bigint CHECK (day_total >= 0),
    approve_by timestamptz,
    approved_by uuid REFERENCES app.people,
    approved_login name,
    approved_at timestamptz,
    ended_by uuid REFERENCES app.people,
    ended_at timestamptz,
    ended_why text,
    CONSTRAINT the_maker_never_approves CHECK (approved_by <> person_id),
    CONSTRAINT confirmed_says_why CHECK ((confirmed_at IS NULL) = (code IS NULL) AND (code IS NULL) = (reason IS NULL)),
    CONSTRAINT approved_by_a_person CHECK ((approved_by IS NULL) = (approved_at IS NULL) AND (approved_by IS NULL) = (approved_login IS NULL)),
    CONSTRAINT confirmed_in_time CHECK (confirmed_at < expires_at),
    CONSTRAINT what_runs_was_confirmed CHECK (confirmed_at IS NOT NULL OR state IN ('previewed', 'stale', 'lapsed')),
    CONSTRAINT what_needs_approval_waits_for_it CHECK (approve_by IS NULL OR approved_by IS NOT NULL OR state NOT IN ('running', 'stopped', 'done'))
);
CREATE INDEX proposals_made ON app.proposals (created_at, id);
CREATE INDEX proposals_maker ON app.proposals (person_id, confirmed_at);
CREATE INDEX proposals_open ON app.proposals (state, created_at) WHERE state IN ('awaiting_approval', 'running', 'stopped');
CREATE INDEX proposals_unused ON app.proposals (expires_at) WHERE state IN ('previewed', 'stale');
COMMENT ON TABLE app.proposals IS 'One row for each destructive act that was previewed: what it would do exactly (impact), who made it, and what became of it.';
COMMENT ON COLUMN app.proposals.token_hash IS 'SHA-256 of the token that the preview answered with, once: whoever confirms must have seen the impact.';
COMMENT ON COLUMN app.proposals.approve_by IS 'Until when a second person may approve; null when none is needed.';

CREATE TABLE app.refund_lines (
    proposal_id uuid NOT NULL REFERENCES app.proposals,
    order_id uuid NOT NULL,
    dish_id uuid NOT NULL,
    quantity integer NOT NULL CHECK (quantity > 0),
    amount app.kobo NOT NULL CHECK (amount > 0),
    destination text NOT NULL CHECK (destination IN ('wallet', 'card')),
    order_version integer NOT NULL,
    state text NOT NULL CHECK (state IN ('proposed', 'left_out', 'confirmed', 'sending', 'unknown', 'done', 'failed')),
    why text,
    at timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (proposal_id, order_id, dish_id),
    FOREIGN KEY (order_id, dish_id) REFERENCES app.order_lines,
    CONSTRAINT left_out_says_why CHECK ((why IS NOT NULL) = (state IN ('left_out', 'failed')))
) WITH (fillfactor = 80);
CREATE INDEX refund_lines_order ON app.refund_lines (order_id);
CREATE INDEX refund_lines_open ON app.refund_lines (proposal_id, order_id) WHERE state = 'confirmed';
COMMENT ON TABLE app.refund_lines IS 'One row for each dish of an order that a refund gives back or leaves out: so many portions, so much money, where to, and what became of it.';

CREATE TABLE app.limits (
    person_id uuid PRIMARY KEY REFERENCES app.people,
    refund_alone app.kobo NOT NULL CHECK (refund_alone >= 0),
    refund_a_day app.kobo NOT NULL CHECK (refund_a_day >= 0)
);
COMMENT ON TABLE app.limits IS 'One row for each person whose limits are their own: what they refund alone, at once and in a Lagos day, in kobo.';

CREATE TABLE app.dismissed_cases (
    order_id uuid NOT NULL REFERENCES app.orders,
    person_id uuid REFERENCES app.people,
    login name NOT NULL DEFAULT session_user,
    reason text NOT NULL,
    at timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (order_id, at)
);
COMMENT ON TABLE app.dismissed_cases IS 'One row for each time somebody decided that an order which was put forward for a refund needs none.';

ALTER TABLE app.settings
    ADD COLUMN refund_alone app.kobo NOT NULL DEFAULT 5000000,
    ADD COLUMN refund_a_day app.kobo NOT NULL DEFAULT 20000000,
    ADD COLUMN figures_hold interval NOT NULL DEFAULT '5 minutes',
    ADD COLUMN approve_within interval NOT NULL DEFAULT '24 hours',
    ADD COLUMN approver_ripens interval NOT NULL DEFAULT '24 hours';
-- Plain numbers: what somebody tries in a day may come to more than any one amount of money, and must not be cut off.
ALTER TABLE app.day_counters ADD COLUMN refunds bigint NOT NULL DEFAULT 0 CHECK (refunds >= 0);
ALTER TABLE app.people ADD COLUMN approver_since timestamptz;
ALTER TABLE app.staff ADD COLUMN suspended boolean NOT NULL DEFAULT false, ADD COLUMN secret_by uuid, ADD COLUMN secret_at timestamptz;
COMMENT ON COLUMN app.staff.secret_by IS 'Who set the password last, and so could sign in with it; secret_at says when.';
-- Scanned under one short lock: people are few.
-- squawk-ignore constraint-missing-not-valid
ALTER TABLE app.staff ADD CONSTRAINT the_suspended_are_not_active CHECK (NOT (suspended AND active));
ALTER TABLE app.order_lines
    ADD COLUMN refunded integer NOT NULL DEFAULT 0,
    ADD COLUMN reserved integer NOT NULL DEFAULT 0;
-- Scanned under one lock, of a second for some million lines: both columns are zero in every row that is there already.
-- squawk-ignore constraint-missing-not-valid
ALTER TABLE app.order_lines ADD CONSTRAINT no_more_back_than_was_ordered
    CHECK (refunded >= 0 AND reserved >= 0 AND refunded + reserved <= quantity);

-- An order that does not walk may only have money set aside for a refund, refunded, or given back after all.
CREATE OR REPLACE FUNCTION app.guard_order() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    IF NEW.state <> OLD.state AND NOT EXISTS (SELECT FROM app.order_edges AS e WHERE e.src = OLD.state AND e.dst = NEW.state) THEN
        RAISE EXCEPTION 'An order does not go from % to %.', OLD.state, NEW.state
            USING ERRCODE = 'RF409', DETAIL = jsonb_build_object('from', OLD.state, 'to', NEW.state);
    END IF;
    IF (OLD.id, OLD.number, OLD.kitchen_id, OLD.customer_id, OLD.total, OLD.note, OLD.placed_by, OLD.placed_at, OLD.pay_with,
            OLD.version + (NEW.state <> OLD.state)::integer)
        IS DISTINCT FROM
        (NEW.id, NEW.number, NEW.kitchen_id, NEW.customer_id, NEW.total, NEW.note, NEW.placed_by, NEW.placed_at, NEW.pay_with, NEW.version)
        OR NEW.paid < OLD.paid OR NEW.reversed < OLD.reversed OR NEW.refunded < OLD.refunded
        OR NEW.state = OLD.state AND ((OLD.paid, OLD.due_at, OLD.promised_at, OLD.changed_at)
                IS DISTINCT FROM (NEW.paid, NEW.due_at, NEW.promised_at, NEW.changed_at)
            OR (OLD.reversed, OLD.refunded, OLD.reserved) = (NEW.reversed, NEW.refunded, NEW.reserved)) THEN
        RAISE EXCEPTION 'Only the state of an order changes, one version at a time, and its money only forward.' USING ERRCODE = '42501';
    END IF;
    RETURN NEW;
END;
$$;

CREATE FUNCTION app.guard_line() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    IF (OLD.order_id, OLD.dish_id, OLD.dish, OLD.quantity, OLD.unit_price, OLD.recipe)
        IS DISTINCT FROM (NEW.order_id, NEW.dish_id, NEW.dish, NEW.quantity, NEW.unit_price, NEW.recipe) OR NEW.refunded < OLD.refunded THEN
        RAISE EXCEPTION 'Only what was refunded of an order''s line changes, and only forward.' USING ERRCODE = '42501';
    END IF;
    RETURN NEW;
END;
$$;
DROP TRIGGER order_lines_stay ON app.order_lines;
CREATE TRIGGER order_lines_stay BEFORE DELETE ON app.order_lines FOR EACH ROW EXECUTE FUNCTION app.refuse_change();
CREATE TRIGGER order_lines_keep BEFORE UPDATE ON app.order_lines FOR EACH ROW EXECUTE FUNCTION app.guard_line();

-- What was shown and confirmed stays as it was; a proposal only walks on.
CREATE FUNCTION app.guard_proposal() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    IF OLD.state || '>' || NEW.state <> ALL ('{previewed>stale,previewed>lapsed,previewed>awaiting_approval,previewed>running,'
        'awaiting_approval>running,awaiting_approval>rejected,awaiting_approval>withdrawn,awaiting_approval>lapsed,awaiting_approval>stale,'
        'running>stopped,running>done,stopped>running,stopped>withdrawn}'::text[]) THEN
        RAISE EXCEPTION 'A proposal does not go from % to %.', OLD.state, NEW.state
            USING ERRCODE = 'RF409', DETAIL = jsonb_build_object('from', OLD.state, 'to', NEW.state);
    ELSIF (OLD.id, OLD.kind, OLD.version + 1, OLD.kitchen_id, OLD.person_id, OLD.login, OLD.token_hash, OLD.digest, OLD.asked, OLD.impact,
            OLD.total, OLD.lines, OLD.created_at, OLD.expires_at)
        IS DISTINCT FROM (NEW.id, NEW.kind, NEW.version, NEW.kitchen_id, NEW.person_id, NEW.login, NEW.token_hash, NEW.digest, NEW.asked,
            NEW.impact, NEW.total, NEW.lines, NEW.created_at, NEW.expires_at)
        OR OLD.confirmed_at IS NOT NULL AND (OLD.confirmed_at, OLD.code, OLD.reason, OLD.alone_limit, OLD.day_limit, OLD.day_total, OLD.approve_by)
            IS DISTINCT FROM (NEW.confirmed_at, NEW.code, NEW.reason, NEW.alone_limit, NEW.day_limit, NEW.day_total, NEW.approve_by)
        OR OLD.approved_by IS NOT NULL AND (OLD.approved_by, OLD.approved_login, OLD.approved_at)
            IS DISTINCT FROM (NEW.approved_by, NEW.approved_login, NEW.approved_at) THEN
        RAISE EXCEPTION 'What was shown and confirmed of a proposal stays as it was.' USING ERRCODE = '42501';
    END IF;
    RETURN NEW;
END;
$$;
CREATE TRIGGER proposals_walk BEFORE UPDATE ON app.proposals FOR EACH ROW EXECUTE FUNCTION app.guard_proposal();
CREATE TRIGGER proposals_stay BEFORE DELETE ON app.proposals FOR EACH ROW EXECUTE FUNCTION app.refuse_change();

CREATE FUNCTION app.guard_refund_line() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN  -- what nobody ever confirmed may be swept away
        IF EXISTS (SELECT FROM app.proposals AS p WHERE p.id = OLD.proposal_id AND p.confirmed_at IS NOT NULL) THEN
            RAISE EXCEPTION 'The lines of a confirmed refund are for ever.' USING ERRCODE = '42501';
        END IF;
        RETURN OLD;
    ELSIF OLD.state || '>' || NEW.state <> ALL ('{proposed>confirmed,confirmed>done,confirmed>failed,confirmed>sending,confirmed>left_out,'
        'sending>left_out,sending>unknown,sending>done,sending>failed,unknown>done,unknown>failed}'::text[])
        OR (OLD.proposal_id, OLD.order_id, OLD.dish_id, OLD.quantity, OLD.amount, OLD.destination, OLD.order_version)
        IS DISTINCT FROM (NEW.proposal_id, NEW.order_id, NEW.dish_id, NEW.quantity, NEW.amount, NEW.destination, NEW.order_version) THEN
        RAISE EXCEPTION 'A line of a refund stays what it was, and only walks on.' USING ERRCODE = '42501';
    END IF;
    RETURN NEW;
END;
$$;
CREATE TRIGGER refund_lines_walk BEFORE UPDATE OR DELETE ON app.refund_lines FOR EACH ROW EXECUTE FUNCTION app.guard_refund_line();

-- squawk-ignore require-concurrent-index-creation
CREATE INDEX orders_owing ON app.orders (changed_at) WHERE state = 'cancelled' AND paid > reversed + refunded + reserved;

ALTER TABLE app.proposals ENABLE ROW LEVEL SECURITY;

GRANT SELECT, INSERT ON app.proposals, app.refund_lines, app.limits, app.dismissed_cases TO r_api;
GRANT UPDATE (state, version, confirmed_at, code, reason, alone_limit, day_limit, day_total, approve_by, approved_by, approved_login, approved_at,
    ended_by, ended_at, ended_why) ON app.proposals TO r_api;
GRANT UPDATE (state, why, at), DELETE ON app.refund_lines TO r_api;
GRANT UPDATE (refund_alone, refund_a_day) ON app.limits, app.settings TO r_api;
GRANT UPDATE (refunds) ON app.day_counters TO r_api;
GRANT UPDATE (approver_since) ON app.people TO r_api;
GRANT UPDATE (suspended, secret_by, secret_at) ON app.staff TO r_api;
GRANT UPDATE (active) ON app.customers TO r_api;
GRANT UPDATE (refunded, reserved) ON app.orders, app.order_lines TO r_api;
GRANT SELECT (id, kind, state, version, kitchen_id, person_id, login, digest, asked, impact, total, lines, created_at, expires_at, confirmed_at, code,
    reason, alone_limit, day_limit, day_total, approve_by, approved_by, approved_login, approved_at, ended_by, ended_at, ended_why)
    ON app.proposals TO r_view;  -- not the token's hash
GRANT SELECT ON app.refund_lines, app.limits, app.dismissed_cases, app.settings, app.day_counters TO r_view;
