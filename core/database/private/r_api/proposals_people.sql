-- Proposals about people: suspending customers and staff, limits, approvers. Runs inside the verbs, as r_api.

-- Tell what a suspension (or its end) would do: the customers, and each person with their logins. The maker sees it and nobody else is named.
CREATE FUNCTION app.suspension_impact(asked jsonb) RETURNS jsonb
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp
BEGIN ATOMIC
    SELECT jsonb_build_object('suspend', asked -> 'suspend',
        'customers', (SELECT coalesce(jsonb_agg(jsonb_build_object('customer', c.id, 'active', c.active) ORDER BY c.id), '[]')
            FROM app.customers AS c WHERE c.id = ANY (app.ids(asked -> 'customers'))),
        'people', (SELECT coalesce(jsonb_agg(jsonb_build_object('person', p.id, 'name', p.name, 'approver', p.approver_since IS NOT NULL, 'logins',
                (SELECT jsonb_agg(jsonb_build_object('login', s.login, 'role', s.role, 'active', s.active, 'suspended', s.suspended) ORDER BY s.login)
                FROM app.staff AS s WHERE s.person_id = p.id)) ORDER BY p.id), '[]')
            FROM app.people AS p WHERE p.id = ANY (app.ids(asked -> 'people'))));
END;


-- Refuse a suspension that cannot be: RF400 (nobody named, oneself, or all are so already) and RF404 (not there).
CREATE FUNCTION app.check_suspension(me app.caller, asked jsonb) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    impact jsonb := app.suspension_impact(asked);
    named integer := jsonb_array_length(asked -> 'customers') + jsonb_array_length(asked -> 'people');
BEGIN
    IF asked -> 'suspend' NOT IN ('true', 'false') OR named NOT BETWEEN 1 AND 500 THEN
        PERFORM app.refuse_argument('customer_ids', 'Name between 1 and 500 customers or people.');
    ELSIF asked -> 'people' @> to_jsonb(me.person_id) THEN
        PERFORM app.refuse_argument('person_ids', 'Nobody suspends themselves. Ask another owner.');
    ELSIF jsonb_array_length(asked -> 'people') > 0 AND me.role <> 'owner_admin' THEN
        PERFORM app.refuse_role(me);
    ELSIF jsonb_array_length(impact -> 'customers') + jsonb_array_length(impact -> 'people') <> named THEN
        RAISE EXCEPTION 'One of these does not exist, or is named twice.' USING ERRCODE = 'RF404';
    ELSIF NOT EXISTS (SELECT FROM jsonb_array_elements(impact -> 'customers') AS c WHERE c -> 'active' = asked -> 'suspend'
            UNION ALL SELECT FROM jsonb_array_elements(impact -> 'people') AS p, jsonb_array_elements(p -> 'logins') AS l
            WHERE CASE asked -> 'suspend' WHEN 'true' THEN l -> 'active' ELSE l -> 'suspended' END = 'true') THEN
        PERFORM app.refuse_argument('customer_ids', 'Nothing would change: all of these are so already.');
    END IF;
END;
$$;


-- Suspend customers and people, or take them back: a suspended customer cannot order or pay in, and what they have ordered goes on; a
-- suspended person's logins are shut out, and what they proposed is ended by the worker.
CREATE FUNCTION app.suspend(me app.caller, p app.proposals) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    suspends boolean := (p.asked ->> 'suspend')::boolean;
    shut record;
    each_id uuid;
BEGIN
    FOR each_id IN
        UPDATE app.customers AS c SET active = NOT suspends
        WHERE c.active = suspends AND c.id = ANY (app.ids(p.asked -> 'customers')) RETURNING c.id
    LOOP
        PERFORM app.record(me, p.id, CASE WHEN suspends THEN 'suspend_customer' ELSE 'reinstate_customer' END, 'customers', each_id, NULL,
            p.reason, jsonb_build_object('active', suspends), jsonb_build_object('active', NOT suspends));
    END LOOP;
    FOR shut IN
        UPDATE app.staff AS s SET active = NOT suspends, suspended = suspends, version = s.version + 1
        WHERE s.person_id = ANY (app.ids(p.asked -> 'people')) AND CASE WHEN suspends THEN s.active ELSE s.suspended END
        RETURNING s.login, s.person_id
    LOOP
        PERFORM CASE WHEN suspends THEN app.end_login(shut.login) ELSE app.reopen_login(shut.login) END;
        PERFORM app.record(me, p.id, CASE WHEN suspends THEN 'suspend_staff' ELSE 'reinstate_staff' END, 'staff', shut.person_id, NULL, p.reason,
            jsonb_build_object('login', shut.login, 'active', suspends), jsonb_build_object('login', shut.login, 'active', NOT suspends));
    END LOOP;
