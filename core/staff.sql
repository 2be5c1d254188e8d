-- Staff: people and their logins. A login is a database login in exactly one group; its row here says whose it is.
-- Python twin: core/staff.py (same names, same order).

CREATE VIEW api.me WITH (security_barrier) AS
SELECT s.login, s.person_id, coalesce(p.name, s.login) AS name, s.role,
    ARRAY(SELECT k.kitchen_id FROM app.staff_kitchens AS k WHERE k.login = s.login ORDER BY k.kitchen_id) AS kitchen_ids
FROM app.staff AS s LEFT JOIN app.people AS p ON p.id = s.person_id
WHERE s.login = session_user AND s.active;

GRANT SELECT ON api.me TO kitchen_staff, kitchen_manager, counter_device, support, finance_admin, owner_admin, auditor,
    svc_ordering, svc_worker;

CREATE VIEW api.staff WITH (security_barrier) AS
SELECT s.login, s.person_id, coalesce(p.name, s.login) AS name, s.role,
    ARRAY(SELECT k.kitchen_id FROM app.staff_kitchens AS k WHERE k.login = s.login ORDER BY k.kitchen_id) AS kitchen_ids,
    s.active, s.version, s.created_at
FROM app.staff AS s LEFT JOIN app.people AS p ON p.id = s.person_id;

GRANT SELECT ON api.staff TO owner_admin, auditor;

-- The same for the office's list: with the names of the kitchens, a person's other logins that are in use, and how a login ended.
-- A login's own collation is "C", which knows capitals of ASCII only: names are searched and sorted by that of the database.
CREATE VIEW api.staff_list WITH (security_barrier) AS
SELECT s.login, s.person_id, coalesce(p.name, s.login COLLATE "default") AS name, s.role,
    ARRAY(SELECT k.kitchen_id FROM app.staff_kitchens AS k WHERE k.login = s.login ORDER BY k.kitchen_id) AS kitchen_ids,
    coalesce((SELECT string_agg(k.name, ', ' ORDER BY k.name) FROM app.staff_kitchens AS w JOIN app.kitchens AS k ON k.id = w.kitchen_id
        WHERE w.login = s.login), '') AS kitchens,
    CASE WHEN s.active THEN 'active' WHEN s.suspended THEN 'suspended' ELSE 'ended' END AS state,
    coalesce((SELECT string_agg(o.login::text, ', ' ORDER BY o.login) FROM app.staff AS o
        WHERE o.person_id = s.person_id AND o.login <> s.login AND o.active), '') AS other_logins,
    s.version, s.created_at, s.ended_at, coalesce(ender.name, s.ended_by) AS ended_by, s.ended_why
FROM app.staff AS s
LEFT JOIN app.people AS p ON p.id = s.person_id
LEFT JOIN app.staff AS e ON e.login = s.ended_by
LEFT JOIN app.people AS ender ON ender.id = e.person_id;

GRANT SELECT ON api.staff_list TO owner_admin, auditor;

-- Who is signed in now: one row for each login, program and computer, since its oldest connection. `program` is what the program
-- calls itself: a courtesy, anybody may lie.
CREATE VIEW api.sessions WITH (security_barrier) AS
SELECT o.login, o.program, o.address, o.since, o.connections
FROM app.open_sessions() AS o;

GRANT SELECT ON api.sessions TO owner_admin, auditor;

-- One row: whether this server lets owners make logins and change them. Before PostgreSQL 16 its administrator does.
CREATE VIEW api.staff_rules WITH (security_barrier) AS
SELECT r.rolcreaterole AS makes_logins
FROM pg_roles AS r WHERE r.rolname = 'r_staff';

GRANT SELECT ON api.staff_rules TO owner_admin, auditor;


-- Make a login for a person (a new one when person_id is null) and return its row.
-- The password comes as a SCRAM verifier made by the client; it is neither stored here nor part of the fingerprint.
-- RF400: login, name, role, kitchens or verifier are not usable, or the login is or was somebody's.  RF404: no such person.
CREATE FUNCTION api.create_staff_login(
    command_id uuid, login text, name text, role text, kitchen_ids uuid[], person_id uuid, verifier text)
RETURNS api.staff
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET lock_timeout = '5s'
AS $$
DECLARE
    me app.caller := app.enter('owner_admin');
    answer jsonb := app.claim(me, command_id, 'create_staff_login', jsonb_build_object(
        'login', login, 'name', name, 'role', role, 'kitchen_ids', kitchen_ids, 'person_id', person_id));
BEGIN
    IF answer IS NULL THEN
        PERFORM app.check_login(login, verifier);
        PERFORM app.check_role(role, kitchen_ids), app.check_no_approver(person_id);
        PERFORM app.employ(command_id, login, name, role, person_id);
        INSERT INTO app.staff_kitchens (login, kitchen_id)
        SELECT create_staff_login.login, k.id FROM unnest(kitchen_ids) AS k (id);
        PERFORM app.create_login(login::name, verifier), app.note_secret(me, login);
        answer := app.finish_staff(me, command_id, 'create_staff_login', login, NULL, NULL);
    END IF;
    RETURN jsonb_populate_record(NULL::api.staff, answer);
END;
$$;

GRANT EXECUTE ON FUNCTION api.create_staff_login TO owner_admin;


