-- Load: how busy the server is now, and was in each quarter of an hour of the last eight days.
-- Python twin: core/health/load.py.

-- One row: the whole server at this moment. `backend` is the process that answers.
CREATE VIEW api.load_now WITH (security_barrier) AS
SELECT pg_backend_pid()::bigint AS backend, sum(p.connections)::bigint AS connections, sum(p.listeners)::bigint AS listeners,
    sum(p.active)::bigint AS active, sum(p.on_lock)::bigint AS on_lock, sum(p.on_wal)::bigint AS on_wal
FROM app.open_programs() AS p;

GRANT SELECT ON api.load_now TO support, finance_admin, owner_admin, auditor, svc_worker;

-- Each quarter of an hour that a worker watched. Connections, listeners and processor (thousandths) are means of its minutes, commit_time
-- (microseconds) is what 95 of 100 of its commits stayed below, the rest is added up. Commits and deadlocks are the server's own; they are
-- unknown where it began to count anew.
CREATE VIEW api.load_quarters WITH (security_barrier) AS
SELECT m.begins, count(*) AS minutes, avg(m.processor)::bigint AS processor, avg(m.connections)::bigint AS connections,
    avg(m.listeners)::bigint AS listeners, sum(m.active)::bigint AS active, sum(m.on_lock)::bigint AS on_lock,
    sum(m.on_wal)::bigint AS on_wal, percentile_disc(0.95) WITHIN GROUP (ORDER BY m.commit_time)::bigint AS commit_time,
    sum(m.committed) FILTER (WHERE m.committed >= 0)::bigint AS commits,
    sum(m.deadlocked) FILTER (WHERE m.committed >= 0)::bigint AS deadlocks
FROM (
    SELECT date_bin('15 minutes', l.minute, '2000-01-01 00:00+00') AS begins, l.processor, l.connections, l.listeners, l.active, l.on_lock,
        l.on_wal, l.commit_time, l.commits - lag(l.commits) OVER before AS committed, l.deadlocks - lag(l.deadlocks) OVER before AS deadlocked
    FROM app.load_minutes AS l
    WINDOW before AS (ORDER BY l.minute)
) AS m
GROUP BY m.begins;

GRANT SELECT ON api.load_quarters TO support, finance_admin, owner_admin, auditor, svc_worker;

-- One row: which minutes were watched at all. `newest` tells whether a worker runs.
CREATE VIEW api.load_kept WITH (security_barrier) AS
SELECT min(l.minute) AS oldest, max(l.minute) AS newest, count(*) AS minutes, count(l.processor) AS processor_minutes
FROM app.load_minutes AS l;

GRANT SELECT ON api.load_kept TO support, finance_admin, owner_admin, auditor, svc_worker;


-- Keep what a worker saw in the last minute, and return which minute that is. The worker's. Where several watch, the first one counts,
-- and whoever knows the processor adds that. Drops what is older than eight days.
-- RF400: a figure that cannot be.
CREATE FUNCTION api.record_load(
    samples integer, connections integer, listeners integer, active integer, on_lock integer, on_wal integer, processor integer,
    commit_time integer)
RETURNS timestamptz
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET lock_timeout = '5s'
AS $$
DECLARE
    this timestamptz := date_trunc('minute', clock_timestamp(), 'UTC');
BEGIN
    PERFORM app.enter('svc_worker');
    IF (samples > 0 AND connections >= 0 AND listeners >= 0 AND on_lock BETWEEN 0 AND active AND on_wal BETWEEN 0 AND active) IS NOT TRUE THEN
        PERFORM app.refuse_argument('samples', 'These figures cannot be.');
    ELSIF processor NOT BETWEEN 0 AND 1000 OR commit_time < 0 THEN
        PERFORM app.refuse_argument('processor', 'These figures cannot be.');
    END IF;
    INSERT INTO app.load_minutes AS l (
        minute, samples, connections, listeners, active, on_lock, on_wal, processor, commit_time, commits, deadlocks)
    SELECT this, record_load.samples, record_load.connections, record_load.listeners, record_load.active, record_load.on_lock,
        record_load.on_wal, record_load.processor, record_load.commit_time, d.xact_commit, d.deadlocks
    FROM pg_stat_database AS d WHERE d.datname = current_database()
    ON CONFLICT (minute) DO UPDATE SET processor = coalesce(l.processor, EXCLUDED.processor);
    DELETE FROM app.load_minutes AS l WHERE l.minute < this - interval '8 days';
    RETURN this;
END;
$$;

GRANT EXECUTE ON FUNCTION api.record_load TO svc_worker;
