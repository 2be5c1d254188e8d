-- Commands: what was asked under which id, and what became of it.
-- Python twin: core/commands.py (same names, same order).

CREATE VIEW api.commands WITH (security_barrier) AS
SELECT c.id, c.verb, c.verb <> 'settled' AS recorded, c.at
FROM app.commands AS c
WHERE c.login = session_user;

GRANT SELECT ON api.commands TO kitchen_staff, kitchen_manager, counter_device, support, finance_admin, owner_admin, auditor,
    svc_ordering, svc_worker;


-- Say whether a command was recorded; when it was not, close its id for ever, so that a request still on its way is refused.
-- For those who may write something at all. Waits for a call that is still running. RF422: the id is another person's.
CREATE FUNCTION api.settle_command(command_id uuid)
RETURNS api.commands
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET lock_timeout = '5s'
AS $$
DECLARE
    me app.caller := app.enter('kitchen_staff', 'kitchen_manager', 'support', 'finance_admin', 'owner_admin', 'auditor', 'svc_ordering', 'svc_worker');
    settled api.commands;
BEGIN
    IF command_id IS NULL THEN
        PERFORM app.refuse_argument('command_id', 'Which command?');
    END IF;
    INSERT INTO app.commands (id, person_id, verb, request_hash, answer)
    VALUES (command_id, me.person_id, 'settled', '', '"settled"')
    ON CONFLICT DO NOTHING;
    SELECT c.id, c.verb, c.verb <> 'settled', c.at INTO settled
    FROM app.commands AS c
    WHERE c.id = command_id AND (c.login = me.login OR c.person_id = me.person_id);
    IF NOT FOUND THEN
        RAISE LOG 'security: % settled the id of another', session_user;
        RAISE EXCEPTION 'This id belongs to somebody else.' USING ERRCODE = 'RF422', DETAIL = jsonb_build_object('why', 'used');
    END IF;
    RETURN settled;
END;
$$;

GRANT EXECUTE ON FUNCTION api.settle_command TO kitchen_staff, kitchen_manager, support, finance_admin, owner_admin, auditor, svc_ordering, svc_worker;
