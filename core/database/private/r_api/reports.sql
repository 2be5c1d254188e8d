-- Reports: what is said of one, and how it is answered. Runs inside the verbs, as r_api.

-- Give the statement of a report, which is what is signed: a fact in each line, nothing else, and no line where there is no note.
-- core/audit/statement.py reads it.
CREATE FUNCTION app.report_statement(report app.reports) RETURNS text
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, pg_temp
RETURN concat(
    'rachel report 1', E'\n',
    'report: ', report.id, E'\n',
    'pdf sha256: ', report.sha256, E'\n',
    'pdf bytes: ', report.size, E'\n',
    'lines: ', report.lines, E'\n',
    'filters: ', report.filters, E'\n',
    'note: ' || nullif(report.note, '') || E'\n',
    'trail position: ', report.trail_position, E'\n',
    'trail head: ', report.trail_head, E'\n',
    'filed by: ', report.person, E'\n',
    'filed as: ', report.login, E'\n',
    'filed at: ', to_char(report.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'), E'\n');


-- Refuse (RF400) what no report can be.
CREATE FUNCTION app.check_report(report app.reports) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    IF (report.sha256 ~ '^[0-9a-f]{64}$') IS NOT TRUE THEN
        PERFORM app.refuse_argument('sha256', 'The hash of the file is 64 hexadecimal digits.');
    ELSIF (report.size BETWEEN 1 AND 100000000) IS NOT TRUE THEN
        PERFORM app.refuse_argument('size', 'A report has at most 100 million bytes.');
    ELSIF (report.lines BETWEEN 1 AND 10000) IS NOT TRUE THEN
        PERFORM app.refuse_argument('lines', 'A report has at least one line, and at most 10,000.');
    END IF;
    PERFORM app.check_line('filters', report.filters, 2000);
    PERFORM app.check_text('note', report.note, 200);
END;
$$;


-- Refuse (RF404) a head that the trail has not, and (RF412) one from which it went on over a day ago: a worker verifies what came since, once for
-- each report. The newest is never too old, however quiet it was.
CREATE FUNCTION app.check_head(report app.reports) RETURNS void
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    went_on timestamptz;
BEGIN
    PERFORM FROM app.seals AS s WHERE s.stream = 'events' AND s.position = report.trail_position AND encode(s.head, 'hex') = report.trail_head;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'The trail has no such head at this position. Verify it.' USING ERRCODE = 'RF404';
    END IF;
    SELECT s.at INTO went_on FROM app.seals AS s WHERE s.stream = 'events' AND s.position > report.trail_position ORDER BY s.position LIMIT 1;
    IF went_on < clock_timestamp() - interval '1 day' THEN
        RAISE EXCEPTION 'These pages were verified over a day ago, and the trail went on since. Make the report anew.' USING ERRCODE = 'RF412';
    END IF;
END;
$$;


-- Refuse (RF429) one report more than a person may file in a day (Lagos). The budget of the caller is locked: two at once are counted.
CREATE FUNCTION app.count_report(me app.caller) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    today date := app.lagos_day(clock_timestamp());
BEGIN
    IF (SELECT count(*) FROM app.reports AS r
        WHERE r.person_id = me.person_id AND r.at > clock_timestamp() - interval '1 day' AND app.lagos_day(r.at) = today) >= 100 THEN
        RAISE EXCEPTION 'You have filed as many reports today as one person may. Go on tomorrow.'
            USING ERRCODE = 'RF429', DETAIL = jsonb_build_object('seconds', app.seconds_left(today));
    END IF;
END;
$$;


-- Give a report in the shape of api.reports; null when there is none.
CREATE FUNCTION app.report_row(report_id uuid) RETURNS jsonb
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp
BEGIN ATOMIC
    SELECT to_jsonb(r) FROM app.reports AS r WHERE r.id = report_row.report_id;
END;


-- Write what a worker answers to a report, once, and give the report. RF404: there is none.  RF409: it was answered before.
CREATE FUNCTION app.answer_report(me app.caller, report_id uuid, signature text, public_key text, refusal text) RETURNS jsonb
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    UPDATE app.reports AS r
    SET answered_at = clock_timestamp(), answered_login = me.login, signature = answer_report.signature, public_key = answer_report.public_key,
        refusal = answer_report.refusal
    WHERE r.id = report_id AND r.answered_at IS NULL;
    IF NOT FOUND THEN
        PERFORM FROM app.reports AS r WHERE r.id = report_id;
        IF NOT FOUND THEN
            RAISE EXCEPTION 'There is no such report.' USING ERRCODE = 'RF404';
        END IF;
        RAISE EXCEPTION 'This report was answered before, and stays as it was answered.'
            USING ERRCODE = 'RF409', DETAIL = jsonb_build_object('from', 'answered', 'to', 'answered');
    END IF;
    RETURN app.report_row(report_id);
END;
$$;
