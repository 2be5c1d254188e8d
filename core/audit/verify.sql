-- Verify: is the trail still what was sealed?
-- Python twin: core/audit/verify.py.

-- Verify the next rows of a stream behind the seal at `since` (0: from the first on), whose head somebody kept: 50,000 at most. Returns how far it
-- came, the head there (hexadecimal), how many things are wrong, and the first hundred of them. There is nothing more when it comes no further.
-- wrong: [{kind, position, row_id}]; the kinds are those of app.wrong_rows, and cut: the trail ends before `since`. What was forged and lies
-- behind the last seal is told where there is nothing more.
-- RF400: no such stream, no such position.
CREATE FUNCTION api.verify_trail(stream text, since bigint, head text)
RETURNS TABLE (upto bigint, head_there text, found bigint, wrong jsonb)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET lock_timeout = '5s'
AS $$
DECLARE
    kept record;
BEGIN
    PERFORM app.enter('support', 'finance_admin', 'owner_admin', 'auditor', 'svc_worker');
    IF (stream IN ('events', 'ledger')) IS NOT TRUE THEN
        PERFORM app.refuse_argument('stream', 'There are two streams: events and ledger.');
    ELSIF (since BETWEEN 0 AND 10 ^ 15) IS NOT TRUE THEN
        PERFORM app.refuse_argument('since', 'Positions are counted from 0, and no trail is that long.');
    END IF;
    SELECT encode(s.head, 'hex') = lower(verify_trail.head) AS is_kept INTO kept
    FROM app.seals AS s WHERE s.stream = verify_trail.stream AND s.position = since;
    SELECT s.position, encode(s.head, 'hex') INTO upto, head_there
    FROM app.seals AS s WHERE s.stream = verify_trail.stream AND s.position <= since + 50000 ORDER BY s.position DESC LIMIT 1;
    RETURN QUERY
    WITH all_wrong AS (
        SELECT w.kind, w.position, w.row_id FROM app.wrong_rows(verify_trail.stream, since, upto) AS w
        UNION ALL
        SELECT CASE WHEN coalesce(upto, -1) < since THEN 'cut' ELSE 'head' END, since, NULL WHERE kept.is_kept IS NOT TRUE
        UNION ALL
        SELECT 'forged', since, f.row_id FROM app.forged_rows(verify_trail.stream) AS f WHERE coalesce(upto, -1) <= since
    )
    SELECT greatest(upto, since), head_there, count(*), coalesce(jsonb_agg(w.row ORDER BY w.place) FILTER (WHERE w.place <= 100), '[]')
    FROM (SELECT to_jsonb(a) AS row, row_number() OVER (ORDER BY a.position, a.row_id NULLS FIRST) AS place FROM all_wrong AS a) AS w;
END;
$$;

GRANT EXECUTE ON FUNCTION api.verify_trail TO support, finance_admin, owner_admin, auditor, svc_worker;
