-- What makes, changes and ends logins. Runs as r_staff, the only role with CREATEROLE; called by r_api's staff verbs alone.
-- The one place with dynamic SQL: names go through %I, the group comes from the row in app.staff that the verb wrote first.

-- Make the login of a row in app.staff, with a password verifier that the client made.
CREATE FUNCTION app.create_login(login name, verifier text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    chosen text := app.group_of(login);
BEGIN
    EXECUTE format('CREATE ROLE %I LOGIN PASSWORD %L IN ROLE %I CONNECTION LIMIT 10', login, verifier, chosen);
    EXECUTE format('COMMENT ON ROLE %I IS %L', login, 'Rachel Foods: a login');
    EXECUTE format('ALTER ROLE %I SET statement_timeout = %L', login, '15s');  -- defaults only: a caller may change them
    EXECUTE format('ALTER ROLE %I SET idle_in_transaction_session_timeout = %L', login, '15s');
END;
$$;

-- Give a login another password.
CREATE FUNCTION app.change_login_password(login name, verifier text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    PERFORM app.group_of(login);
    EXECUTE format('ALTER ROLE %I PASSWORD %L', login, verifier);
END;
$$;

-- Move a login from the group it was in to the group its row names now.
CREATE FUNCTION app.change_login_group(login name, was text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
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
    EXECUTE format('ALTER ROLE %I NOLOGIN CONNECTION LIMIT 0', login);
    PERFORM pg_terminate_backend(a.pid) FROM pg_stat_activity AS a WHERE a.usename = login AND a.pid <> pg_backend_pid();
END;
$$;

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

GRANT EXECUTE ON FUNCTION app.create_login, app.change_login_password, app.change_login_group, app.end_login TO r_api;
