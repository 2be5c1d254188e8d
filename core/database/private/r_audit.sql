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


-- What is sealed: an event of the trail, or a transfer with its entries; `fields` are what its hash covers. Views, for a function that has
-- a search_path of its own is never inlined. core/audit/reader.py reads the same fields from other views. A time is hashed in microseconds
-- since 1970; an endless one, which nothing of ours writes, as Infinity.
DROP VIEW IF EXISTS app.hashed_rows, app.sealable_rows;
CREATE VIEW app.sealable_rows AS
SELECT 'events'::text AS stream, e.id, e.xid, e.at, ARRAY[e.id::text, e.xid::text, trunc(extract(epoch FROM e.at) * 1000000)::text,
    e.login::text, e.person_id::text, host(e.address), e.program, e.command_id::text, e.action, e.noun, e.object_id::text,
    e.kitchen_id::text, e.reason, e.before::text, e.after::text] AS fields
FROM app.audit_events AS e
UNION ALL
SELECT 'ledger', t.id, t.xid, t.at, ARRAY[t.id::text, t.xid::text, trunc(extract(epoch FROM t.at) * 1000000)::text,
    t.login::text, t.person_id::text, t.kind, t.reference, t.order_id::text, t.command_id::text] || ARRAY(
        SELECT f.field
        FROM app.entries AS n CROSS JOIN LATERAL unnest(
            ARRAY[n.id::text, n.account_id::text, n.amount::text, n.balance_after::text, n.account_version::text]) WITH ORDINALITY AS f (field, place)
        WHERE n.transfer_id = t.id ORDER BY n.id, f.place)
FROM app.transfers AS t;

-- Each of them with its leaf: the hash of 0 and its fields, each behind the number of its bytes (- where there is none), so that no two
-- rows read the same.
CREATE VIEW app.hashed_rows AS
SELECT s.stream, s.id, s.xid, s.at, sha256('\x00'::bytea || convert_to((
    SELECT string_agg(coalesce(octet_length(f.field) || ':' || f.field, '-'), '' ORDER BY f.place)
    FROM unnest(s.fields) WITH ORDINALITY AS f (field, place)), 'UTF8')) AS leaf
FROM app.sealable_rows AS s;


-- Say how far a stream is sealed (null: there is no seal at all): a leaf counts from position 1 to there, and nowhere else (decision 79).
-- Asked as "(l.position > 0) IS TRUE AND l.position <= (SELECT app.sealed_to('events'))": once in a query, and not told as a span, of which
-- the planner believes that few leaves are in it. By the views of the office, too.
CREATE FUNCTION app.sealed_to(stream text) RETURNS bigint
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
BEGIN ATOMIC
    SELECT max(s.position) FROM app.seals AS s WHERE s.stream = sealed_to.stream;
END;

GRANT EXECUTE ON FUNCTION app.sealed_to TO support, finance_admin, owner_admin, auditor;

-- Give the rows of the leaves that do not count: no sealing made them. Here as a span, or the planner would read all leaves.
CREATE FUNCTION app.stray_leaves(stream text) RETURNS TABLE (row_id bigint)
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp
BEGIN ATOMIC
    SELECT l.row_id FROM app.leaves AS l
    WHERE l.stream = stray_leaves.stream AND (l.position IS NULL OR l.position <= 0
        OR l.position BETWEEN (SELECT app.sealed_to(stray_leaves.stream)) + 1 AND 9223372036854775807);
END;


-- Give positions and leaves to the next rows of a stream, 50,000 at most, and write the seal over them: its head is the hash of 1, the
-- head before, and their leaves. Nothing when there is nothing to seal. Only rows of transactions below the oldest that still runs: what
-- commits late is sealed later, and nothing is ever added below. Returns how many. Refuses RF409 (why: forged) while a leaf is there that
-- no sealing made, or one of a row that waits.
CREATE FUNCTION app.seal(stream text) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    last app.seals;
    horizon xid8;
    sealed bigint;
