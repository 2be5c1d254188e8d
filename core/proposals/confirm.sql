-- Proposals: confirming what was seen, and agreeing to it as a second person.
-- Python twin: core/proposals/confirm.py (same names, same order).

-- Confirm one's own proposal, of which one has seen the impact (the token says so), with one of its reasons and a sentence, and return it.
-- outcome: confirmed (it runs, or waits for a second person: state), replayed (it was confirmed before: nothing happens again), or
-- impact_changed (nothing happens, the token is dead, `moved` says what is different now).
-- RF400: no reason.  RF403: a token that is not yours or whose five minutes are over, or a second approver is needed and there is none.
CREATE FUNCTION api.confirm_proposal(command_id uuid, token text, code text, reason text)
RETURNS api.proposals
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET lock_timeout = '5s'
AS $$
DECLARE
    me app.caller := app.enter('kitchen_manager', 'support', 'finance_admin', 'owner_admin');
    answer jsonb := app.claim(me, command_id, 'confirm_proposal', jsonb_build_object(
        'token', encode(sha256(convert_to(coalesce(token, ''), 'UTF8')), 'hex'), 'code', code, 'reason', reason));
    p app.proposals;
    at timestamptz;
    changed jsonb;
BEGIN
    IF answer IS NULL THEN
        p := app.lock_by_token(me, token);
        at := clock_timestamp();  -- read once: in time is in time, however long the orders' locks take
        PERFORM app.check_reason(p.kind, code, reason);
        IF p.state = 'stale' OR p.state = 'previewed' AND p.expires_at <= at OR p.confirmed_at IS NULL AND p.state = 'lapsed' THEN
            RAISE EXCEPTION 'These figures no longer hold. Check them again.' USING ERRCODE = 'RF403', DETAIL = '{"why": "expired"}';
        ELSIF p.state <> 'previewed' THEN
            RETURN jsonb_populate_record(NULL::api.proposals, app.answer_proposal(command_id, p.id, 'replayed'));
        END IF;
        changed := app.what_changed(p);
        IF changed IS NOT NULL THEN
            PERFORM app.walk_proposal(p.id, 'stale');
            PERFORM app.record(me, command_id, 'confirm_proposal', 'proposals', p.id, p.kitchen_id, NULL, NULL, '{"state": "stale"}');
            RETURN jsonb_populate_record(NULL::api.proposals, app.answer_proposal(command_id, p.id, 'impact_changed', changed));
        END IF;
        p := app.take_up(me, command_id, p, at, code, reason);
        IF p.state = 'running' THEN
            PERFORM app.run_proposal(me, p);
        END IF;
        RETURN jsonb_populate_record(NULL::api.proposals, app.answer_proposal(command_id, p.id, 'confirmed'));
    END IF;
    RETURN jsonb_populate_record(NULL::api.proposals, app.repeat_proposal(answer));
END;
$$;

GRANT EXECUTE ON FUNCTION api.confirm_proposal TO kitchen_manager, support, finance_admin, owner_admin;


-- Agree to what another person proposed, having seen it (its digest says so), and return it: it runs, once, whoever agrees with whom at once.
-- outcome: approved, replayed (somebody agreed before), or impact_changed (nothing happens; `moved` says what is different now).
-- RF404: no such proposal.  RF403: your own (under any login) or about you, its maker's password is of your hand, no approver, one for less
-- than a day, another digest than yours, or too late.
-- RF409: it was ended.
CREATE FUNCTION api.approve_proposal(command_id uuid, proposal_id uuid, digest text)
RETURNS api.proposals
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET lock_timeout = '5s'
AS $$
DECLARE
    me app.caller := app.enter('finance_admin', 'owner_admin');
    answer jsonb := app.claim(me, command_id, 'approve_proposal', jsonb_build_object('proposal_id', proposal_id, 'digest', digest));
    p app.proposals;
    at timestamptz;
    changed jsonb;
BEGIN
    IF answer IS NULL THEN
        p := app.lock_proposal(proposal_id);
        at := clock_timestamp();
        PERFORM app.check_approver(me, p), app.check_digest(p, digest);
        IF p.approved_by IS NOT NULL THEN
            RETURN jsonb_populate_record(NULL::api.proposals, app.answer_proposal(command_id, p.id, 'replayed'));
        ELSIF p.state <> 'awaiting_approval' THEN
            PERFORM app.refuse_proposal(p, 'approved');
        ELSIF p.approve_by <= at THEN
            RAISE EXCEPTION 'Nobody agreed in time. It must be proposed again.' USING ERRCODE = 'RF403', DETAIL = '{"why": "expired"}';
        END IF;
        changed := CASE WHEN p.kind <> 'refund' THEN app.what_changed(p) END;  -- what a refund gives back is set aside: it cannot change
        IF changed IS NOT NULL THEN
            PERFORM app.end_proposal(me, command_id, 'approve_proposal', p, 'stale', 'Something changed meanwhile');
            RETURN jsonb_populate_record(NULL::api.proposals, app.answer_proposal(command_id, p.id, 'impact_changed', changed));
        END IF;
        UPDATE app.proposals AS u SET state = 'running', version = u.version + 1, approved_by = me.person_id, approved_login = me.login,
            approved_at = at WHERE u.id = p.id;
        p := app.lock_proposal(p.id);
        PERFORM app.record(me, command_id, 'approve_proposal', 'proposals', p.id, p.kitchen_id, p.reason, '{"state": "awaiting_approval"}',
            jsonb_build_object('state', 'running', 'total', p.total, 'lines', p.lines, 'digest', digest));
        PERFORM app.run_proposal(me, p);
        RETURN jsonb_populate_record(NULL::api.proposals, app.answer_proposal(command_id, p.id, 'approved'));
    END IF;
    RETURN jsonb_populate_record(NULL::api.proposals, app.repeat_proposal(answer));
END;
$$;

GRANT EXECUTE ON FUNCTION api.approve_proposal TO finance_admin, owner_admin;
