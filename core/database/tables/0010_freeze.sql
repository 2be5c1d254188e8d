-- The freeze: what each run of the checks found, and since when nothing may move money.

CREATE TABLE app.check_runs (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    at timestamptz NOT NULL,
    took_ms integer NOT NULL CHECK (took_ms >= 0),
    checks integer NOT NULL CHECK (checks > 0),
    red jsonb NOT NULL,
    froze boolean NOT NULL
);
CREATE INDEX check_runs_at ON app.check_runs (at);
COMMENT ON TABLE app.check_runs IS 'One row for each run of all checks, for 90 days: red names those that were broken, each with its violations.';

CREATE TABLE app.freezes (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    since timestamptz NOT NULL DEFAULT clock_timestamp(),
    why text NOT NULL,
    red jsonb NOT NULL,
    released_at timestamptz,
    released_login name,
    released_why text,
    left_red jsonb,
    proposal_id uuid UNIQUE REFERENCES app.proposals,
    CONSTRAINT released_says_by_whom_and_why CHECK ((released_at IS NULL) = (released_login IS NULL)
        AND (released_at IS NULL) = (released_why IS NULL) AND (released_at IS NULL) = (left_red IS NULL)
        AND (proposal_id IS NULL OR released_at IS NOT NULL)),
    CONSTRAINT released_after_it_began CHECK (released_at >= since)
);
CREATE UNIQUE INDEX freezes_one_at_a_time ON app.freezes ((released_at IS NULL)) WHERE released_at IS NULL;
COMMENT ON TABLE app.freezes IS 'One row for each time money was frozen because a check was broken; the open one, if there is one, is in force.';
COMMENT ON COLUMN app.freezes.left_red IS 'Which of its checks were still broken when it was released: they do not freeze again before they get worse.';
COMMENT ON COLUMN app.freezes.proposal_id IS 'By which it was released; null: by whoever runs the server.';
CREATE TRIGGER freezes_stay BEFORE DELETE ON app.freezes FOR EACH ROW EXECUTE FUNCTION app.refuse_change();
CREATE TRIGGER freezes_end_once BEFORE UPDATE ON app.freezes
    FOR EACH ROW WHEN (OLD.released_at IS NOT NULL) EXECUTE FUNCTION app.refuse_change();

-- Whatever function posts, it writes a transfer: here it is stopped. A read without a lock, once for each statement; one that looked
-- before the freeze was committed still ends.
CREATE FUNCTION app.guard_freeze() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    PERFORM app.check_money_moves();
    RETURN NULL;
END;
$$;
CREATE TRIGGER transfers_stop_in_a_freeze BEFORE INSERT ON app.transfers FOR EACH STATEMENT EXECUTE FUNCTION app.guard_freeze();

-- Scanned under one short lock: proposals are few.
-- squawk-ignore ban-drop-constraint
ALTER TABLE app.proposals DROP CONSTRAINT proposals_kind_check;
-- squawk-ignore constraint-missing-not-valid
ALTER TABLE app.proposals ADD CONSTRAINT proposals_kind_check
    CHECK (kind IN ('refund', 'stock', 'suspension', 'limits', 'approver', 'release'));

GRANT SELECT, INSERT, DELETE ON app.check_runs TO r_api;
GRANT SELECT, INSERT ON app.freezes TO r_api;
GRANT UPDATE (released_at, released_login, released_why, left_red, proposal_id) ON app.freezes TO r_api;
GRANT SELECT ON app.freezes TO r_ledger, r_view;
GRANT SELECT ON app.check_runs TO r_view;
