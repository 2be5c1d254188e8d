-- Reports of the trail: filed by whoever made the pages, signed by the worker, whose key lies outside the database.
-- Python twin: core/audit/report.py (same names, same order).

-- Each report that was filed, with what a worker answered: a signature of the statement, or why there is none; neither while it waits.
CREATE VIEW api.reports AS
SELECT r.id, r.at, r.person_id, r.person, r.login, r.sha256, r.size, r.lines, r.filters, r.note, r.trail_position, r.trail_head, r.statement,
    r.answered_at, r.answered_login, r.signature, r.public_key, r.refusal
FROM app.reports AS r;

GRANT SELECT ON api.reports TO support, finance_admin, owner_admin, auditor, svc_worker;


-- File a report of the trail: the hash of its PDF and its size in bytes, how many lines it has and which, in words, and the whole head (hexadecimal) up to
-- which the trail was verified for it. Nothing of what stands in it is kept, and the trail does not say which lines it has: a caller may have put there
-- what somebody searched for. Who files it and when is the server's own knowledge. Returns the report, with the statement that a worker will sign.
-- For whoever may read the trail: it is the same lines, on paper.
-- RF400: what no report can be.  RF404: the trail has no such head there.  RF412: it went on from there over a day ago.  RF429: the hundredth of the day was before it.
CREATE FUNCTION api.file_report(
    command_id uuid, sha256 text, size bigint, lines integer, filters text, note text, trail_position bigint, trail_head text)
RETURNS api.reports
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET lock_timeout = '5s'
AS $$
DECLARE
    me app.caller := app.enter('support', 'finance_admin', 'owner_admin', 'auditor');
    asked jsonb := jsonb_build_object('sha256', sha256, 'size', size, 'lines', lines, 'filters', filters, 'note', note,
        'trail_position', trail_position, 'trail_head', trail_head);
    answer jsonb := app.claim(me, command_id, 'file_report', asked);
    filed app.reports;
BEGIN
    IF answer IS NULL THEN
        filed := jsonb_populate_record(NULL::app.reports,
            asked || jsonb_build_object('id', command_id, 'at', clock_timestamp(), 'login', me.login, 'person_id', me.person_id, 'person', me.name));
        PERFORM app.check_report(filed);
        PERFORM app.count_report(me);
        PERFORM app.check_head(filed);
        INSERT INTO app.reports (id, at, login, person_id, person, sha256, size, lines, filters, note, trail_position, trail_head, statement)
        VALUES (filed.id, filed.at, filed.login, filed.person_id, filed.person, filed.sha256, filed.size, filed.lines, filed.filters, filed.note,
            filed.trail_position, filed.trail_head, app.report_statement(filed));
        PERFORM app.record(me, command_id, 'file_report', 'audit', command_id, NULL, nullif(note, ''), NULL, asked - 'note' - 'trail_head' - 'filters');
        answer := app.answer(command_id, app.report_row(command_id));
    END IF;
    RETURN jsonb_populate_record(NULL::api.reports, answer);
END;
$$;

GRANT EXECUTE ON FUNCTION api.file_report TO support, finance_admin, owner_admin, auditor;


-- Sign a report: `digest` is the SHA-256 (hexadecimal) of the statement that was signed, `signature` is of the statement (Ed25519, base64), and
-- `public_key` the other half of the key (DER, base64). The worker's. The database cannot check a signature: who has the key's other half can.
-- RF400: it is the digest of another statement, no signature, no key.  RF404: no such report.  RF409: it was answered before.
CREATE FUNCTION api.sign_report(command_id uuid, report_id uuid, digest text, signature text, public_key text)
RETURNS api.reports
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET lock_timeout = '5s'
AS $$
DECLARE
    me app.caller := app.enter('svc_worker');
    answer jsonb := app.claim(me, command_id, 'sign_report', jsonb_build_object('report_id', report_id, 'digest', digest,
        'signature', signature, 'public_key', public_key));
    stated text;
BEGIN
    IF answer IS NULL THEN
        SELECT r.statement INTO stated FROM app.reports AS r WHERE r.id = report_id;
        IF FOUND AND digest IS DISTINCT FROM encode(sha256(convert_to(stated, 'UTF8')), 'hex') THEN
            RAISE LOG 'security: % signed something else than the report %', session_user, report_id;
            PERFORM app.refuse_argument('digest', 'This is not what was filed.');
        ELSIF (signature ~ '^[A-Za-z0-9+/]{86}==$') IS NOT TRUE THEN
            PERFORM app.refuse_argument('signature', 'This is no signature.');
        ELSIF (public_key ~ '^MCowBQYDK2VwAyEA[A-Za-z0-9+/]{43}=$') IS NOT TRUE THEN
            PERFORM app.refuse_argument('public_key', 'This is no key of the kind Ed25519.');
        END IF;
        answer := app.answer_report(me, report_id, signature, public_key, NULL);
        PERFORM app.record(me, command_id, 'sign_report', 'audit', report_id, NULL, NULL, NULL, jsonb_build_object('public_key', public_key));
        PERFORM app.answer(command_id, answer);
    END IF;
    RETURN jsonb_populate_record(NULL::api.reports, answer);
END;
$$;

GRANT EXECUTE ON FUNCTION api.sign_report TO svc_worker;


-- Say why a report is not signed, and never will be. The worker's.
-- RF400: no reason.  RF404: no such report.  RF409: it was answered before.
CREATE FUNCTION api.refuse_report(command_id uuid, report_id uuid, reason text)
RETURNS api.reports
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET lock_timeout = '5s'
AS $$
DECLARE
    me app.caller := app.enter('svc_worker');
    answer jsonb := app.claim(me, command_id, 'refuse_report', jsonb_build_object('report_id', report_id, 'reason', reason));
BEGIN
    IF answer IS NULL THEN
        PERFORM app.check_text('reason', reason, 500);
        answer := app.answer_report(me, report_id, NULL, NULL, reason);
        PERFORM app.record(me, command_id, 'refuse_report', 'audit', report_id, NULL, reason, NULL, NULL);
        PERFORM app.answer(command_id, answer);
    END IF;
    RETURN jsonb_populate_record(NULL::api.reports, answer);
END;
$$;

GRANT EXECUTE ON FUNCTION api.refuse_report TO svc_worker;
