-- Reports of the trail: what was written onto pages, and the worker's signature of it. The pages themselves are kept by whoever made them.

CREATE TABLE app.reports (
    id uuid PRIMARY KEY,
    at timestamptz NOT NULL,
    login name NOT NULL DEFAULT session_user,
    person_id uuid NOT NULL REFERENCES app.people,
    person text NOT NULL,
    sha256 text NOT NULL CHECK (sha256 ~ '^[0-9a-f]{64}$'),
    size bigint NOT NULL CHECK (size > 0),
    lines integer NOT NULL CHECK (lines > 0),
    filters text NOT NULL,
    note text NOT NULL,
    trail_position bigint NOT NULL,
    trail_head text NOT NULL CHECK (trail_head ~ '^[0-9a-f]{64}$'),
    statement text NOT NULL,
    answered_at timestamptz,
    answered_login name,
    signature text CHECK (signature ~ '^[A-Za-z0-9+/]{86}==$'),
    public_key text CHECK (public_key ~ '^MCowBQYDK2VwAyEA[A-Za-z0-9+/]{43}=$'),
    refusal text,
    CONSTRAINT answered_by_a_signature_or_a_refusal CHECK ((answered_at IS NULL) = (answered_login IS NULL)
        AND (signature IS NULL) = (public_key IS NULL) AND num_nonnulls(signature, refusal) = num_nonnulls(answered_at))
);
COMMENT ON TABLE app.reports IS 'One row for each report of the trail that somebody filed: its hash and what it is of, and what a worker answered.';
COMMENT ON COLUMN app.reports.person IS 'The name of whoever filed it, as it was then: that is what is signed.';
COMMENT ON COLUMN app.reports.statement IS 'What is signed, word for word: core/audit/statement.py reads it.';
COMMENT ON COLUMN app.reports.signature IS 'Of the statement, Ed25519 in base64; public_key is the other half of the key that signed, as DER in base64.';
CREATE INDEX reports_waiting ON app.reports (at) WHERE answered_at IS NULL;
CREATE INDEX reports_person ON app.reports (person_id, at);
CREATE INDEX reports_file ON app.reports (sha256);

CREATE FUNCTION app.guard_report() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    IF OLD.answered_at IS NOT NULL OR NEW.answered_at IS NULL
        OR (OLD.id, OLD.at, OLD.login, OLD.person_id, OLD.person, OLD.sha256, OLD.size, OLD.lines, OLD.filters, OLD.note, OLD.trail_position,
            OLD.trail_head, OLD.statement)
        IS DISTINCT FROM (NEW.id, NEW.at, NEW.login, NEW.person_id, NEW.person, NEW.sha256, NEW.size, NEW.lines, NEW.filters, NEW.note,
            NEW.trail_position, NEW.trail_head, NEW.statement) THEN
        RAISE EXCEPTION 'A report stays what it was, and is answered once.' USING ERRCODE = '42501';
    END IF;
    RETURN NEW;
END;
$$;
CREATE TRIGGER reports_are_answered_once BEFORE UPDATE ON app.reports FOR EACH ROW EXECUTE FUNCTION app.guard_report();
CREATE TRIGGER reports_stay BEFORE DELETE ON app.reports FOR EACH ROW EXECUTE FUNCTION app.refuse_change();
CREATE TRIGGER reports_are_never_emptied BEFORE TRUNCATE ON app.reports FOR EACH STATEMENT EXECUTE FUNCTION app.refuse_change();

GRANT SELECT, INSERT ON app.reports TO r_api;
GRANT UPDATE (answered_at, answered_login, signature, public_key, refusal) ON app.reports TO r_api;
GRANT SELECT ON app.reports TO r_view;

ALTER TABLE app.reports ENABLE ROW LEVEL SECURITY;
