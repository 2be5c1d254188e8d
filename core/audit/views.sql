-- Views: the trail, its seals, and what they were made over, for whoever verifies it by means of their own.
-- Python twin: core/audit/views.py.

-- Each seal, the first of each stream at position 0: heads in hexadecimal. `xid` and `row_id` are where sealing stood. Times are also told in
-- microseconds since 1970, as in the views of sealed rows: those that whoever owns the server wrote may be endless, or such as no program reads.
CREATE VIEW api.seals AS
SELECT s.stream, s.position, encode(s.head, 'hex') AS head, s.xid::text::bigint AS xid, s.row_id, nullif(s.newest, '-infinity') AS newest, s.at,
    trunc(extract(epoch FROM s.newest) * 1000000)::text AS newest_micros, trunc(extract(epoch FROM s.at) * 1000000)::text AS at_micros
FROM app.seals AS s;

GRANT SELECT ON api.seals TO support, finance_admin, owner_admin, auditor, svc_worker;

-- Each sealed event as it is now, with the leaf it was sealed with; nothing of it but the leaf when it is gone.
-- For the office, which sees all kitchens (no barrier: decision 11).
CREATE VIEW api.sealed_events AS
SELECT l.position, l.row_id, encode(l.leaf, 'hex') AS leaf, e.id, e.xid::text AS xid, e.at, e.login, e.person_id, host(e.address) AS address,
    e.program, e.command_id, e.action, e.noun, e.object_id, e.kitchen_id, e.reason, e.before::text AS before, e.after::text AS after,
    trunc(extract(epoch FROM e.at) * 1000000)::text AS micros
FROM app.leaves AS l LEFT JOIN app.audit_events AS e ON e.id = l.row_id
WHERE l.stream = 'events';

GRANT SELECT ON api.sealed_events TO support, finance_admin, owner_admin, auditor;

-- Each sealed transfer as it is now, with the leaf it was sealed with. Its entries are rows of api.sealed_entries.
CREATE VIEW api.sealed_transfers AS
SELECT l.position, l.row_id, encode(l.leaf, 'hex') AS leaf, t.id, t.xid::text AS xid, t.at, t.login, t.person_id, t.kind, t.reference, t.order_id,
    t.command_id, trunc(extract(epoch FROM t.at) * 1000000)::text AS micros
FROM app.leaves AS l LEFT JOIN app.transfers AS t ON t.id = l.row_id
WHERE l.stream = 'ledger';

GRANT SELECT ON api.sealed_transfers TO support, finance_admin, owner_admin, auditor;

CREATE VIEW api.sealed_entries AS
SELECT l.position, n.id, n.account_id, n.amount::bigint AS amount, n.balance_after::bigint AS balance_after, n.account_version
FROM app.leaves AS l JOIN app.entries AS n ON n.transfer_id = l.row_id
WHERE l.stream = 'ledger';

GRANT SELECT ON api.sealed_entries TO support, finance_admin, owner_admin, auditor;

-- What was never sealed, whatever leaf it has that no seal covers: what waits for the sealer, and what was written in afterwards. `xid` tells which: sealing went past it, or not; from
-- `next_xid` on no transaction has begun.
CREATE VIEW api.unsealed_rows AS
SELECT 'events'::text AS stream, e.id AS row_id, e.xid::text::bigint AS xid, e.at,
    pg_snapshot_xmax(pg_current_snapshot())::text::bigint AS next_xid
FROM app.audit_events AS e WHERE NOT EXISTS (
    SELECT FROM app.leaves AS l WHERE l.stream = 'events' AND l.row_id = e.id
        AND (l.position > 0) IS TRUE AND l.position <= (SELECT app.sealed_to('events')))
UNION ALL
SELECT 'ledger', t.id, t.xid::text::bigint, t.at, pg_snapshot_xmax(pg_current_snapshot())::text::bigint
FROM app.transfers AS t WHERE NOT EXISTS (
    SELECT FROM app.leaves AS l WHERE l.stream = 'ledger' AND l.row_id = t.id
        AND (l.position > 0) IS TRUE AND l.position <= (SELECT app.sealed_to('ledger')));

GRANT SELECT ON api.unsealed_rows TO support, finance_admin, owner_admin, auditor;