-- Give a login another password and return its row. What it has open stays open.
-- RF404: no such login.  RF400: not a verifier.
CREATE FUNCTION api.set_staff_password(command_id uuid, login text, verifier text)
RETURNS api.staff
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET lock_timeout = '5s'
AS $$
DECLARE
    me app.caller := app.enter('owner_admin');
    answer jsonb := app.claim(me, command_id, 'set_staff_password', jsonb_build_object('login', login));
BEGIN
    IF answer IS NULL THEN
        PERFORM app.check_verifier(verifier);
        PERFORM app.lock_staff(login), app.check_no_approver(app.person_of(login));
        PERFORM app.change_login_password(login::name, verifier), app.note_secret(me, login);
        answer := app.finish_staff(me, command_id, 'set_staff_password', login, NULL, NULL);
    END IF;
    RETURN jsonb_populate_record(NULL::api.staff, answer);
END;
$$;

GRANT EXECUTE ON FUNCTION api.set_staff_password TO owner_admin;


-- Give a login another role and other kitchens, and return its row. It bites in running programs at their next call.
-- RF404: no such login.  RF412: somebody changed it first.  RF400: role or kitchens are not usable, or it is your own.
CREATE FUNCTION api.change_staff_role(command_id uuid, login text, seen_version integer, role text, kitchen_ids uuid[])
RETURNS api.staff
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET lock_timeout = '5s'
AS $$
DECLARE
    me app.caller := app.enter('owner_admin');
    answer jsonb := app.claim(me, command_id, 'change_staff_role', jsonb_build_object(
        'login', login, 'seen_version', seen_version, 'role', role, 'kitchen_ids', kitchen_ids));
    before jsonb;
BEGIN
    IF answer IS NULL THEN
        PERFORM app.check_role(role, kitchen_ids), app.check_no_approver(app.person_of(login));
        before := app.lock_staff(login);
        UPDATE app.staff AS s SET role = change_staff_role.role, version = s.version + 1
        WHERE s.login = change_staff_role.login AND s.version = seen_version AND s.active AND s.login <> me.login
            AND (s.person_id IS NULL) = (change_staff_role.role = 'counter_device') AND s.role NOT LIKE 'svc%';
        IF NOT FOUND THEN
            PERFORM app.refuse_staff(me, login, seen_version);
        END IF;
        DELETE FROM app.staff_kitchens AS k WHERE k.login = change_staff_role.login;
        INSERT INTO app.staff_kitchens (login, kitchen_id)
        SELECT change_staff_role.login, k.id FROM unnest(kitchen_ids) AS k (id);
        PERFORM app.change_login_group(login::name, before ->> 'role');
        answer := app.finish_staff(me, command_id, 'change_staff_role', login, NULL, before);
    END IF;
    RETURN jsonb_populate_record(NULL::api.staff, answer);
END;
$$;

GRANT EXECUTE ON FUNCTION api.change_staff_role TO owner_admin;


-- End a login for ever: no new session, open ones are ended, its next call is refused. Returns its row.
-- RF404: no such login.  RF400: no reason, or it is your own.
CREATE FUNCTION api.revoke_staff(command_id uuid, login text, reason text)
RETURNS api.staff
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET lock_timeout = '5s'
AS $$
DECLARE
    me app.caller := app.enter('owner_admin');
    answer jsonb := app.claim(me, command_id, 'revoke_staff', jsonb_build_object('login', login, 'reason', reason));
    before jsonb;
BEGIN
    IF answer IS NULL THEN
        PERFORM app.check_text('reason', reason, 500);
        before := app.lock_staff(login);
        UPDATE app.staff AS s SET active = false, suspended = false, version = s.version + 1,
            ended_at = coalesce(s.ended_at, clock_timestamp()), ended_by = coalesce(s.ended_by, me.login),
            ended_why = coalesce(s.ended_why, reason)  -- a second end of one login changes nothing
        WHERE s.login = revoke_staff.login AND s.login <> me.login AND s.role NOT LIKE 'svc%';
        IF NOT FOUND THEN
            PERFORM app.refuse_staff(me, login, NULL);
        END IF;
        PERFORM app.end_login(login::name);
        answer := app.finish_staff(me, command_id, 'revoke_staff', login, reason, before);
    END IF;
    RETURN jsonb_populate_record(NULL::api.staff, answer);
END;
$$;

GRANT EXECUTE ON FUNCTION api.revoke_staff TO owner_admin;


-- End the connections of people and counters whose login was ended, whose transaction is left open (10 s) or whose statement runs on and on
-- (30 s): app.end_backends has the rules. Each is one line of the trail, however many workers look and however long it takes to go.
-- Returns those whose line was written. The worker's.
CREATE FUNCTION api.end_overdue()
RETURNS TABLE (login name, rule text, seconds integer)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET lock_timeout = '5s'
AS $$
DECLARE
    me app.caller := app.enter('svc_worker');
BEGIN
    PERFORM pg_advisory_xact_lock(hashtext('end_overdue'));
    RETURN QUERY SELECT e.login, e.rule, e.seconds
        FROM (
            SELECT b.backend, b.login, b.person_id, b.rule, b.seconds FROM app.end_backends() AS b
            WHERE NOT EXISTS (SELECT FROM app.audit_events AS a WHERE a.command_id = b.backend AND a.action = 'end_overdue')
        ) AS e
        CROSS JOIN LATERAL app.record(me, e.backend, 'end_overdue', 'staff', e.person_id, NULL, NULL, NULL,
            jsonb_build_object('login', e.login, 'rule', e.rule, 'seconds', e.seconds));
END;
$$;

GRANT EXECUTE ON FUNCTION api.end_overdue TO svc_worker;
