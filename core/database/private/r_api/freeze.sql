-- The freeze: counting the checks, stopping all money, and letting it move again. Runs inside the verbs, as r_api.

-- Count what breaks each of these checks, or of all (null): one statement, so one snapshot. Reads nothing for those that were not asked for.
CREATE FUNCTION app.count_checks(names text[]) RETURNS TABLE (name text, title text, area text, violations bigint)
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    RETURN QUERY SELECT i.name, i.title, i.area, i.violations FROM app.invariants AS i WHERE names IS NULL OR i.name = ANY (names);
END;
$$;


-- Tell which checks are known to be broken, with their violations: those of the newest run, or what a release since then left.
CREATE FUNCTION app.known_red() RETURNS jsonb
LANGUAGE sql VOLATILE SET search_path = pg_catalog, pg_temp
BEGIN ATOMIC
    SELECT coalesce(
        (SELECT f.left_red FROM app.freezes AS f
            WHERE f.released_at > coalesce((SELECT r.at FROM app.check_runs AS r ORDER BY r.id DESC LIMIT 1), '-infinity')
            ORDER BY f.released_at DESC LIMIT 1),
        (SELECT r.red FROM app.check_runs AS r ORDER BY r.id DESC LIMIT 1), '{}');
END;


-- Freeze money when one of these checks about it (`red`, by name: {"I02": 3}) is worse than it was `known` to be, and tell whether that was
-- done. Where it is frozen already nothing happens. `why` names the checks for people.
CREATE FUNCTION app.freeze_money(me app.caller, known jsonb, red jsonb, why text) RETURNS boolean
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    begun uuid;
BEGIN
    IF EXISTS (SELECT FROM jsonb_each(red) AS r WHERE r.value::bigint > coalesce((known -> r.key)::bigint, 0)) THEN
        INSERT INTO app.freezes AS f (why, red) VALUES (freeze_money.why, freeze_money.red) ON CONFLICT DO NOTHING RETURNING f.id INTO begun;
    END IF;
    IF begun IS NOT NULL THEN
        RAISE LOG 'money is frozen: %', why;
        PERFORM app.record(me, begun, 'freeze_money', 'health', begun, NULL, why, NULL, jsonb_build_object('red', red));
    END IF;
    RETURN begun IS NOT NULL;
END;
$$;


-- Tell what the end of a freeze would do: since when it is, which checks were broken and are now (counted again), and what waits for it.
-- Null when it has ended. The figures of `waits` move with every payment, and are no part of the fingerprint.
CREATE FUNCTION app.release_impact(asked jsonb) RETURNS jsonb
LANGUAGE sql VOLATILE SET search_path = pg_catalog, pg_temp
BEGIN ATOMIC
    SELECT jsonb_build_object('freeze', f.id, 'since', f.since AT TIME ZONE 'UTC',
        'checks', (SELECT coalesce(jsonb_agg(jsonb_build_object('name', c.name, 'title', c.title, 'was', f.red -> c.name, 'now', c.violations)
                ORDER BY c.name), '[]') FROM app.count_checks(ARRAY(SELECT jsonb_object_keys(f.red))) AS c),
        'waits', jsonb_build_object(
            'refunds', (SELECT count(*) FROM app.proposals AS p WHERE p.kind = 'refund' AND p.state = 'running'),
            'refunds_amount', (SELECT coalesce(sum(r.amount), 0) FROM app.proposals AS p JOIN app.refund_lines AS r ON r.proposal_id = p.id
                WHERE p.kind = 'refund' AND p.state = 'running' AND r.state = 'confirmed'),
            'payments', (SELECT count(*) FROM app.payments AS y WHERE y.state = 'pending'),
            'payments_amount', (SELECT coalesce(sum(y.amount), 0) FROM app.payments AS y WHERE y.state = 'pending')))
    FROM app.freezes AS f WHERE f.id = (asked ->> 'freeze')::uuid AND f.released_at IS NULL;
END;


-- End a freeze as it was looked at. Refuses RF409: it has ended already.
CREATE FUNCTION app.release_money(me app.caller, impact jsonb, reason text, proposal uuid) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    ended uuid := impact ->> 'freeze';
    still_red jsonb := (SELECT coalesce(jsonb_object_agg(c ->> 'name', c -> 'now'), '{}') FROM jsonb_array_elements(impact -> 'checks') AS c);
BEGIN
    UPDATE app.freezes AS f SET released_at = greatest(clock_timestamp(), f.since), released_login = session_user, released_why = reason, left_red = still_red,
        proposal_id = proposal
    WHERE f.id = ended AND f.released_at IS NULL;
    IF NOT FOUND THEN
        PERFORM app.refuse_release();
    END IF;
    RAISE LOG 'money moves again, released by %', session_user;
    PERFORM app.record(me, coalesce(proposal, ended), 'release_money', 'health', ended, NULL, reason, NULL, jsonb_build_object('red', still_red));
END;
$$;


-- Refuse RF409: there is no freeze to end.
CREATE FUNCTION app.refuse_release() RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    RAISE EXCEPTION 'Money is not frozen any more.' USING ERRCODE = 'RF409', DETAIL = '{"from": "released"}';
END;
$$;


-- End a freeze as whoever runs the server, where fewer than two approvers could. For a superuser: nobody else may call it. Gives the impact.
-- Refuses RF409 (not frozen), RF403 (two approvers are there: it is theirs to decide) and RF400 (no reason).
CREATE FUNCTION app.release_as_administrator(reason text) RETURNS jsonb
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    impact jsonb := (SELECT app.release_impact(jsonb_build_object('freeze', f.id)) FROM app.freezes AS f WHERE f.released_at IS NULL);
BEGIN
    PERFORM app.check_reason(NULL, NULL, reason);
    IF impact IS NULL THEN
        PERFORM app.refuse_release();
    ELSIF (SELECT count(*) FROM app.approvers(true)) >= 2 THEN
        RAISE EXCEPTION 'Two approvers are there: one of them releases it in the office, and another agrees.'
            USING ERRCODE = 'RF403', DETAIL = jsonb_build_object('why', 'approvers');
    END IF;
    PERFORM app.release_money(NULL, impact, reason, NULL);
    RETURN impact;
END;
$$;


-- Give the moment until which a card order waits for its money: as it was told, but a freeze stops the clock, for an hour at most (then nobody
-- wants the food any more, and what was paid stays in the wallet). After it there is the whole time to pay once more. A definer, because the
-- view of what is overdue asks it with the caller's rights.
CREATE FUNCTION app.due_by(due_at timestamptz) RETURNS timestamptz
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
BEGIN ATOMIC
    SELECT greatest(due_by.due_at, max(least(f.released_at, f.since + interval '1 hour') + s.pay_within))
    FROM app.freezes AS f, app.settings AS s WHERE f.since <= due_by.due_at;
END;

GRANT EXECUTE ON FUNCTION app.due_by TO support, finance_admin, owner_admin, auditor, svc_worker;
