-- The freeze by numbers: which transfers were written inside one, whatever the clock did; what was red before it. And row policies for
-- the tables of money and of the trail (the policies themselves: private/r_owner.sql).

ALTER TABLE app.freezes
    ADD COLUMN known_red jsonb NOT NULL DEFAULT '{}',
    ADD COLUMN from_transfer bigint,
    ADD COLUMN upto_transfer bigint,
    ADD COLUMN shut_xid xid8;
COMMENT ON COLUMN app.freezes.known_red IS 'Which of its checks were broken at the run before already, with their violations then: what froze it is worse than that.';
COMMENT ON COLUMN app.freezes.from_transfer IS 'The highest number that a transfer had been given when it began; upto_transfer: when it was released.';
COMMENT ON COLUMN app.freezes.shut_xid IS 'Of the run of the checks that saw it committed first: a transaction with a higher number must have been refused. Null until that run.';

-- Of freezes from before there were numbers only times are known. Those that have ended are written once more, past the guard that keeps them.
ALTER TABLE app.freezes DISABLE TRIGGER freezes_end_once;
UPDATE app.freezes AS f SET
    from_transfer = coalesce((SELECT max(t.id) FROM app.transfers AS t WHERE t.at <= f.since), 0),
    upto_transfer = CASE WHEN f.released_at IS NOT NULL
        THEN coalesce((SELECT max(t.id) FROM app.transfers AS t WHERE t.at < f.released_at), 0) END;
ALTER TABLE app.freezes ENABLE TRIGGER freezes_end_once;
-- Scanned under one short lock: freezes are few.
-- squawk-ignore adding-not-nullable-field
ALTER TABLE app.freezes ALTER COLUMN from_transfer SET NOT NULL;
-- squawk-ignore constraint-missing-not-valid
ALTER TABLE app.freezes ADD CONSTRAINT released_says_the_last_number CHECK ((released_at IS NULL) = (upto_transfer IS NULL));

ALTER TABLE app.check_runs ADD COLUMN known_red jsonb NOT NULL DEFAULT '{}';
COMMENT ON COLUMN app.check_runs.known_red IS 'Which of the broken ones were broken at the run before already, with their violations then.';

GRANT UPDATE (upto_transfer, shut_xid) ON app.freezes TO r_api;
GRANT SELECT ON SEQUENCE app.transfers_id_seq TO r_api;

ALTER TABLE app.transfers ENABLE ROW LEVEL SECURITY;
ALTER TABLE app.entries ENABLE ROW LEVEL SECURITY;
ALTER TABLE app.leaves ENABLE ROW LEVEL SECURITY;
ALTER TABLE app.seals ENABLE ROW LEVEL SECURITY;
ALTER TABLE app.check_runs ENABLE ROW LEVEL SECURITY;
ALTER TABLE app.freezes ENABLE ROW LEVEL SECURITY;