END;
$$;


-- Tell what a change of limits would do, in kobo; of everybody without limits of their own when no person is named.
CREATE FUNCTION app.limits_impact(asked jsonb) RETURNS jsonb
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp
BEGIN ATOMIC
    SELECT jsonb_build_object('person', asked -> 'person', 'name', p.name, 'refund_alone', asked -> 'refund_alone', 'refund_a_day', asked -> 'refund_a_day',
        'was_alone', was.refund_alone, 'was_a_day', was.refund_a_day,
        'raises', (asked ->> 'refund_alone')::bigint > was.refund_alone OR (asked ->> 'refund_a_day')::bigint > was.refund_a_day)
    FROM app.limits_of((asked ->> 'person')::uuid) AS was LEFT JOIN app.people AS p ON p.id = (asked ->> 'person')::uuid;
END;


-- Put limits in force.
CREATE FUNCTION app.set_limits(me app.caller, p app.proposals) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    person uuid := p.asked ->> 'person';
    alone bigint := p.asked ->> 'refund_alone';
    a_day bigint := p.asked ->> 'refund_a_day';
BEGIN
    IF person IS NULL THEN
        UPDATE app.settings AS s SET refund_alone = alone, refund_a_day = a_day;
    ELSE
        INSERT INTO app.limits (person_id, refund_alone, refund_a_day) VALUES (person, alone, a_day)
        ON CONFLICT (person_id) DO UPDATE SET refund_alone = alone, refund_a_day = a_day;
    END IF;
    PERFORM app.record(me, p.id, 'set_limits', 'staff', person, NULL, p.reason,
        jsonb_build_object('refund_alone', p.impact -> 'was_alone', 'refund_a_day', p.impact -> 'was_a_day'),
        jsonb_build_object('refund_alone', alone, 'refund_a_day', a_day));
END;
$$;


-- Tell what naming an approver (or no longer) would do, and who the others are.
CREATE FUNCTION app.approver_impact(asked jsonb) RETURNS jsonb
LANGUAGE sql VOLATILE SET search_path = pg_catalog, pg_temp
BEGIN ATOMIC
    SELECT jsonb_build_object('person', p.id, 'name', p.name, 'is_approver', asked -> 'is_approver', 'was_since', p.approver_since AT TIME ZONE 'UTC',
        'approvers', (SELECT coalesce(jsonb_agg(a.id ORDER BY a.id), '[]') FROM app.approvers(false) AS a (id)))
    FROM app.people AS p WHERE p.id = (asked ->> 'person')::uuid;
END;


-- Name an approver, from now on, or name them no longer.
CREATE FUNCTION app.set_approver(me app.caller, p app.proposals) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    named boolean := p.asked ->> 'is_approver';
    person uuid := p.asked ->> 'person';
BEGIN
    UPDATE app.people AS o SET approver_since = CASE WHEN named THEN clock_timestamp() END WHERE o.id = person;
    PERFORM app.record(me, p.id, 'set_approver', 'staff', person, NULL, p.reason, jsonb_build_object('approver', NOT named),
        jsonb_build_object('approver', named));
END;
$$;


-- Refuse RF403: an approver's login, password and role are nobody's to change; first they stop being one, which a second person agrees to.
-- Else one owner could become both pairs of eyes.
CREATE FUNCTION app.check_no_approver(person uuid) RETURNS void
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    IF EXISTS (SELECT FROM app.people AS p WHERE p.id = person AND p.approver_since IS NOT NULL) THEN
        RAISE LOG 'security: % wanted to change the login of an approver', session_user;
        RAISE EXCEPTION 'This person approves what others propose. First end that, with a second approver; then change the login.'
            USING ERRCODE = 'RF403', DETAIL = jsonb_build_object('why', 'approver');
    END IF;
END;
$$;


-- Tell whose login it is; null for a counter's, and where there is none.
CREATE FUNCTION app.person_of(login text) RETURNS uuid
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp
BEGIN ATOMIC
    SELECT s.person_id FROM app.staff AS s WHERE s.login = person_of.login;
END;


-- Note who set a login's password, and so could sign in with it.
CREATE FUNCTION app.note_secret(me app.caller, login text) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    UPDATE app.staff AS s SET secret_by = me.person_id, secret_at = clock_timestamp() WHERE s.login = note_secret.login;
END;
$$;
