-- The freeze: counting the checks, stopping all money, and letting it move again. Runs inside the verbs, as r_api.

-- Count what breaks each of the checks: one statement, so one snapshot.
CREATE FUNCTION app.count_checks() RETURNS TABLE (name text, title text, area text, violations bigint)
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    RETURN QUERY SELECT i.name, i.title, i.area, i.violations FROM app.invariants AS i;
END;
$$;


-- Name all checks, without counting.
CREATE FUNCTION app.name_checks() RETURNS TABLE (name text, title text, area text)
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    RETURN QUERY SELECT i.name, i.title, i.area FROM app.invariants AS i;
END;
$$;


-- Take the turn to count, until the transaction ends: of two workers that ask at once one counts. An advisory lock, which no login may take: a
-- lock on a row would give this transaction a number for as long as it counts, and sealing waits for the oldest of those. Refuses RF409.
CREATE FUNCTION app.take_turn() RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    IF NOT pg_try_advisory_xact_lock(hashtext('rachel checks')) THEN
        RAISE EXCEPTION 'The checks are being run already. What they find is there when they are done.'
            USING ERRCODE = 'RF409', DETAIL = jsonb_build_object('from', 'counting', 'why', 'counting');
    END IF;
END;
$$;


-- Tell what the newest run of the checks found broken, by name: what is known.
CREATE FUNCTION app.known_red() RETURNS jsonb
LANGUAGE sql VOLATILE SET search_path = pg_catalog, pg_temp
BEGIN ATOMIC
    SELECT coalesce((SELECT r.red FROM app.check_runs AS r ORDER BY r.id DESC LIMIT 1), '{}');
END;


-- Give what was known of those that are red now.
CREATE FUNCTION app.still_red(known jsonb, red jsonb) RETURNS jsonb
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, pg_temp
BEGIN ATOMIC
    SELECT coalesce(jsonb_object_agg(k.key, k.value), '{}') FROM jsonb_each(known) AS k WHERE red -> k.key IS NOT NULL;
END;


-- Give the highest number that any transfer was given so far, also one that is not committed.
CREATE FUNCTION app.newest_transfer() RETURNS bigint
LANGUAGE sql VOLATILE SET search_path = pg_catalog, pg_temp
RETURN coalesce(pg_sequence_last_value('app.transfers_id_seq'::regclass), 0);


-- Hold the freeze in force, if there is one, until the transaction ends: a release that is under way ends first, and none begins.
CREATE FUNCTION app.hold_freeze() RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    PERFORM FROM app.freezes AS f WHERE f.released_at IS NULL FOR NO KEY UPDATE;
END;
$$;


-- Say by number what can no longer be posted in the freeze in force: this transaction is given its number only now that it sees the freeze
-- committed, so whoever is given a higher one, which happens before they look whether money moves, reads it and posts nothing. One that has its
-- number already says nothing.
CREATE FUNCTION app.shut_freeze() RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    IF pg_current_xact_id_if_assigned() IS NULL THEN
        UPDATE app.freezes AS f SET shut_xid = pg_current_xact_id() WHERE f.released_at IS NULL AND f.shut_xid IS NULL;
    END IF;
END;
$$;


-- Freeze money when one about it is worse than it was `known` to be ({"I02": 3}), and tell whether that was done. `broken` is the list of
-- those that are. Where it is frozen already nothing happens. The freeze says in words which are worse (`why`), and of the others that they were known.
CREATE FUNCTION app.freeze_money(me app.caller, known jsonb, broken jsonb) RETURNS boolean
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    worse record;
    begun uuid;
BEGIN
    SELECT jsonb_object_agg(r.name, r.violations) AS red, string_agg(r.name || ' ' || r.title, '; ' ORDER BY r.name)
        FILTER (WHERE r.violations > coalesce((known -> r.name)::bigint, 0)) AS why
    INTO worse FROM jsonb_to_recordset(broken) AS r (name text, title text, area text, violations bigint) WHERE r.area = 'money';
    IF worse.why IS NOT NULL THEN
        INSERT INTO app.freezes AS f (why, red, known_red, from_transfer)
        VALUES (worse.why, worse.red, app.still_red(known, worse.red), app.newest_transfer()) ON CONFLICT DO NOTHING RETURNING f.id INTO begun;
    END IF;
    IF begun IS NOT NULL THEN
        RAISE LOG 'money is frozen: %', worse.why;
        PERFORM app.record(me, begun, 'freeze_money', 'health', begun, NULL, worse.why, NULL, jsonb_build_object('red', worse.red));
    END IF;
    RETURN begun IS NOT NULL;
