-- Proposals: the parts that preview, confirm and approve share, whatever is proposed. Runs inside the verbs, as r_api.

-- Tell which roles may propose an act of this kind.
CREATE FUNCTION app.proposers(kind text) RETURNS text[]
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, pg_temp
RETURN CASE kind
    WHEN 'refund' THEN '{support,finance_admin,owner_admin}'
    WHEN 'stock' THEN '{kitchen_manager,owner_admin}'
    WHEN 'suspension' THEN '{finance_admin,owner_admin}'
    WHEN 'release' THEN '{finance_admin,owner_admin}'
    ELSE '{owner_admin}' END::text[];


-- Tell which reasons an act of this kind may have.
CREATE FUNCTION app.reason_codes(kind text) RETURNS text[]
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, pg_temp
RETURN CASE kind
    WHEN 'refund' THEN '{late,missing,wrong,quality,kitchen_failed,cancelled,charged_twice,goodwill,other}'
    WHEN 'stock' THEN '{miscounted,spoiled,lost,moved,other}'
    WHEN 'suspension' THEN '{fraud,abuse,own_wish,left,mistake,other}'
    WHEN 'release' THEN '{repaired,explained,false_alarm,other}'
    ELSE '{new_work,trust,left,mistake,other}' END::text[];


-- Give the ids of a list, sorted.
CREATE FUNCTION app.ids(list jsonb) RETURNS uuid[]
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, pg_temp
BEGIN ATOMIC
    SELECT coalesce(array_agg(e.id::uuid ORDER BY e.id::uuid), '{}') FROM jsonb_array_elements_text(list) AS e (id);
END;


-- Write a proposal and give it in the shape of api.proposals, with its token: the one time that anybody can read it.
-- `impact` is what it would do, exactly; `digest` its fingerprint, compared again at confirmation. Refuses RF400 (too much money).
CREATE FUNCTION app.write_proposal(
    me app.caller, command_id uuid, verb text, kind text, kitchen_id uuid, asked jsonb, impact jsonb, digest bytea, total numeric, lines bigint)
RETURNS jsonb
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    token text := replace(gen_random_uuid()::text || gen_random_uuid()::text, '-', '');
BEGIN
    IF total > 100000000000 THEN
        PERFORM app.refuse_argument('order_ids', 'One proposal moves at most ₦1,000,000,000.00. Make two.');
    END IF;
    INSERT INTO app.proposals (id, kind, kitchen_id, person_id, token_hash, digest, asked, impact, total, lines, expires_at)
    SELECT command_id, write_proposal.kind, write_proposal.kitchen_id, me.person_id, sha256(convert_to(token, 'UTF8')), write_proposal.digest,
        write_proposal.asked, write_proposal.impact, write_proposal.total, write_proposal.lines, clock_timestamp() + s.figures_hold
    FROM app.settings AS s;
    PERFORM app.record(me, command_id, verb, 'proposals', command_id, write_proposal.kitchen_id, NULL, NULL,
        jsonb_build_object('total', total, 'lines', lines, 'digest', encode(digest, 'hex')));
    RETURN app.answer_proposal(command_id, command_id, 'previewed') || jsonb_build_object('token', token);  -- kept without it
END;
$$;


-- Give a proposal in the shape of api.proposals. Of one that nobody may confirm any more it says so.
CREATE FUNCTION app.proposal_row(proposal uuid) RETURNS jsonb
LANGUAGE sql VOLATILE SET search_path = pg_catalog, pg_temp
BEGIN ATOMIC
    SELECT to_jsonb(p) - 'token_hash' || jsonb_build_object('digest', encode(p.digest, 'hex'), 'made_by', maker.name,
        'approved_by', approver.name, 'ended_by', ender.name,
        'state', CASE WHEN p.state = 'previewed' AND p.expires_at <= clock_timestamp() THEN 'lapsed' ELSE p.state END)
    FROM app.proposals AS p JOIN app.people AS maker ON maker.id = p.person_id
    LEFT JOIN app.people AS approver ON approver.id = p.approved_by LEFT JOIN app.people AS ender ON ender.id = p.ended_by
    WHERE p.id = proposal;
END;


-- Keep the answer about a proposal as it is now, and hand it back with what came of the call.
CREATE FUNCTION app.answer_proposal(command_id uuid, proposal uuid, outcome text, moved jsonb DEFAULT NULL) RETURNS jsonb
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    answer jsonb := app.proposal_row(proposal) || jsonb_build_object('outcome', outcome, 'moved', moved);
BEGIN
    PERFORM app.answer(command_id, answer - 'impact');
    RETURN answer;
END;
$$;


-- Fill a kept answer up again with what is read from the proposal itself.
CREATE FUNCTION app.repeat_proposal(answer jsonb) RETURNS jsonb
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp
BEGIN ATOMIC
    SELECT jsonb_build_object('impact', p.impact) || answer FROM app.proposals AS p WHERE p.id = (answer ->> 'id')::uuid;