BEGIN
    PERFORM FROM app.streams AS s WHERE s.stream = seal.stream FOR NO KEY UPDATE;
    SELECT s.stream, s.position, s.head, s.xid, s.row_id, s.newest, s.at INTO last
    FROM app.seals AS s WHERE s.stream = seal.stream ORDER BY s.position DESC LIMIT 1;
    IF EXISTS (SELECT FROM app.stray_leaves(seal.stream)) THEN
        RAISE unique_violation;
    END IF;
    horizon := pg_snapshot_xmin(pg_current_snapshot());
    WITH fresh AS (
        SELECT last.position + row_number() OVER (ORDER BY h.xid, h.id) AS position, h.id, h.xid, h.at, h.leaf
        FROM app.hashed_rows AS h
        WHERE h.stream = seal.stream AND (h.xid, h.id) > (last.xid, last.row_id) AND h.xid < horizon AND h.id IS NOT NULL
        ORDER BY h.xid, h.id LIMIT 50000
    ), leaves AS (
        INSERT INTO app.leaves (stream, position, row_id, leaf) SELECT seal.stream, f.position, f.id, f.leaf FROM fresh AS f
    ), seals AS (
        INSERT INTO app.seals (stream, position, head, xid, row_id, newest)
        SELECT seal.stream, max(f.position), sha256('\x01'::bytea || last.head || string_agg(f.leaf, ''::bytea ORDER BY f.position)),
            (array_agg(f.xid ORDER BY f.position DESC))[1], (array_agg(f.id ORDER BY f.position DESC))[1],
            coalesce(max(f.at) FILTER (WHERE f.at BETWEEN '1970-01-01 UTC' AND clock_timestamp() + interval '10 minutes'), clock_timestamp())
        FROM fresh AS f HAVING count(*) > 0 RETURNING position
    )
    SELECT s.position - last.position INTO sealed FROM seals AS s;
    RETURN coalesce(sealed, 0);
EXCEPTION WHEN unique_violation THEN
    RAISE EXCEPTION 'The % cannot be sealed: there are leaves that no sealing made. Verify it.',
        CASE seal.stream WHEN 'events' THEN 'trail' ELSE 'ledger' END
        USING ERRCODE = 'RF409', DETAIL = jsonb_build_object('why', 'forged', 'stream', seal.stream);
END;
$$;

GRANT EXECUTE ON FUNCTION app.seal TO r_api;


