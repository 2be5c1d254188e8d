-- What makes, changes and ends logins. Runs as r_staff, the only role with CREATEROLE; called by r_api's staff verbs alone.
-- It also ends connections (pg_signal_backend). The one place with dynamic SQL: names go through %I, the group comes from the row in app.staff that the verb wrote first.

-- Tell whether this server lets r_staff make logins; before 16 it would give it far more, so there it may not.
CREATE FUNCTION app.makes_logins() RETURNS boolean
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp
BEGIN ATOMIC
    SELECT r.rolcreaterole FROM pg_roles AS r WHERE r.rolname = 'r_staff';
END;


-- Refuse (RF403) where this server does not let logins be made or changed by verbs.
CREATE FUNCTION app.check_makes_logins() RETURNS void
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    IF NOT app.makes_logins() THEN
        RAISE EXCEPTION 'On PostgreSQL 15 logins are made and changed by the server''s administrator.'
            USING ERRCODE = 'RF403', DETAIL = jsonb_build_object('why', 'server');
    END IF;
END;
$$;


-- Make the login of a row in app.staff, with a password verifier that the client made.
CREATE FUNCTION app.create_login(login name, verifier text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    chosen text := app.group_of(login);
BEGIN
    PERFORM app.check_makes_logins();
    EXECUTE format('CREATE ROLE %I LOGIN PASSWORD %L IN ROLE %I CONNECTION LIMIT 10', login, verifier, chosen);
    EXECUTE format('COMMENT ON ROLE %I IS %L', login, 'Rachel Foods: a login');
    EXECUTE format('ALTER ROLE %I SET statement_timeout = %L', login, '15s');  -- a default only: a caller may change it
END;
$$;

-- Give a login another password.
CREATE FUNCTION app.change_login_password(login name, verifier text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    PERFORM app.group_of(login), app.check_makes_logins();
    EXECUTE format('ALTER ROLE %I PASSWORD %L', login, verifier);
END;
$$;

-- Move a login from the group it was in to the group its row names now.
CREATE FUNCTION app.change_login_group(login name, was text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    PERFORM app.check_makes_logins();
    EXECUTE format('REVOKE %I FROM %I', was, login);
    EXECUTE format('GRANT %I TO %I', app.group_of(login), login);
END;
$$;

-- Shut a login out and end what it has open. Its row in app.staff is inactive already.
CREATE FUNCTION app.end_login(login name) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    PERFORM app.group_of(login);
    IF app.makes_logins() THEN
        EXECUTE format('ALTER ROLE %I NOLOGIN CONNECTION LIMIT 0', login);
    END IF;  -- else (PostgreSQL 15) its inactive row alone shuts it out of every verb and view
    PERFORM pg_terminate_backend(a.pid) FROM pg_stat_activity AS a WHERE a.usename = login AND a.pid <> pg_backend_pid();
END;
$$;

-- Let a login in again that was shut out for a time. Its row in app.staff is active already.
CREATE FUNCTION app.reopen_login(login name) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    PERFORM app.group_of(login);
    IF app.makes_logins() THEN
        EXECUTE format('ALTER ROLE %I LOGIN CONNECTION LIMIT 10', login);
    END IF;
END;
$$;

-- End the connections of people and counters that hold up others or should be closed, and give each that was told to end: whose it was, by which
-- rule, how old (seconds) what the rule is about, and an id of that connection. left: the login was ended. statement: one statement runs for over
-- 30 s. transaction: it is open for over 10 s, and has written or locked something (it has a number), or is not the one statement it began with,
-- which is all that our programs ever send. Who is idle and hears a kick is for a moment in a transaction that is as old as their last statement:
-- they are ended only when they do not take what they are sent. The settings of a login do not matter. Services are not ended, and neither is
-- the administrator, who could not be from here. Of this database alone.
CREATE FUNCTION app.end_backends() RETURNS TABLE (backend uuid, login name, person_id uuid, rule text, seconds integer)
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
BEGIN ATOMIC
    SELECT pg_stat_clear_snapshot();  -- as it is now, and not as the caller's transaction saw it first
    WITH open AS MATERIALIZED (
        SELECT a.pid, s.login, s.person_id, a.backend_start, a.xact_start, a.query_start, clock_timestamp() AS at, CASE
            WHEN NOT s.active THEN 'left'
            WHEN a.state = 'active' AND a.query_start < clock_timestamp() - interval '30 seconds' THEN 'statement'
            WHEN a.xact_start < clock_timestamp() - interval '10 seconds' AND (a.state IS DISTINCT FROM 'idle' OR a.wait_event = 'ClientWrite')
                AND (a.backend_xid IS NOT NULL OR a.state IS DISTINCT FROM 'active'
                    OR a.query_start > a.xact_start + interval '1 second') THEN 'transaction' END AS rule
        FROM pg_stat_activity AS a JOIN app.staff AS s ON s.login = a.usename JOIN pg_roles AS r ON r.oid = a.usesysid
        WHERE a.backend_type = 'client backend' AND a.datname = current_database() AND s.role NOT LIKE 'svc%' AND NOT r.rolsuper
    ), told AS MATERIALIZED (
        SELECT encode(substring(sha256(convert_to(o.pid || ' ' || extract(epoch FROM o.backend_start), 'UTF8')) FOR 16), 'hex')::uuid AS backend,
            o.login, o.person_id, o.rule, pg_terminate_backend(o.pid) AS was_there,
            o.at - CASE o.rule WHEN 'left' THEN o.backend_start WHEN 'statement' THEN o.query_start ELSE o.xact_start END AS age
        FROM open AS o WHERE o.rule IS NOT NULL
    )
    SELECT t.backend, t.login, t.person_id, t.rule, extract(epoch FROM t.age)::integer FROM told AS t WHERE t.was_there;
END;

-- Tell the group of a person's or device's login; anything else is not r_staff's to touch.
CREATE FUNCTION app.group_of(login name) RETURNS text
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    found_role text;
BEGIN
    SELECT s.role INTO found_role FROM app.staff AS s WHERE s.login = group_of.login AND s.role NOT LIKE 'svc%';
    IF NOT FOUND THEN
        RAISE EXCEPTION 'There is no login %.', login USING ERRCODE = 'RF404';
    END IF;
    RETURN found_role;
END;
$$;

GRANT EXECUTE ON FUNCTION app.create_login, app.change_login_password, app.change_login_group, app.end_login, app.reopen_login,
    app.end_backends TO r_api;
