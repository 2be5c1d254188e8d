-- The one way into the audit trail. Runs as r_audit, the only role that may insert there; called by r_api's verbs alone.

-- Append what was done: who, from where and when are the server's own knowledge, not the caller's.
CREATE FUNCTION app.append_audit(
    person_id uuid, command_id uuid, action text, noun text, object_id uuid, kitchen_id uuid, reason text, before jsonb, after jsonb)
RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
BEGIN ATOMIC
    INSERT INTO app.audit_events (person_id, command_id, action, noun, object_id, kitchen_id, reason, before, after)
    VALUES (append_audit.person_id, append_audit.command_id, append_audit.action, append_audit.noun,
        append_audit.object_id, append_audit.kitchen_id, append_audit.reason, append_audit.before, append_audit.after);
END;

GRANT EXECUTE ON FUNCTION app.append_audit TO r_api;
