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
