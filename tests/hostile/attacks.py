"""What somebody with a valid password and psql may try: what must be refused, what does nothing, and what PostgreSQL leaves open.

In braces: {me} the attacker's login, {my_group} and {other_group}, {item} and {order} of a kitchen, {pid} of a colleague.
"""

READS = """
SELECT id FROM app.orders
SELECT name, phone FROM app.customers
SELECT login, role FROM app.staff
SELECT answer FROM app.commands
SELECT before, after FROM app.audit_events
SELECT object_id FROM app.outbox
SELECT leaf FROM app.leaves
SELECT statement FROM app.reports
SELECT fields FROM app.sealable_rows
SELECT quantity FROM app.recipes
SELECT violations FROM app.invariants
SELECT token_hash FROM app.proposals
SELECT amount FROM app.refund_lines
SELECT id FROM app.check_i15_order_state
COPY app.orders TO STDOUT
SELECT app.visible_kitchens()
SELECT rolname, rolpassword FROM pg_authid
SELECT usename, passwd FROM pg_shadow
SELECT stavalues1 FROM pg_statistic
SELECT database FROM pg_hba_file_rules
SELECT pg_read_file('/etc/passwd')
SELECT pg_ls_dir('.')
SELECT pg_stat_file('postgresql.conf')
SELECT pg_ls_logdir()
SELECT lo_import('/etc/passwd')
CREATE TABLE public.theft AS SELECT 1
"""

WRITES = """
UPDATE app.orders SET state = 'delivered' WHERE id = '{order}'
DELETE FROM app.orders
TRUNCATE app.audit_events
INSERT INTO app.audit_events (command_id, action, noun) VALUES (gen_random_uuid(), 'forged', 'stock')
DELETE FROM app.audit_events
UPDATE app.stock_items SET on_hand = 1000000 WHERE id = '{item}'
INSERT INTO app.stock_movements (item_id, number) VALUES ('{item}', 99)
INSERT INTO app.outbox (noun) VALUES ('stock')
DELETE FROM app.outbox
UPDATE app.commands SET answer = NULL
DELETE FROM app.commands
UPDATE app.staff SET role = 'owner_admin' WHERE login = '{me}'
INSERT INTO app.staff_kitchens (login, kitchen_id) SELECT '{me}', id FROM app.kitchens
UPDATE app.budgets SET full_at = '-infinity'
UPDATE app.compat SET lowest_client = '9.9.9'
DELETE FROM app.order_edges
SELECT setval('app.outbox_id_seq', 1)
SELECT nextval('app.audit_events_id_seq')
SELECT app.append_audit(NULL, gen_random_uuid(), 'forged', 'stock', NULL, NULL, NULL, NULL, NULL)
SELECT app.seal('events')
SELECT app.wrong_rows('events', 0, 10)
INSERT INTO app.seals (stream, position, head, xid, row_id, newest) VALUES ('events', 99, sha256('x'), '0', 0, now())
INSERT INTO app.leaves (stream, position, row_id, leaf) VALUES ('events', 99, 99, sha256('x'))
UPDATE app.leaves SET leaf = sha256('x')
DELETE FROM app.seals
UPDATE app.streams SET stream = stream
SELECT app.enter('{my_group}')
SELECT app.answer(gen_random_uuid(), '1')
SELECT app.record(NULL, gen_random_uuid(), 'forged', 'stock', NULL, NULL, NULL, NULL, NULL)
SELECT app.move_for_order(NULL, gen_random_uuid(), '{order}', 1, 'release', ARRAY['{item}'::uuid], ARRAY[1::bigint])
SELECT app.create_login('evil', 'x')
SELECT app.change_login_password('ada', 'x')
SELECT app.end_login('ada')
SELECT app.spend_token(gen_random_uuid())
UPDATE app.proposals SET state = 'running'
DELETE FROM app.proposals
UPDATE app.refund_lines SET state = 'confirmed'
INSERT INTO app.limits (person_id, refund_alone, refund_a_day) VALUES (gen_random_uuid(), 1, 1)
UPDATE app.settings SET refund_alone = 100000000000
UPDATE app.people SET approver_since = '-infinity'
SELECT app.post_refunds(gen_random_uuid(), NULL, ARRAY['{order}'::uuid], ARRAY['{order}'::uuid], ARRAY[1::bigint])
SELECT app.run_refund(NULL, NULL)
SELECT app.give_back(NULL, NULL, ARRAY['{order}'::uuid])
SELECT app.walk_proposal(gen_random_uuid(), 'running')
SELECT app.set_limits(NULL, NULL)
SELECT app.set_approver(NULL, NULL)
SELECT app.suspend(NULL, NULL)
SELECT app.charge_day(gen_random_uuid(), '2026-01-01', -100)
SELECT app.reopen_login('ada')
INSERT INTO app.reports (id, at, sha256) VALUES (gen_random_uuid(), now(), 'x')
UPDATE app.reports SET signature = 'x'
DELETE FROM app.reports
SELECT app.answer_report(NULL, gen_random_uuid(), 'x', 'x', NULL)
SELECT app.end_backends()
"""

