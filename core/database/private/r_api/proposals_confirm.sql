-- Proposals: what confirming, agreeing and ending do, whatever is proposed. Runs inside the verbs, as r_api.

-- Look again, under locks, at what a proposal would do. Null: exactly what was shown. Else what is different now.
CREATE FUNCTION app.what_changed(p app.proposals) RETURNS jsonb
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    impact jsonb;
BEGIN
    IF p.kind = 'refund' THEN
        RETURN app.refund_changed(p);
    ELSIF p.kind = 'stock' THEN
        PERFORM FROM app.stock_items AS s WHERE s.id = ANY (app.ids(jsonb_path_query_array(p.asked, '$.items[*].item'))) ORDER BY s.id FOR NO KEY UPDATE;
    ELSIF p.kind = 'release' THEN
        PERFORM app.hold_freeze();
    ELSE  -- one change of people at a time: who the others are is part of what was shown
        PERFORM FROM app.settings AS s FOR NO KEY UPDATE;
    END IF;
    impact := CASE p.kind
        WHEN 'stock' THEN app.stock_impact(p.asked)
        WHEN 'suspension' THEN app.suspension_impact(p.asked)
        WHEN 'limits' THEN app.limits_impact(p.asked)
        WHEN 'release' THEN app.release_impact(p.asked)
        ELSE app.approver_impact(p.asked) END;
    IF p.kind = 'release' AND impact IS NOT NULL THEN
        PERFORM app.check_counted();
    END IF;
    IF app.impact_digest(impact) IS DISTINCT FROM p.digest THEN
        RETURN jsonb_build_object('before', p.impact, 'after', impact);
    END IF;
    RETURN NULL;
END;
$$;


-- Tell whether a second person must agree: money above what the maker may alone, more power for somebody, the end of a freeze, or another approver
-- (but not while there are fewer than two: then the owner makes the second alone). An approver who was suspended still counts, and one whose
-- login was ended counts for another week: nobody makes room for a second pair of eyes of their own.
CREATE FUNCTION app.needs_approval(p app.proposals, alone_limit bigint, day_limit bigint, day_total bigint) RETURNS boolean
LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    RETURN CASE p.kind
        WHEN 'refund' THEN p.total > alone_limit OR day_total > day_limit
        WHEN 'limits' THEN (p.impact ->> 'raises')::boolean
        WHEN 'release' THEN true
        WHEN 'approver' THEN (SELECT count(*) FROM app.people AS o WHERE o.approver_since IS NOT NULL AND EXISTS (
            SELECT FROM app.staff AS f WHERE f.person_id = o.id AND f.role IN ('finance_admin', 'owner_admin')
                AND (f.active OR f.suspended OR f.ended_at > clock_timestamp() - interval '7 days'))) >= 2
        ELSE false END;
END;
$$;


-- Refuse RF403 where nobody but the maker could ever agree.
CREATE FUNCTION app.check_second_person(maker uuid) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM app.approvers(false) AS a (id) WHERE a.id <> maker) THEN
        RAISE EXCEPTION 'A second approver is needed for this, and there is none. Ask the owner to name one.'
            USING ERRCODE = 'RF403', DETAIL = jsonb_build_object('why', 'no_approver');
    END IF;
END;
$$;


-- Charge a refund to its maker's day (Lagos), in a row that is locked, and give what the day comes to. It stays charged while it waits.
CREATE FUNCTION app.charge_day(person uuid, day date, amount bigint) RETURNS bigint
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    charged bigint;
BEGIN
    INSERT INTO app.day_counters (person_id, day) VALUES (person, charge_day.day) ON CONFLICT DO NOTHING;
    UPDATE app.day_counters AS d SET refunds = greatest(d.refunds + amount, 0) WHERE d.person_id = person AND d.day = charge_day.day
    RETURNING d.refunds INTO charged;
    RETURN charged;
END;
$$;


-- Take a previewed proposal that is as it was shown: charge it, set its lines aside, and let it run or wait for a second person.
-- `at` is when it was found in time: the locks since then may have taken a while. Refuses RF403 where a second person is needed and there
-- is none, and RF423 a refund while money is frozen.
CREATE FUNCTION app.take_up(me app.caller, command_id uuid, p app.proposals, at timestamptz, code text, reason text) RETURNS app.proposals
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    limits record := app.limits_of(p.person_id);
    charged bigint;
    waits boolean;
BEGIN
    IF p.kind = 'refund' THEN
        PERFORM app.check_money_moves();
        charged := app.charge_day(p.person_id, app.lagos_day(at), p.total);
    END IF;
    waits := app.needs_approval(p, limits.refund_alone, limits.refund_a_day, charged);
    IF waits THEN
        PERFORM app.check_second_person(p.person_id);
    END IF;
    UPDATE app.proposals AS u
    SET state = CASE WHEN waits THEN 'awaiting_approval' ELSE 'running' END, version = u.version + 1, confirmed_at = at, code = take_up.code,
        reason = take_up.reason, alone_limit = CASE p.kind WHEN 'refund' THEN limits.refund_alone END,
        day_limit = CASE p.kind WHEN 'refund' THEN limits.refund_a_day END, day_total = charged,
        approve_by = CASE WHEN waits THEN at + (SELECT s.approve_within FROM app.settings AS s) END
    WHERE u.id = p.id;
    p := app.lock_proposal(p.id);
    IF p.kind = 'refund' THEN
        PERFORM app.reserve_refund(p.id);
    END IF;
    PERFORM app.record(me, command_id, 'confirm_proposal', 'proposals', p.id, p.kitchen_id, reason, NULL, jsonb_build_object(
        'state', p.state, 'code', code, 'total', p.total, 'lines', p.lines, 'digest', encode(p.digest, 'hex')));
    RETURN p;
