-- The door: who calls, may they, and not too fast. Every writing verb begins with app.enter. Runs inside the verbs, as r_api.

-- Tell which kitchens the login sees: its own for people of a kitchen, all for the office and the services, none when inactive.
-- Row policies call it with the caller's rights, hence the grants and the definer.
CREATE FUNCTION app.visible_kitchens() RETURNS uuid[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
BEGIN ATOMIC
    SELECT CASE WHEN s.role IN ('kitchen_staff', 'kitchen_manager', 'counter_device')
        THEN ARRAY(SELECT k.kitchen_id FROM app.staff_kitchens AS k WHERE k.login = s.login)
        ELSE ARRAY(SELECT k.id FROM app.kitchens AS k) END
    FROM app.staff AS s WHERE s.login = session_user AND s.active;
END;

GRANT EXECUTE ON FUNCTION app.visible_kitchens TO kitchen_staff, kitchen_manager, counter_device, support,
    finance_admin, owner_admin, auditor, svc_ordering, svc_worker;


-- Let the caller in, or refuse: RF001 (isolation level), RF403 (unknown, inactive, or not one of `roles`),
-- RF426 (program too old), RF429 (too fast). Locks the person's budget until commit; services have none.
CREATE FUNCTION app.enter(VARIADIC roles text[]) RETURNS app.caller
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    me app.caller;
BEGIN
    IF current_setting('transaction_isolation') <> 'read committed' THEN
        RAISE EXCEPTION 'Verbs run in READ COMMITTED only.' USING ERRCODE = 'RF001';
    END IF;
    PERFORM app.spend_token(s.person_id) FROM app.staff AS s WHERE s.login = session_user AND s.person_id IS NOT NULL;
    SELECT s.login, s.person_id, p.name, s.role INTO me  -- after the wait for the budget: the role as it is now
    FROM app.staff AS s LEFT JOIN app.people AS p ON p.id = s.person_id
    WHERE s.login = session_user AND s.active;
    IF NOT FOUND THEN
        RAISE LOG 'security: login % is not active', session_user;
        RAISE EXCEPTION 'This login is no longer in use. Ask the owner.'
            USING ERRCODE = 'RF403', DETAIL = jsonb_build_object('why', 'disabled');
    ELSIF me.role <> ALL (roles) THEN
        RAISE LOG 'security: % may not do what only % may', session_user, roles;
        RAISE EXCEPTION 'Your role does not allow this. Ask somebody who may.'
            USING ERRCODE = 'RF403', DETAIL = jsonb_build_object('why', 'role', 'role', me.role);
    END IF;
    PERFORM app.check_program();
    RETURN me;
END;
$$;


-- Take one token of a person's budget: 20 at once, then 2 a second, over all their logins. Refuses RF429.
CREATE FUNCTION app.spend_token(spender uuid) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    UPDATE app.budgets AS b
    SET full_at = greatest(b.full_at, clock_timestamp()) + interval '0.5 seconds'
    WHERE b.person_id = spender AND b.full_at <= clock_timestamp() + interval '9.5 seconds';
    IF NOT FOUND THEN
        RAISE EXCEPTION 'Too many changes at once. Wait a second, then try again.'
            USING ERRCODE = 'RF429', DETAIL = jsonb_build_object('seconds', 1);
    END IF;
END;
$$;


-- Refuse a program older than this database can work with (RF426). A courtesy to old programs, no security: anybody may lie.
CREATE FUNCTION app.check_program() RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    version text := substring(current_setting('application_name') FROM '^rachel-[a-z]+/(\d{1,6}\.\d{1,6}\.\d{1,6})$');
    lowest text;
BEGIN
    IF version IS NULL THEN
        RETURN;
    END IF;
    SELECT c.lowest_client INTO lowest FROM app.compat AS c;
    IF string_to_array(version, '.')::integer[] < string_to_array(lowest, '.')::integer[] THEN
        RAISE EXCEPTION 'This program is too old to change anything. Install version % or newer.', lowest
            USING ERRCODE = 'RF426', DETAIL = jsonb_build_object('lowest', lowest);
    END IF;
END;
$$;
