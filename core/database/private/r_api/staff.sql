-- Staff: the parts that several verbs share. Runs inside the verbs, as r_api.

-- Refuse (RF400) a login name that is not plain, or that the server has; and what is not a verifier.
CREATE FUNCTION app.check_login(login text, verifier text) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    IF login IS NULL OR login !~ '^[a-z][a-z0-9_.]{2,30}$' OR login ~ '^(pg_|r_|svc_)' THEN
        PERFORM app.refuse_argument('login', 'A login is 3 to 31 small letters, digits, dots or underscores, and begins with a letter.');
    ELSIF EXISTS (SELECT FROM pg_roles AS r WHERE r.rolname = login) THEN
        PERFORM app.refuse_argument('login', 'This login is taken. Choose another.');
    END IF;
    PERFORM app.check_verifier(verifier);
END;
$$;


-- Refuse (RF400) a password that did not come as a SCRAM verifier: the server never sees the password itself.
CREATE FUNCTION app.check_verifier(verifier text) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    IF verifier IS NULL OR verifier !~ '^SCRAM-SHA-256\$[1-9][0-9]{3,6}:[A-Za-z0-9+/]{16,}=*\$[A-Za-z0-9+/]{43}=:[A-Za-z0-9+/]{43}=$' THEN
        PERFORM app.refuse_argument('verifier', 'The password must come as a SCRAM verifier.');
    END IF;
END;
$$;


-- Refuse (RF400) a role that no person or device has, and kitchens that do not fit it.
CREATE FUNCTION app.check_role(role text, kitchen_ids uuid[]) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    works_in_kitchen boolean := role IN ('kitchen_staff', 'kitchen_manager', 'counter_device');
BEGIN
    IF role IS NULL OR role NOT IN ('kitchen_staff', 'kitchen_manager', 'counter_device', 'support', 'finance_admin', 'owner_admin', 'auditor') THEN
        PERFORM app.refuse_argument('role', 'There is no such role.');
    ELSIF works_in_kitchen <> (coalesce(cardinality(kitchen_ids), 0) > 0) THEN
        PERFORM app.refuse_argument('kitchen_ids', 'People of a kitchen need one; people of the office have none.');
    ELSIF (SELECT count(*) FROM app.kitchens AS k WHERE k.id = ANY (kitchen_ids)) <> coalesce(cardinality(kitchen_ids), 0) THEN
        PERFORM app.refuse_argument('kitchen_ids', 'One of these kitchens does not exist, or is named twice.');
    END IF;
END;
$$;


-- Write the row of a login, with its person (a new one, whose id is the command's, when none is named) and budget.
-- Refuses RF404 (no such person) and RF400 (the name, or the login is or was somebody's).
CREATE FUNCTION app.employ(command_id uuid, login text, name text, role text, person_id uuid) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    IF role <> 'counter_device' AND person_id IS NULL THEN
        PERFORM app.check_text('name', name, 80);
        INSERT INTO app.people (id, name) VALUES (command_id, employ.name);
        INSERT INTO app.budgets (person_id) VALUES (command_id);
        person_id := command_id;
    ELSIF person_id IS NOT NULL AND NOT EXISTS (SELECT FROM app.people AS p WHERE p.id = employ.person_id) THEN
        RAISE EXCEPTION 'There is no such person.' USING ERRCODE = 'RF404';
    ELSIF role = 'counter_device' AND person_id IS NOT NULL THEN
        PERFORM app.refuse_argument('person_id', 'A counter is not a person.');
    END IF;
    INSERT INTO app.staff (login, person_id, role) VALUES (employ.login, employ.person_id, employ.role) ON CONFLICT DO NOTHING;
    IF NOT FOUND THEN
        PERFORM app.refuse_argument('login', 'This login is taken, or was somebody''s before. Choose another.');
    END IF;
END;
$$;


-- Give a login's row in the shape of api.staff, null when there is none.
CREATE FUNCTION app.staff_row(login text) RETURNS jsonb
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp
BEGIN ATOMIC
    SELECT to_jsonb(s) || jsonb_build_object('name', coalesce(p.name, s.login::text),
        'kitchen_ids', ARRAY(SELECT k.kitchen_id FROM app.staff_kitchens AS k WHERE k.login = s.login ORDER BY k.kitchen_id))
    FROM app.staff AS s LEFT JOIN app.people AS p ON p.id = s.person_id
    WHERE s.login = staff_row.login;
END;


-- Lock a login's row until commit, so that changes of one login wait for each other, and give it as it is then.
CREATE FUNCTION app.lock_staff(login text) RETURNS jsonb
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    PERFORM FROM app.staff AS s WHERE s.login = lock_staff.login FOR NO KEY UPDATE;
    RETURN app.staff_row(login);
END;
$$;


-- Say why a login's row was not written: RF404, RF412, or RF400.
CREATE FUNCTION app.refuse_staff(me app.caller, login text, seen_version integer) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    found_row jsonb := app.staff_row(login);
BEGIN
    IF found_row IS NULL OR found_row ->> 'role' LIKE 'svc%' THEN
        RAISE EXCEPTION 'There is no login %.', login USING ERRCODE = 'RF404';
    ELSIF login = me.login THEN
        PERFORM app.refuse_argument('login', 'Nobody changes or ends their own login. Ask another owner.');
    ELSIF seen_version IS DISTINCT FROM (found_row ->> 'version')::integer AND seen_version IS NOT NULL THEN
        RAISE EXCEPTION 'This login was changed by somebody else. Look at it again.' USING ERRCODE = 'RF412', DETAIL = found_row;
    END IF;
    PERFORM app.refuse_argument('role', 'A counter stays a counter, and whoever has left stays out.');
END;
$$;


-- Finish a change of a login: audit row, outbox row, answer.
CREATE FUNCTION app.finish_staff(me app.caller, command_id uuid, verb text, login text, reason text, before jsonb) RETURNS jsonb
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    after jsonb := app.staff_row(login);
BEGIN
    PERFORM app.record(me, command_id, verb, 'staff', (after ->> 'person_id')::uuid, NULL, reason, before - 'name', after - 'name');
    RETURN app.answer(command_id, after);
END;
$$;


-- Tell who is signed in to this database, for owners and auditors; nobody else sees a row. The view api.sessions calls it with the
-- caller's rights, hence the grants and the definer.
CREATE FUNCTION app.open_sessions() RETURNS TABLE (login name, program text, address text, since timestamptz, connections bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
BEGIN ATOMIC
    SELECT a.usename, regexp_replace(a.application_name, ' listening$', ''), host(a.client_addr), min(a.backend_start), count(*)
    FROM pg_stat_activity AS a JOIN app.staff AS s ON s.login = a.usename
    WHERE a.datname = current_database()
        AND EXISTS (SELECT FROM app.staff AS m WHERE m.login = session_user AND m.active AND m.role IN ('owner_admin', 'auditor'))
    GROUP BY 1, 2, 3;
END;

GRANT EXECUTE ON FUNCTION app.open_sessions TO owner_admin, auditor;
