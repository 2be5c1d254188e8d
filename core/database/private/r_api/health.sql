-- Health: what only r_api may see of the server. Called by the views of core/health.

-- Count the connections of the whole server by program, and what they do at this moment; never whose they are. What calls itself none of
-- our programs is ''. Each open program has one connection that listens and says so in its name; anybody may lie about theirs.
-- The caller's own connection is not among the active ones. Whoever has left sees nothing.
CREATE FUNCTION app.open_programs()
RETURNS TABLE (program text, version text, connections bigint, listeners bigint, active bigint, on_lock bigint, on_wal bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
BEGIN ATOMIC
    SELECT coalesce(a.name[1], ''), coalesce(a.name[2], ''), count(*), count(*) FILTER (WHERE a.name[3] <> ''),
        count(*) FILTER (WHERE a.is_active),
        count(*) FILTER (WHERE a.is_active AND a.wait_event_type = 'Lock' AND a.wait_event = 'object'),
        count(*) FILTER (WHERE a.is_active AND lower(a.wait_event) IN ('walwrite', 'walsync'))  -- 17 writes them otherwise than 15
    FROM (
        SELECT regexp_match(s.application_name, '^(rachel-[a-z]{1,20})/(\d{1,6}\.\d{1,6}\.\d{1,6})( listening)?$') AS name,
            s.state = 'active' AND s.pid <> pg_backend_pid() AS is_active, s.wait_event_type, s.wait_event
        FROM pg_stat_activity AS s
        WHERE s.backend_type = 'client backend' AND EXISTS (SELECT FROM app.staff AS m WHERE m.login = session_user AND m.active)
    ) AS a
    GROUP BY 1, 2;
END;

GRANT EXECUTE ON FUNCTION app.open_programs TO support, finance_admin, owner_admin, auditor, svc_worker;


-- Count the open transactions of the whole server that have written something, and say since when the oldest is open: what was committed after it
-- began is not sealed before it ends. `left_open`: their program does nothing with them at this moment; `prepared`: they wait for a second
-- commit, whatever becomes of their program. Never whose they are. Whoever has left sees nothing.
CREATE FUNCTION app.open_transactions()
RETURNS TABLE (transactions bigint, began_at timestamptz, left_open bigint, prepared bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
BEGIN ATOMIC
    SELECT count(*), min(o.began_at), count(*) FILTER (WHERE o.is_left), count(*) FILTER (WHERE o.is_prepared)
    FROM (
        SELECT s.xact_start AS began_at, s.state LIKE 'idle%' AS is_left, false AS is_prepared
        FROM pg_stat_activity AS s WHERE s.backend_xid IS NOT NULL AND s.pid <> pg_backend_pid()
        UNION ALL
        SELECT p.prepared, false, true FROM pg_prepared_xacts AS p
    ) AS o
    WHERE EXISTS (SELECT FROM app.staff AS m WHERE m.login = session_user AND m.active);
END;

GRANT EXECUTE ON FUNCTION app.open_transactions TO support, finance_admin, owner_admin, auditor, svc_worker;


-- Count the rows of both streams that wait for a seal for over half a minute (most have one after a second or two), and say from when the oldest
-- is; of a stream that was not sealed for long no more than 100,000. `stuck`: so many are forged: nobody seals
-- them. In the order of the index, or the planner would read the whole trail. Whoever has left sees nothing.
CREATE FUNCTION app.waiting_seals()
RETURNS TABLE (waiting bigint, oldest timestamptz, stuck bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
BEGIN ATOMIC
    SELECT count(*) FILTER (WHERE NOT w.is_ahead), min(w.at) FILTER (WHERE w.at > '1970-01-01 UTC'), count(*) FILTER (WHERE w.is_ahead)
    FROM (
        SELECT e.at, false AS is_ahead
        FROM (SELECT s.xid, s.row_id FROM app.seals AS s WHERE s.stream = 'events' ORDER BY s.position DESC LIMIT 1) AS last
        CROSS JOIN LATERAL (
            SELECT a.xid, a.at FROM app.audit_events AS a WHERE (a.xid, a.id) > (last.xid, last.row_id) ORDER BY a.xid, a.id LIMIT 100000) AS e
        WHERE e.xid < pg_snapshot_xmax(pg_current_snapshot())
        UNION ALL
        SELECT t.at, false
        FROM (SELECT s.xid, s.row_id FROM app.seals AS s WHERE s.stream = 'ledger' ORDER BY s.position DESC LIMIT 1) AS last
        CROSS JOIN LATERAL (
            SELECT a.xid, a.at FROM app.transfers AS a WHERE (a.xid, a.id) > (last.xid, last.row_id) ORDER BY a.xid, a.id LIMIT 100000) AS t
        WHERE t.xid < pg_snapshot_xmax(pg_current_snapshot())
        UNION ALL
        SELECT NULL, true FROM app.forged_rows('events')
        UNION ALL
        SELECT NULL, true FROM app.forged_rows('ledger')
    ) AS w
    WHERE (w.is_ahead OR w.at < clock_timestamp() - interval '30 seconds')
        AND EXISTS (SELECT FROM app.staff AS m WHERE m.login = session_user AND m.active);
END;

GRANT EXECUTE ON FUNCTION app.waiting_seals TO support, finance_admin, owner_admin, auditor, svc_worker;
