-- Freeze: what the checks found over time, and since when no money moves because one about money is broken.
-- Python twin: core/health/freeze.py (same names, same order).

-- Each run of all checks of the last 90 days: `red` names those that were broken, with their violations ({"I02": 3}); `known_red` those of them
-- that were at the run before already, with their violations then.
CREATE VIEW api.check_runs WITH (security_barrier) AS
SELECT r.id, r.at, r.took_ms, r.checks, r.red, r.froze, r.known_red
FROM app.check_runs AS r;

GRANT SELECT ON api.check_runs TO support, finance_admin, owner_admin, auditor, svc_worker;

-- Each time money was frozen; released_at is null for the one in force. `why` names the checks that had got worse, `red` and `left_red` are the
-- violations of all about money then and at the release, `known_red` those at the run before; proposal_id is null where whoever runs the server
-- released it.
CREATE VIEW api.freezes WITH (security_barrier) AS
SELECT f.id, f.since, f.why, f.red, f.released_at, f.released_login, f.released_why, f.left_red, f.proposal_id, f.known_red
FROM app.freezes AS f;

GRANT SELECT ON api.freezes TO support, finance_admin, owner_admin, auditor, svc_worker;


-- Run all checks now, keep what they found, and freeze money when one about money is worse than at the run before. Returns the run. The
-- worker's: it says when, the database looks for itself.
-- RF409: they are being run already.
CREATE FUNCTION api.record_checks()
RETURNS api.check_runs
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET lock_timeout = '5s'
AS $$
DECLARE
    me app.caller := app.enter('svc_worker');
    began timestamptz := clock_timestamp();
    known jsonb;
    found_red record;
    run api.check_runs;
    froze boolean;
BEGIN
    PERFORM app.take_turn();
    SELECT count(*) AS checks, coalesce(jsonb_agg(c) FILTER (WHERE c.violations > 0), '[]') AS list,
        coalesce(jsonb_object_agg(c.name, c.violations) FILTER (WHERE c.violations > 0), '{}') AS red
    INTO found_red FROM app.count_checks() AS c;  -- before anything is written: it takes long, and holds nobody up
    PERFORM app.shut_freeze(), app.hold_freeze();
    known := app.known_red();
    froze := app.freeze_money(me, known, found_red.list);
    DELETE FROM app.check_runs AS r WHERE r.at < clock_timestamp() - interval '90 days';
    INSERT INTO app.check_runs AS r (at, took_ms, checks, red, froze, known_red)
    VALUES (began, extract(epoch FROM clock_timestamp() - began) * 1000, found_red.checks, found_red.red, froze, app.still_red(known, found_red.red))
    RETURNING r.id, r.at, r.took_ms, r.checks, r.red, r.froze, r.known_red INTO run;
    INSERT INTO app.outbox (noun) SELECT 'health' WHERE known <> found_red.red;  -- nobody needs to hear that all is as it was
    RETURN run;
END;
$$;

GRANT EXECUTE ON FUNCTION api.record_checks TO svc_worker;
