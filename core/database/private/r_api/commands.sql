-- Commands: one id, one effect, one answer. Runs inside the verbs, as r_api.

-- Fingerprint of what was asked, to tell a repeat from another request under the same id.
CREATE FUNCTION app.request_hash(verb text, request jsonb) RETURNS bytea
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, pg_temp
RETURN sha256(convert_to(verb || ' ' || request::text, 'UTF8'));


-- Give the first answer to this id, or null when it is new.
-- Refuses RF422: another request or another person used the id, or it was settled.
CREATE FUNCTION app.first_answer(me app.caller, command_id uuid, verb text, request jsonb) RETURNS jsonb
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    found_command record;
BEGIN
    SELECT c.verb, c.login, c.person_id, c.request_hash, c.answer INTO found_command
    FROM app.commands AS c WHERE c.id = command_id;
    IF NOT FOUND THEN
        RETURN NULL;
    ELSIF found_command.verb = 'settled' THEN
        RAISE EXCEPTION 'This was closed as not recorded. Enter it again.'
            USING ERRCODE = 'RF422', DETAIL = jsonb_build_object('why', 'settled');
    ELSIF found_command.request_hash <> app.request_hash(verb, request)
        OR coalesce(found_command.person_id::text, found_command.login) <> coalesce(me.person_id::text, me.login) THEN
        RAISE LOG 'security: % used the id of another request', session_user;
        RAISE EXCEPTION 'This id was used for something else. Enter it again.'
            USING ERRCODE = 'RF422', DETAIL = jsonb_build_object('why', 'used');
    END IF;
    RETURN found_command.answer;
END;
$$;


-- Claim the id for this request and give null, or give the first answer when it was asked before.
-- A twin that comes at the same time waits here until the first has committed or failed. Refuses RF400 and RF422.
CREATE FUNCTION app.claim(me app.caller, command_id uuid, verb text, request jsonb) RETURNS jsonb
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    IF command_id IS NULL THEN
        RAISE EXCEPTION 'A change needs an id.' USING ERRCODE = 'RF400', DETAIL = jsonb_build_object('field', 'command_id');
    END IF;
    INSERT INTO app.commands (id, person_id, verb, request_hash)
    VALUES (command_id, me.person_id, verb, app.request_hash(verb, request))
    ON CONFLICT DO NOTHING;
    IF FOUND THEN
        RETURN NULL;
    END IF;
    RETURN app.first_answer(me, command_id, verb, request);
END;
$$;


-- Write down what was done: the audit row, and the outbox row that open screens hear of.
CREATE FUNCTION app.record(
    me app.caller, command_id uuid, action text, noun text, object_id uuid, kitchen_id uuid, reason text, before jsonb, after jsonb)
RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    PERFORM app.append_audit(me.person_id, command_id, action, noun, object_id, kitchen_id, reason, before, after);
    INSERT INTO app.outbox (noun, object_id, kitchen_id) VALUES (noun, object_id, kitchen_id);
END;
$$;


-- Keep the answer for whoever asks again under this id, and hand it back.
CREATE FUNCTION app.answer(command_id uuid, answer jsonb) RETURNS jsonb
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    UPDATE app.commands AS c SET answer = answer.answer WHERE c.id = command_id;
    RETURN answer;
END;
$$;