POWERS = """
SET ROLE r_owner
SET ROLE r_api
SET ROLE r_staff
SET ROLE postgres
SET ROLE pg_read_all_data
SET ROLE {other_group}
SET SESSION AUTHORIZATION emeka
SET SESSION AUTHORIZATION postgres
GRANT {other_group} TO {me}
GRANT r_staff TO {me}
GRANT {my_group} TO emeka
REVOKE {my_group} FROM emeka
CREATE ROLE evil LOGIN SUPERUSER
CREATE ROLE evil
ALTER ROLE {me} SUPERUSER
ALTER ROLE {me} CREATEROLE
ALTER ROLE {me} BYPASSRLS
ALTER ROLE {me} REPLICATION
ALTER ROLE {me} CONNECTION LIMIT 1000
ALTER ROLE {me} VALID UNTIL 'infinity'
ALTER ROLE emeka PASSWORD 'x'
ALTER ROLE emeka SET statement_timeout = 1
ALTER ROLE ALL SET statement_timeout = 1
DROP ROLE emeka
COMMENT ON ROLE {me} IS 'Rachel Foods: group: mine'
ALTER SYSTEM SET work_mem = '1GB'
ALTER DATABASE postgres SET work_mem = '1GB'
SET session_replication_role = replica
SET log_statement = 'none'
SET log_min_messages = 'panic'
SET temp_file_limit = -1
DO 'BEGIN END'; SET plpgsql.variable_conflict = 'use_column'
SELECT pg_terminate_backend({pid})
SELECT pg_cancel_backend({pid})
SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'postgres'
SELECT pg_reload_conf()
SELECT pg_stat_reset()
SELECT pg_switch_wal()
SELECT pg_create_restore_point('x')
SELECT pg_promote()
SELECT pg_create_physical_replication_slot('x')
SELECT pg_log_backend_memory_contexts(1)
CHECKPOINT
LOAD 'plpgsql'
"""

MAKINGS = """
CREATE SCHEMA evil
CREATE DATABASE evil
CREATE TABLESPACE evil LOCATION '/tmp'
CREATE TABLE public.evil (i integer)
CREATE TABLE api.evil (i integer)
CREATE TABLE app.evil (i integer)
CREATE TEMPORARY TABLE orders (i integer)
CREATE TEMPORARY VIEW stock AS SELECT 1
CREATE FUNCTION public.evil() RETURNS integer LANGUAGE sql AS 'SELECT 1'
CREATE FUNCTION pg_temp.evil() RETURNS integer LANGUAGE sql AS 'SELECT 1'
CREATE FUNCTION api.evil() RETURNS integer LANGUAGE sql AS 'SELECT 1'
CREATE DOMAIN public.evil AS integer
CREATE VIEW api.evil AS SELECT 1
CREATE OR REPLACE VIEW api.stock AS SELECT 1
CREATE PUBLICATION evil
CREATE SUBSCRIPTION evil CONNECTION 'x' PUBLICATION evil
CREATE FOREIGN DATA WRAPPER evil
CREATE LANGUAGE evil HANDLER plpgsql_call_handler
CREATE EVENT TRIGGER evil ON ddl_command_end EXECUTE FUNCTION suppress_redundant_updates_trigger()
CREATE TRIGGER evil BEFORE UPDATE ON app.orders FOR EACH ROW EXECUTE FUNCTION suppress_redundant_updates_trigger()
CREATE RULE evil AS ON SELECT TO api.stock DO INSTEAD SELECT 1
CREATE POLICY evil ON app.orders USING (true)
CREATE INDEX ON app.orders (note)
ALTER TABLE app.orders DISABLE TRIGGER ALL
ALTER TABLE app.orders DISABLE ROW LEVEL SECURITY
ALTER VIEW api.stock OWNER TO {me}
ALTER VIEW api.stock RESET (security_barrier)
ALTER FUNCTION api.settle_command SECURITY INVOKER
ALTER FUNCTION api.settle_command SET search_path = public
DROP FUNCTION api.settle_command
DROP VIEW api.stock
DROP SCHEMA app CASCADE
REINDEX SYSTEM
"""

