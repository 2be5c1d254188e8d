-- Server: what it says about itself: how it is set up, who may sign in, which programs are open, what waits, and what is large.
-- Python twin: core/health/server.py.

-- One row. `counts_since` is null where the server counts from its first day. `answered_at` is its clock. `kick_queue`: how full the whole
-- server's queue of notifications is, in thousandths; at 1000 nobody can be kicked any more.
CREATE VIEW api.server WITH (security_barrier) AS
SELECT current_setting('server_version_num')::bigint AS version, pg_postmaster_start_time() AS started_at, clock_timestamp() AS answered_at,
    pg_backend_pid()::bigint AS backend, current_setting('max_connections')::bigint AS max_connections, d.stats_reset AS counts_since,
    d.xact_commit AS commits, d.deadlocks, pg_database_size(d.datid)::bigint AS bytes,
    a.last_archived_time AS archived_at, a.last_failed_time AS archive_failed_at,
    (pg_notification_queue_usage() * 1000)::bigint AS kick_queue
FROM pg_stat_database AS d CROSS JOIN pg_stat_archiver AS a
WHERE d.datname = current_database();

GRANT SELECT ON api.server TO support, finance_admin, owner_admin, auditor, svc_worker;

-- Settings that the promises and the speed hang on, as a new session of this login gets them.
CREATE VIEW api.server_settings WITH (security_barrier) AS
SELECT s.name, s.reset_val AS value, coalesce(s.unit, '') AS unit
FROM pg_settings AS s
WHERE s.name IN ('fsync', 'synchronous_commit', 'full_page_writes', 'data_checksums', 'log_parameter_max_length',
    'log_parameter_max_length_on_error', 'client_connection_check_interval', 'idle_session_timeout', 'idle_in_transaction_session_timeout',
    'temp_file_limit', 'password_encryption', 'ssl', 'archive_mode', 'autovacuum', 'track_counts', 'track_activities', 'reserved_connections',
    'max_prepared_transactions');

GRANT SELECT ON api.server_settings TO support, finance_admin, owner_admin, auditor, svc_worker;

-- Which of our programs are open, by version; program '' is whatever has no name of ours. `listeners` are open windows of today's programs.
CREATE VIEW api.programs WITH (security_barrier) AS
SELECT p.program, p.version, p.connections, p.listeners,
    p.version <> '' AND string_to_array(p.version, '.')::integer[] < string_to_array(c.lowest_client, '.')::integer[] AS is_too_old,
    p.version <> '' AND string_to_array(p.version, '.')::integer[] < string_to_array(c.newest_client, '.')::integer[] AS is_behind
FROM app.open_programs() AS p CROSS JOIN app.compat AS c;

GRANT SELECT ON api.programs TO support, finance_admin, owner_admin, auditor, svc_worker;

-- What waits to be done by the worker, or by whoever answers for it: how many, since when the oldest is due, and how many will not go on
-- by themselves. Due is a change that was not tidied away (after ten minutes, once a minute), the next lines of a refund, a card order
-- whose time to pay is over, a payment that was not answered in that time, and a row of the trail or the ledger that has no seal yet (half a
-- minute after it was written; the stuck ones are forged).
CREATE VIEW api.queues WITH (security_barrier) AS
SELECT 'changes' AS name, count(*) AS waiting, min(o.at) + interval '11 minutes' AS due_since, 0::bigint AS stuck
FROM app.outbox AS o WHERE o.at < now() - interval '11 minutes'
UNION ALL
SELECT 'refunds', count(*), min(p.confirmed_at), 0
FROM app.proposals AS p
WHERE p.kind = 'refund' AND p.state = 'running'
    AND EXISTS (SELECT FROM app.refund_lines AS r WHERE r.proposal_id = p.id AND r.state = 'confirmed')
UNION ALL
SELECT 'card orders', count(*), min(app.due_by(o.due_at)), 0  -- a freeze stops their clock
FROM app.orders AS o WHERE o.state = 'awaiting_payment' AND o.due_at <= now() AND app.due_by(o.due_at) <= now()
UNION ALL
SELECT 'payments', count(*) FILTER (WHERE p.state = 'pending'), min(p.created_at + s.pay_within) FILTER (WHERE p.state = 'pending'),
    count(*) FILTER (WHERE p.state = 'mismatch')
FROM app.payments AS p CROSS JOIN app.settings AS s
WHERE p.state = 'mismatch' OR p.state = 'pending' AND p.created_at < now() - s.pay_within
UNION ALL
SELECT 'seals', w.waiting, w.oldest, w.stuck FROM app.waiting_seals() AS w;

GRANT SELECT ON api.queues TO support, finance_admin, owner_admin, auditor, svc_worker;

-- What holds sealing up, one row: how many transactions that have written are open on the whole server, since when the oldest is (null: none is),
-- how many of them their program left lying, and how many wait for a second commit. What was committed after the oldest began waits for its end.
CREATE VIEW api.oldest_transaction WITH (security_barrier) AS
SELECT o.transactions, o.began_at, o.left_open, o.prepared FROM app.open_transactions() AS o;

GRANT SELECT ON api.oldest_transaction TO support, finance_admin, owner_admin, auditor, svc_worker;

-- What each table takes on disk with its indexes, and about how many rows it has (-1: nobody counted yet).
CREATE VIEW api.table_sizes WITH (security_barrier) AS
SELECT c.relname AS name, pg_total_relation_size(c.oid)::bigint AS bytes, c.reltuples::bigint AS row_estimate
FROM pg_class AS c
WHERE c.relnamespace = 'app'::regnamespace AND c.relkind IN ('r', 'p');

GRANT SELECT ON api.table_sizes TO support, finance_admin, owner_admin, auditor, svc_worker;

-- Who may sign in to this server, and every role with a power of its own. `connection_limit` -1 is none; `is_known`: staff, or a service
-- of ours.
CREATE VIEW api.logins WITH (security_barrier) AS
SELECT r.rolname AS login, r.rolcanlogin AS may_sign_in, r.rolsuper AS is_superuser, r.rolcreaterole AS makes_roles, r.rolcreatedb AS makes_databases,
    r.rolreplication AS replicates, r.rolbypassrls AS sees_all_rows, r.rolconnlimit::bigint AS connection_limit,
    s.login IS NOT NULL AS is_known, coalesce(s.active, false) AS is_active
FROM pg_roles AS r LEFT JOIN app.staff AS s ON s.login = r.rolname
WHERE r.rolcanlogin OR r.rolsuper OR r.rolcreaterole OR r.rolcreatedb OR r.rolreplication OR r.rolbypassrls;

GRANT SELECT ON api.logins TO owner_admin, auditor, svc_worker;
