-- Freeze: what the checks found over time, and since when no money moves because one about money is broken.
-- Python twin: core/health/freeze.py (same names, same order).

-- Each run of all checks of the last 90 days: `red` names those that were broken, with their violations ({"I02": 3}).
CREATE VIEW api.check_runs WITH (security_barrier) AS
SELECT r.id, r.at, r.took_ms, r.checks, r.red, r.froze
FROM app.check_runs AS r;

GRANT SELECT ON api.check_runs TO support, finance_admin, owner_admin, auditor, svc_worker;

-- Each time money was frozen; released_at is null for the one in force. `why` names the checks, `red` and `left_red` their violations then
-- and at the release; proposal_id is null where whoever runs the server released it.
CREATE VIEW api.freezes WITH (security_barrier) AS
SELECT f.id, f.since, f.why, f.red, f.released_at, f.released_login, f.released_why, f.left_red, f.proposal_id
FROM app.freezes AS f;

GRANT SELECT ON api.freezes TO support, finance_admin, owner_admin, auditor, svc_worker;


-- Run all checks now, keep what they found, and freeze money when one about money is worse than at the run before (or than a release since
-- then left it). Returns the run. The worker's: it says when, the database looks for itself.
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
    SELECT count(*) AS checks, coalesce(jsonb_object_agg(c.name, c.violations) FILTER (WHERE c.violations > 0), '{}') AS every,
        coalesce(jsonb_object_agg(c.name, c.violations) FILTER (WHERE c.violations > 0 AND c.area = 'money'), '{}') AS money,
        string_agg(c.name || ' ' || c.title, '; ' ORDER BY c.name) FILTER (WHERE c.violations > 0 AND c.area = 'money') AS why
    INTO found_red FROM app.count_checks(NULL) AS c;  -- before anything is written: it takes long, and holds nobody up
    known := app.known_red();
    froze := app.freeze_money(me, known, found_red.money, found_red.why);
    DELETE FROM app.check_runs AS r WHERE r.at < clock_timestamp() - interval '90 days';
    INSERT INTO app.check_runs AS r (at, took_ms, checks, red, froze)
    VALUES (began, extract(epoch FROM clock_timestamp() - began) * 1000, found_red.checks, found_red.every, froze)
    RETURNING r.id, r.at, r.took_ms, r.checks, r.red, r.froze INTO run;
    INSERT INTO app.outbox (noun) SELECT 'health' WHERE known <> found_red.every;  -- nobody needs to hear that all is as it was
    RETURN run;
END;
$$;

GRANT EXECUTE ON FUNCTION api.record_checks TO svc_worker;