END;


-- Find the maker's own proposal by its token, and lock it. Refuses RF403: no such token, or another person's; nothing says which.
CREATE FUNCTION app.lock_by_token(me app.caller, token text) RETURNS app.proposals
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    found_proposal app.proposals;
BEGIN
    found_proposal := (SELECT p FROM app.proposals AS p
        WHERE p.token_hash = sha256(convert_to(coalesce(lock_by_token.token, ''), 'UTF8')) AND p.person_id = me.person_id
        FOR NO KEY UPDATE);
    IF found_proposal.id IS NULL THEN
        RAISE LOG 'security: % confirmed with a token that is not theirs', session_user;
        RAISE EXCEPTION 'This was not previewed by you. Check it again before you confirm it.'
            USING ERRCODE = 'RF403', DETAIL = jsonb_build_object('why', 'token');
    ELSIF me.role <> ALL (app.proposers(found_proposal.kind)) OR found_proposal.kitchen_id <> ALL (app.visible_kitchens())
        OR me.role <> 'owner_admin' AND jsonb_array_length(found_proposal.asked -> 'people') > 0 THEN  -- as they are now
        PERFORM app.refuse_role(me);
    END IF;
    RETURN found_proposal;
END;
$$;


-- Find a proposal by its id, and lock it. Refuses RF404.
CREATE FUNCTION app.lock_proposal(proposal uuid) RETURNS app.proposals
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    found_proposal app.proposals;
BEGIN
    found_proposal := (SELECT p FROM app.proposals AS p WHERE p.id = proposal FOR NO KEY UPDATE);
    IF found_proposal.id IS NULL THEN
        RAISE EXCEPTION 'There is no such proposal.' USING ERRCODE = 'RF404';
    END IF;
    RETURN found_proposal;
END;
$$;


-- Give what a person may refund alone, in kobo: at once, and in a Lagos day.
CREATE FUNCTION app.limits_of(person uuid, OUT refund_alone bigint, OUT refund_a_day bigint)
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp
BEGIN ATOMIC
    SELECT coalesce(l.refund_alone, s.refund_alone), coalesce(l.refund_a_day, s.refund_a_day)
    FROM app.settings AS s LEFT JOIN app.limits AS l ON l.person_id = person;
END;


-- Tell who may agree to what others propose: approvers with a login of finance or the owner. Of all, or of those who may already.
CREATE FUNCTION app.approvers(ripe_only boolean) RETURNS SETOF uuid
LANGUAGE sql VOLATILE SET search_path = pg_catalog, pg_temp
BEGIN ATOMIC
    SELECT p.id FROM app.people AS p, app.settings AS s
    WHERE p.approver_since IS NOT NULL AND (NOT ripe_only OR p.approver_since <= clock_timestamp() - s.approver_ripens)
        AND EXISTS (SELECT FROM app.staff AS f WHERE f.person_id = p.id AND f.active AND f.role IN ('finance_admin', 'owner_admin'));
END;


-- Give the fingerprint of an impact. What waits for a release, and when it was counted, move all the time and are no part of it.
CREATE FUNCTION app.impact_digest(impact jsonb) RETURNS bytea
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, pg_temp
RETURN sha256(convert_to((impact - 'waits' - 'counted')::text, 'UTF8'));


-- Propose an act that is no refund: its fingerprint is that of its impact. Refuses as app.write_proposal.
CREATE FUNCTION app.propose(me app.caller, command_id uuid, kind text, kitchen uuid, asked jsonb, impact jsonb, lines bigint) RETURNS jsonb
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    RETURN app.write_proposal(me, command_id, 'preview_' || kind, kind, kitchen, asked, impact, app.impact_digest(impact), 0, lines);
END;
$$;


-- Stop a refund that runs, or let it go on, and give the answer. Refuses RF404, RF403 and RF409.
CREATE FUNCTION app.hold_on(me app.caller, command_id uuid, proposal_id uuid, from_state text, to_state text) RETURNS jsonb
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    p app.proposals := app.lock_proposal(proposal_id);
BEGIN
    PERFORM app.check_in_charge(me, p);
    IF p.state <> from_state THEN
        PERFORM app.refuse_proposal(p, to_state);
    END IF;
    PERFORM app.walk_proposal(p.id, to_state);
    PERFORM app.record(me, command_id, CASE to_state WHEN 'stopped' THEN 'stop_proposal' ELSE 'resume_proposal' END, 'proposals', p.id,
        p.kitchen_id, NULL, jsonb_build_object('state', from_state), jsonb_build_object('state', to_state));
    RETURN app.answer_proposal(command_id, p.id, to_state);
END;
$$;