END;
$$;


-- Do what was agreed: the first 500 lines of a refund, or the whole of anything else.
CREATE FUNCTION app.run_proposal(me app.caller, p app.proposals) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    IF p.kind = 'refund' THEN
        PERFORM app.run_refund(me, p);
        RETURN;
    ELSIF p.kind = 'stock' THEN
        PERFORM app.correct_shelves(me, p);
    ELSIF p.kind = 'suspension' THEN
        PERFORM app.suspend(me, p);
    ELSIF p.kind = 'limits' THEN
        PERFORM app.set_limits(me, p);
    ELSIF p.kind = 'release' THEN
        PERFORM app.release_money(me, p.impact, p.reason, p.id);
    ELSE
        PERFORM app.set_approver(me, p);
    END IF;
    PERFORM app.walk_proposal(p.id, 'done');
END;
$$;


-- Move a proposal on. An end tells by whom (null: time, or the worker) and why.
CREATE FUNCTION app.walk_proposal(proposal uuid, to_state text, person uuid DEFAULT NULL, why text DEFAULT NULL) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    UPDATE app.proposals AS p
    SET state = to_state, version = p.version + 1, ended_by = coalesce(person, p.ended_by), ended_why = coalesce(why, p.ended_why),
        ended_at = CASE WHEN to_state IN ('done', 'stale', 'rejected', 'withdrawn', 'lapsed') THEN clock_timestamp() END
    WHERE p.id = proposal;
    INSERT INTO app.outbox (noun, object_id, kitchen_id) SELECT 'proposals', p.id, p.kitchen_id FROM app.proposals AS p WHERE p.id = proposal;
END;
$$;


-- End a proposal that will not go on: what it had set aside is free again, and a refund that never ran no longer counts for its maker's day.
CREATE FUNCTION app.end_proposal(me app.caller, command_id uuid, verb text, p app.proposals, to_state text, why text) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    IF p.kind = 'refund' AND p.confirmed_at IS NOT NULL THEN
        PERFORM app.lock_orders_of(ARRAY[p.id]);
        IF p.state = 'awaiting_approval' THEN
            PERFORM app.charge_day(p.person_id, app.lagos_day(p.confirmed_at), -p.total);
        END IF;
        PERFORM app.release_refund(me, p, NULL, 'left_out', to_state);
    END IF;
    PERFORM app.walk_proposal(p.id, to_state, me.person_id, why);
    PERFORM app.record(me, command_id, verb, 'proposals', p.id, p.kitchen_id, why, jsonb_build_object('state', p.state),
        jsonb_build_object('state', to_state));
END;
$$;


-- Refuse RF403 a person who may not agree to this: its maker under any login, whom it is about, who set the password of its maker's login today
-- (and so could be both), no approver, or one for less than a day; and anybody where its maker is shut out.
CREATE FUNCTION app.check_approver(me app.caller, p app.proposals) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    why text := CASE
        WHEN me.person_id = p.person_id OR p.kind IN ('limits', 'approver') AND p.asked ->> 'person' = me.person_id::text THEN 'own'
        WHEN NOT EXISTS (SELECT FROM app.staff AS f WHERE f.person_id = p.person_id AND f.active) THEN 'left'
        WHEN EXISTS (SELECT FROM app.staff AS f, app.settings AS s WHERE f.person_id = p.person_id AND f.secret_by = me.person_id
            AND f.secret_at > clock_timestamp() - s.approver_ripens) THEN 'hand'
        WHEN me.person_id NOT IN (SELECT app.approvers(false)) THEN 'no_approver'
        WHEN me.person_id NOT IN (SELECT app.approvers(true)) THEN 'young' END;
BEGIN
    IF why IS NOT NULL THEN
        RAISE LOG 'security: % may not approve proposal %: %', session_user, p.id, why;
        RAISE EXCEPTION '%', CASE why
            WHEN 'own' THEN 'You made this proposal, or it is about you. A second person must look at it.'
            WHEN 'left' THEN 'Whoever proposed this is shut out. It ends by itself.'
            WHEN 'hand' THEN 'You set the password of whoever proposed this within the last day. Another approver must look at it.'
            WHEN 'young' THEN 'Whoever becomes an approver may approve a day later.'
            ELSE 'Only an approver may do this.' END
            USING ERRCODE = 'RF403', DETAIL = jsonb_build_object('why', why);
    END IF;
END;
$$;