NUISANCES = """
COPY (SELECT 1) TO PROGRAM 'id'
COPY (SELECT 1) TO '/tmp/evil'
SELECT lo_create(0)
SELECT lo_from_bytea(0, 'x')
SELECT pg_advisory_lock(1)
SELECT pg_try_advisory_xact_lock(hashtext('rachel upgrade'))
SELECT pg_sleep(1)
SELECT pg_sleep_for('1 second')
SELECT pg_export_snapshot()
SELECT pg_logical_emit_message(false, 'x', repeat('x', 1000))
BEGIN; LOCK TABLE app.stock_items
BEGIN; LOCK TABLE api.stock IN ROW EXCLUSIVE MODE
BEGIN; SELECT id FROM api.stock FOR UPDATE
"""

HOLLOW = """
GRANT SELECT ON api.compat TO PUBLIC
REVOKE SELECT ON api.compat FROM kitchen_staff
DROP OWNED BY {my_group}
DROP OWNED BY {me}
REASSIGN OWNED BY {my_group} TO {me}
SET ROLE {my_group}; DROP OWNED BY {my_group}
VACUUM
ANALYZE
CLUSTER
"""

OPEN = {  # by PostgreSQL's design; what answers it
    "SELECT prosrc FROM pg_proc WHERE proname = 'enter'": "no secret stands in a function",
    "SELECT usename FROM pg_stat_activity": "names of logins are no secret; what others ask is not shown",
    "SELECT n_tup_ins FROM pg_stat_all_tables WHERE schemaname = 'app'": "how many rows all kitchens have together, and no row",
    "NOTIFY rachel, 'forged'": "a kick says nothing: clients look again, at most every 250 ms",
    "LISTEN rachel": "a kick says nothing",
    "SET statement_timeout = 0": "the reaper ends what runs for too long",
    "BEGIN; ALTER ROLE {me} SET statement_timeout = 0; ROLLBACK": "defaults of one's own; the reaper does not ask for them",
    "SET work_mem = '1TB'": "the server's memory is capped from outside",
    "SET synchronous_commit = off": "only one's own last words are lost in a crash; money forces it back on (tests/test_ledger.py)",
    "BEGIN; ALTER ROLE {me} PASSWORD '1'; ROLLBACK": "passwordcheck on the server, or certificates",
    "SET ROLE {my_group}": "session_user stays; the group owns nothing and cannot sign in",
    "BEGIN; SET ROLE {my_group}; ALTER ROLE {my_group} PASSWORD '1'; ROLLBACK": "the group cannot sign in",
    "BEGIN; ALTER DEFAULT PRIVILEGES GRANT ALL ON TABLES TO PUBLIC; ROLLBACK": "of tables nobody may make",
    "DO 'BEGIN END'": "as long as any statement; the reaper",
    "BEGIN; DECLARE kept CURSOR WITH HOLD FOR SELECT 1; COMMIT": "temp_file_limit",
}


def lines(block: str) -> list[str]:
    return block.strip().splitlines()


REFUSED = [attack for block in (READS, WRITES, POWERS, MAKINGS, NUISANCES) for attack in lines(block)]