END;
$$;


-- Refuse RF409 a release that nobody can judge: the newest run of the checks is older than 15 minutes, or of a clock that was put back since.
CREATE FUNCTION app.check_counted() RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    counted timestamptz := (SELECT r.at FROM app.check_runs AS r ORDER BY r.id DESC LIMIT 1);
BEGIN
    IF (counted BETWEEN clock_timestamp() - interval '15 minutes' AND clock_timestamp() + interval '1 minute') IS NOT TRUE THEN
        RAISE EXCEPTION 'The checks were not run in the last 15 minutes, so nobody knows what is broken now. The worker runs them at its start and every five minutes: see that it runs, then look again.'
            USING ERRCODE = 'RF409', DETAIL = jsonb_build_object('from', 'frozen', 'to', 'released', 'why', 'unchecked', 'counted', counted);
    END IF;
END;
$$;


-- Tell what the end of a freeze would do: since when it is, which checks about money were broken then and are now, as the newest run of all
-- counted them (`counted`: when), those that broke meanwhile too, what of them was known before it, and what waits for it. Null when it has
-- ended. The time and what waits move on, and are no part of the fingerprint.
CREATE FUNCTION app.release_impact(asked jsonb) RETURNS jsonb
LANGUAGE sql VOLATILE SET search_path = pg_catalog, pg_temp
BEGIN ATOMIC
    SELECT jsonb_build_object('freeze', f.id, 'since', f.since AT TIME ZONE 'UTC', 'counted', n.at AT TIME ZONE 'UTC',
        'checks', (SELECT coalesce(jsonb_agg(jsonb_build_object('name', i.name, 'title', i.title, 'known', coalesce(f.known_red -> i.name, '0'),
                'was', coalesce(f.red -> i.name, '0'), 'now', coalesce(n.red -> i.name, '0')) ORDER BY i.name), '[]')
            FROM app.name_checks() AS i WHERE f.red -> i.name IS NOT NULL OR i.area = 'money' AND n.red -> i.name IS NOT NULL),
        'waits', jsonb_build_object(
            'refunds', (SELECT count(*) FROM app.proposals AS p WHERE p.kind = 'refund' AND p.state = 'running'),
            'refunds_amount', (SELECT coalesce(sum(r.amount), 0) FROM app.proposals AS p JOIN app.refund_lines AS r ON r.proposal_id = p.id
                WHERE p.kind = 'refund' AND p.state = 'running' AND r.state = 'confirmed'),
            'payments', (SELECT count(*) FROM app.payments AS y WHERE y.state = 'pending'),
            'payments_amount', (SELECT coalesce(sum(y.amount), 0) FROM app.payments AS y WHERE y.state = 'pending')))
    FROM app.freezes AS f LEFT JOIN (SELECT r.at, r.red FROM app.check_runs AS r ORDER BY r.id DESC LIMIT 1) AS n ON true
    WHERE f.id = (asked ->> 'freeze')::uuid AND f.released_at IS NULL;
END;


-- End a freeze as it was looked at. Refuses RF409: it has ended already.
CREATE FUNCTION app.release_money(me app.caller, impact jsonb, reason text, proposal uuid) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    ended uuid := impact ->> 'freeze';
    still_red jsonb := (SELECT coalesce(jsonb_object_agg(c ->> 'name', c -> 'now'), '{}') FROM jsonb_array_elements(impact -> 'checks') AS c);
BEGIN
    UPDATE app.freezes AS f SET released_at = greatest(clock_timestamp(), f.since), released_login = session_user, released_why = reason,
        left_red = still_red, proposal_id = proposal, upto_transfer = app.newest_transfer()
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
-- Refuses RF409 (not frozen, or not checked), RF403 (two approvers are there: it is theirs to decide) and RF400 (no reason).
CREATE FUNCTION app.release_as_administrator(reason text) RETURNS jsonb
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    impact jsonb;
BEGIN
    PERFORM app.check_reason(NULL, NULL, reason);
    PERFORM app.hold_freeze();
    impact := (SELECT app.release_impact(jsonb_build_object('freeze', f.id)) FROM app.freezes AS f WHERE f.released_at IS NULL);
    IF impact IS NULL THEN
        PERFORM app.refuse_release();
    ELSIF (SELECT count(*) FROM app.approvers(true)) >= 2 THEN
        RAISE EXCEPTION 'Two approvers are there: one of them releases it in the office, and another agrees.'
            USING ERRCODE = 'RF403', DETAIL = jsonb_build_object('why', 'approvers');
    END IF;
    PERFORM app.check_counted();
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
