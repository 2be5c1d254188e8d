-- Proposals: what is refused, and how. Runs inside the verbs, as r_api.

-- Refuse RF403: a role that may not do this.
CREATE FUNCTION app.refuse_role(me app.caller) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    RAISE LOG 'security: % may not do this as %', session_user, me.role;
    RAISE EXCEPTION 'Your role does not allow this. Ask somebody who may.'
        USING ERRCODE = 'RF403', DETAIL = jsonb_build_object('why', 'role', 'role', me.role);
END;
$$;


-- Refuse RF409: a proposal in a state that this step does not start from.
CREATE FUNCTION app.refuse_proposal(p app.proposals, step text) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    RAISE EXCEPTION 'This is % by now.', replace(p.state, '_', ' ') USING ERRCODE = 'RF409', DETAIL = jsonb_build_object('from', p.state, 'to', step);
END;
$$;


-- Check why somebody does something: one of the reasons of its kind, and a sentence of five characters or more. Refuses RF400.
CREATE FUNCTION app.check_reason(kind text, code text, reason text) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    PERFORM app.check_text('reason', reason, 500);
    IF length(reason) < 5 THEN
        PERFORM app.refuse_argument('reason', 'Write the reason in a few words, for whoever reads it later.');
    ELSIF kind IS NOT NULL AND (code = ANY (app.reason_codes(kind))) IS NOT TRUE THEN
        PERFORM app.refuse_argument('code', 'Choose one of the reasons.');
    END IF;
END;
$$;


-- Refuse RF404 when there is no such person; null is nobody in particular.
CREATE FUNCTION app.check_person(person uuid) RETURNS void
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    IF person IS NOT NULL AND NOT EXISTS (SELECT FROM app.people AS p WHERE p.id = person) THEN
        RAISE EXCEPTION 'There is no such person.' USING ERRCODE = 'RF404';
    END IF;
END;
$$;


-- Refuse (RF400) a limit, in kobo, that is missing, below zero or more than a thousand million naira.
CREATE FUNCTION app.check_limit(field text, amount bigint) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    IF amount IS NULL OR amount NOT BETWEEN 0 AND 100000000000 THEN
        PERFORM app.refuse_argument(field, 'A limit is between ₦0.00 and ₦1,000,000,000.00.');
    END IF;
END;
$$;


-- Refuse RF403 an approver who was shown something else.
CREATE FUNCTION app.check_digest(p app.proposals, digest text) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    IF digest IS DISTINCT FROM encode(p.digest, 'hex')
        OR p.kind = 'refund' AND p.state = 'awaiting_approval' AND app.refund_digest(ARRAY(SELECT r FROM app.refund_lines AS r WHERE r.proposal_id = p.id)) <> p.digest THEN
        RAISE LOG 'security: % approved something else than proposal %', session_user, p.id;
        RAISE EXCEPTION 'This is not what you were shown. Look at it again.' USING ERRCODE = 'RF403', DETAIL = '{"why": "digest"}';
    END IF;
END;
$$;


-- Refuse RF403 whoever may not stop, resume or end this: not its maker, and neither finance nor owner. What still waits only its maker takes back.
CREATE FUNCTION app.check_in_charge(me app.caller, p app.proposals) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    IF me.person_id <> p.person_id AND (p.state = 'awaiting_approval' OR me.role = 'support') THEN
        RAISE EXCEPTION 'Somebody else proposed this. They, or an approver, decide.' USING ERRCODE = 'RF403', DETAIL = '{"why": "other"}';
    END IF;
END;
$$;
