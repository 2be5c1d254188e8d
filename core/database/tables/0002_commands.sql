-- What was asked (commands), what was done (audit trail), and what others should look at (outbox).

CREATE TABLE app.commands (
    id uuid PRIMARY KEY,
    login name NOT NULL DEFAULT session_user,
    person_id uuid,
    verb text NOT NULL,
    request_hash bytea NOT NULL,
    answer jsonb,
    at timestamptz NOT NULL DEFAULT clock_timestamp()
) WITH (fillfactor = 90);
COMMENT ON TABLE app.commands IS 'One row for each id a client ever asked with, and its first answer; verb "settled" closes an id for ever.';

CREATE TABLE app.audit_events (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    xid xid8 NOT NULL DEFAULT pg_current_xact_id(),
    at timestamptz NOT NULL DEFAULT clock_timestamp(),
    login name NOT NULL DEFAULT session_user,
    person_id uuid,
    address inet DEFAULT inet_client_addr(),
    program text NOT NULL DEFAULT current_setting('application_name'),
    command_id uuid NOT NULL,
    action text NOT NULL,
    noun text NOT NULL,
    object_id uuid,
    kitchen_id uuid,
    reason text,
    before jsonb,
    after jsonb
);
COMMENT ON TABLE app.audit_events IS 'One row for each thing that was done: ids, amounts and states, never a customer''s name, phone or address.';

CREATE TABLE app.outbox (
    id bigint GENERATED ALWAYS AS IDENTITY,
    mark bigint NOT NULL DEFAULT pg_current_xact_id()::text::bigint,
    noun text NOT NULL,
    object_id uuid,
    kitchen_id uuid,
    at timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (mark, id)
);
COMMENT ON COLUMN app.outbox.mark IS 'The transaction that wrote it: a number, because readers compare it behind row policies (xid8 may not pass them).';
COMMENT ON TABLE app.outbox IS 'One row for each change that open screens should hear of; trimmed after ten minutes.';

CREATE FUNCTION app.refuse_change() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    RAISE EXCEPTION '% of app.% is not allowed: its rows are for ever.', TG_OP, TG_TABLE_NAME USING ERRCODE = '42501';
END;
$$;

CREATE TRIGGER audit_is_for_ever BEFORE UPDATE OR DELETE ON app.audit_events
    FOR EACH ROW EXECUTE FUNCTION app.refuse_change();
CREATE TRIGGER audit_is_never_emptied BEFORE TRUNCATE ON app.audit_events
    FOR EACH STATEMENT EXECUTE FUNCTION app.refuse_change();

ALTER TABLE app.outbox ENABLE ROW LEVEL SECURITY;

GRANT SELECT, INSERT ON app.commands TO r_api;
GRANT UPDATE (answer) ON app.commands TO r_api;
GRANT SELECT, INSERT, DELETE ON app.outbox TO r_api;
GRANT SELECT ON app.audit_events TO r_api;
GRANT SELECT, INSERT ON app.audit_events TO r_audit;
GRANT SELECT ON app.commands, app.outbox TO r_view;