-- Look at the rows behind the seals from `since` to `upto`, and give what is wrong with them. edited: a row is not what was sealed.
-- deleted: it is gone. inserted: a row was never sealed, though sealing went past it (its position is that of the seal; before the first
-- one sealing stood at nothing, whatever the row at position 0 says). forged: its number
-- was never given out (they begin at 1). misdated: it says it is over ten minutes older than what was sealed before it, or newer than its
-- seal (clocks step, and transactions last), or bears no time of this world. untimed: a seal bears none. gap: positions are missing. head:
-- the leaves are not what the head says, or there is nothing at all where a seal should be.
CREATE FUNCTION app.wrong_rows(stream text, since bigint, upto bigint) RETURNS TABLE (kind text, "position" bigint, row_id bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
BEGIN ATOMIC
    WITH span AS MATERIALIZED (
        SELECT s.position, s.head, t.at, t.newest, s.xid, s.row_id, lag(s.position) OVER w AS since, lag(s.head) OVER w AS head_before,
            lag(t.newest) OVER w AS newest_before,
            CASE lag(s.position) OVER w WHEN 0 THEN '0' ELSE lag(s.xid) OVER w END AS xid_before,
            CASE lag(s.position) OVER w WHEN 0 THEN 0 ELSE lag(s.row_id) OVER w END AS row_before
        FROM app.seals AS s CROSS JOIN LATERAL (SELECT CASE WHEN s.at BETWEEN '1970-01-01 UTC' AND '9999-01-01 UTC' THEN s.at END AS at,
            CASE WHEN s.newest BETWEEN '1970-01-01 UTC' AND '9999-01-01 UTC' THEN s.newest END AS newest) AS t
        WHERE s.stream = wrong_rows.stream AND s.position BETWEEN wrong_rows.since AND wrong_rows.upto
        WINDOW w AS (ORDER BY s.position)
    ), looked AS MATERIALIZED (
        SELECT s.position AS seal, l.position, l.row_id, l.leaf, CASE WHEN h.id IS NULL THEN 'deleted' WHEN h.leaf <> l.leaf THEN 'edited'
            WHEN h.id <= 0 THEN 'forged' WHEN (h.at BETWEEN '1970-01-01 UTC' AND '9999-01-01 UTC') IS NOT TRUE OR h.at < s.newest_before - interval '10 minutes' OR h.at > s.at + interval '10 minutes' THEN 'misdated' END AS kind
        FROM span AS s
        JOIN app.leaves AS l ON l.stream = wrong_rows.stream AND l.position > s.since AND l.position <= s.position
        LEFT JOIN app.hashed_rows AS h ON h.stream = wrong_rows.stream AND h.id = l.row_id
    )
    SELECT l.kind, l.position, l.row_id FROM looked AS l WHERE l.kind IS NOT NULL
    UNION ALL
    SELECT 'inserted', s.position, r.id
    FROM span AS s JOIN app.sealable_rows AS r
        ON r.stream = wrong_rows.stream AND (r.xid, r.id) > (s.xid_before, s.row_before) AND (r.xid, r.id) <= (s.xid, s.row_id)
    WHERE r.id > 0 AND NOT EXISTS (
        SELECT FROM app.leaves AS l
        WHERE l.stream = wrong_rows.stream AND l.row_id = r.id
            AND (l.position > 0) IS TRUE AND l.position <= (SELECT app.sealed_to(wrong_rows.stream)))
    UNION ALL
    SELECT 'untimed', s.position, NULL FROM span AS s WHERE s.since IS NOT NULL AND (s.at IS NULL OR s.newest IS NULL)
    UNION ALL
    SELECT CASE WHEN count(l.position) <> s.position - s.since THEN 'gap' ELSE 'head' END, s.position, NULL
    FROM span AS s LEFT JOIN looked AS l ON l.seal = s.position
    WHERE s.since IS NOT NULL
    GROUP BY s.position, s.since, s.head, s.head_before
    HAVING count(l.position) <> s.position - s.since
        OR sha256('\x01'::bytea || s.head_before || string_agg(l.leaf, ''::bytea ORDER BY l.position)) IS DISTINCT FROM s.head;
END;

GRANT EXECUTE ON FUNCTION app.wrong_rows TO r_api;


-- Give the rows that have no seal and were never written by a verb: their number was not given out (they begin at 1), or their transaction
-- has not begun yet (but the caller's own), or there is none (somebody loosened the column). Sealing never comes to them, or only when the transactions are so far. Also the rows of leaves that no sealing made.
CREATE FUNCTION app.forged_rows(stream text) RETURNS TABLE (row_id bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
BEGIN ATOMIC
    SELECT r.id FROM app.sealable_rows AS r
    WHERE r.stream = forged_rows.stream
        AND (r.id IS NULL OR r.id <= 0 OR r.xid IS NULL OR r.xid >= pg_snapshot_xmax(pg_current_snapshot()))
        AND (r.id IS NULL OR r.id <= 0 OR (r.xid = pg_current_xact_id_if_assigned()) IS NOT TRUE) AND NOT EXISTS (
        SELECT FROM app.leaves AS l
        WHERE l.stream = forged_rows.stream AND l.row_id = r.id
            AND (l.position > 0) IS TRUE AND l.position <= (SELECT app.sealed_to(forged_rows.stream)))
    UNION
    SELECT l.row_id FROM app.stray_leaves(forged_rows.stream) AS l;
END;

GRANT EXECUTE ON FUNCTION app.forged_rows TO r_api;
