-- Proposals: saying no, thinking better of it, and holding on. What was set aside is free again when a proposal ends.
-- Python twin: core/proposals/end.py (same names, same order).

-- Say no to what another person proposed, and why, and return it.
-- RF404: no such proposal.  RF403: your own, or no approver.  RF409: it does not wait for approval.  RF400: no reason.
CREATE FUNCTION api.reject_proposal(command_id uuid, proposal_id uuid, reason text)
RETURNS api.proposals
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET lock_timeout = '5s'
AS $$
DECLARE
    me app.caller := app.enter('finance_admin', 'owner_admin');
    answer jsonb := app.claim(me, command_id, 'reject_proposal', jsonb_build_object('proposal_id', proposal_id, 'reason', reason));
    p app.proposals;
BEGIN
    IF answer IS NULL THEN
        PERFORM app.check_reason(NULL, NULL, reason);
        p := app.lock_proposal(proposal_id);
        PERFORM app.check_approver(me, p);
        IF p.state <> 'awaiting_approval' THEN
            PERFORM app.refuse_proposal(p, 'rejected');
        END IF;
        PERFORM app.end_proposal(me, command_id, 'reject_proposal', p, 'rejected', reason);
        answer := app.answer_proposal(command_id, p.id, 'rejected');
    END IF;
    RETURN jsonb_populate_record(NULL::api.proposals, app.repeat_proposal(answer));
END;
$$;

GRANT EXECUTE ON FUNCTION api.reject_proposal TO finance_admin, owner_admin;


-- Take back what one proposed oneself and nobody agreed to yet, or end for good what was stopped, and return it. What ran stays run.
-- RF404: no such proposal.  RF403: another person's that still waits, or not your role.  RF409: it runs, or has ended.  RF400: no reason.
CREATE FUNCTION api.withdraw_proposal(command_id uuid, proposal_id uuid, reason text)
RETURNS api.proposals
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET lock_timeout = '5s'
AS $$
DECLARE
    me app.caller := app.enter('support', 'finance_admin', 'owner_admin');
    answer jsonb := app.claim(me, command_id, 'withdraw_proposal', jsonb_build_object('proposal_id', proposal_id, 'reason', reason));
    p app.proposals;
BEGIN
    IF answer IS NULL THEN
        PERFORM app.check_reason(NULL, NULL, reason);
        p := app.lock_proposal(proposal_id);
        PERFORM app.check_in_charge(me, p);
        IF p.state NOT IN ('awaiting_approval', 'stopped') THEN
            PERFORM app.refuse_proposal(p, 'withdrawn');
        END IF;
        PERFORM app.end_proposal(me, command_id, 'withdraw_proposal', p, 'withdrawn', reason);
        answer := app.answer_proposal(command_id, p.id, 'withdrawn');
    END IF;
    RETURN jsonb_populate_record(NULL::api.proposals, app.repeat_proposal(answer));
END;
$$;

GRANT EXECUTE ON FUNCTION api.withdraw_proposal TO support, finance_admin, owner_admin;


-- Stop a refund that runs, after the lines that are being run, and return it. What did not run stays set aside until it is resumed or withdrawn.
-- RF404: no such proposal.  RF403: another person's, and you are neither finance nor owner.  RF409: it does not run.
CREATE FUNCTION api.stop_proposal(command_id uuid, proposal_id uuid)
RETURNS api.proposals
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET lock_timeout = '5s'
AS $$
DECLARE
    me app.caller := app.enter('support', 'finance_admin', 'owner_admin');
    answer jsonb := app.claim(me, command_id, 'stop_proposal', jsonb_build_object('proposal_id', proposal_id));
BEGIN
    IF answer IS NULL THEN
        answer := app.hold_on(me, command_id, proposal_id, 'running', 'stopped');
    END IF;
    RETURN jsonb_populate_record(NULL::api.proposals, app.repeat_proposal(answer));
END;
$$;

GRANT EXECUTE ON FUNCTION api.stop_proposal TO support, finance_admin, owner_admin;


-- Let a refund that was stopped go on, and return it. The worker runs the rest.
-- Refuses as stop_proposal.
CREATE FUNCTION api.resume_proposal(command_id uuid, proposal_id uuid)
RETURNS api.proposals
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET lock_timeout = '5s'
AS $$
DECLARE
    me app.caller := app.enter('support', 'finance_admin', 'owner_admin');
    answer jsonb := app.claim(me, command_id, 'resume_proposal', jsonb_build_object('proposal_id', proposal_id));
BEGIN
    IF answer IS NULL THEN
        answer := app.hold_on(me, command_id, proposal_id, 'stopped', 'running');
    END IF;
    RETURN jsonb_populate_record(NULL::api.proposals, app.repeat_proposal(answer));
END;
$$;

GRANT EXECUTE ON FUNCTION api.resume_proposal TO support, finance_admin, owner_admin;


-- End what nobody agreed to in time, what somebody proposed who is shut out by now, and the release of a freeze that has ended, one at a call; and sweep away the lines of previews that nobody confirmed for an hour.
-- Returns how many were ended or swept. The worker's.
CREATE FUNCTION api.lapse_proposals()
RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET lock_timeout = '5s'
AS $$
DECLARE
    me app.caller := app.enter('svc_worker');
    late app.proposals := (SELECT o FROM app.proposals AS o
        WHERE o.state = 'awaiting_approval' AND (o.approve_by <= clock_timestamp()
            OR NOT EXISTS (SELECT FROM app.staff AS s WHERE s.person_id = o.person_id AND s.active)
            OR o.kind = 'release' AND NOT EXISTS (SELECT FROM app.freezes AS f WHERE f.id = (o.asked ->> 'freeze')::uuid AND f.released_at IS NULL))
        ORDER BY random() LIMIT 1 FOR NO KEY UPDATE SKIP LOCKED);  -- any one: whatever holds one up does not hold up the others
    unused uuid[] := ARRAY(SELECT o.id FROM app.proposals AS o
        WHERE o.state IN ('previewed', 'stale') AND o.expires_at <= clock_timestamp() - interval '1 hour'
            AND (o.state = 'previewed' OR EXISTS (SELECT FROM app.refund_lines AS r WHERE r.proposal_id = o.id))
        ORDER BY o.expires_at LIMIT 20 FOR NO KEY UPDATE SKIP LOCKED);
BEGIN
    IF late.id IS NOT NULL THEN
        PERFORM app.end_proposal(me, late.id, 'lapse_proposals', late, 'lapsed',
            CASE WHEN late.approve_by <= clock_timestamp() THEN 'Nobody agreed in time'
                WHEN EXISTS (SELECT FROM app.staff AS s WHERE s.person_id = late.person_id AND s.active) THEN 'The freeze has ended'
                ELSE 'Its maker was shut out' END);
    END IF;
    DELETE FROM app.refund_lines AS r WHERE r.proposal_id = ANY (unused);
    PERFORM app.walk_proposal(o.id, 'lapsed') FROM app.proposals AS o WHERE o.id = ANY (unused) AND o.state = 'previewed';
    RETURN cardinality(unused) + (late.id IS NOT NULL)::integer;
END;
$$;

GRANT EXECUTE ON FUNCTION api.lapse_proposals TO svc_worker;
