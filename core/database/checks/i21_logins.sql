-- I21 guards: No login owns anything, may use a table itself, may become a definer, or has a power of its own; only r_staff makes logins
-- Superusers are left out: nothing can keep them back. A login of staff may not be one.
SELECT r.rolname AS name
FROM pg_roles AS r
WHERE r.rolcanlogin AND (NOT r.rolsuper OR r.rolname IN (SELECT s.login FROM app.staff AS s))
    AND (r.rolsuper OR r.rolcreaterole OR r.rolcreatedb OR r.rolreplication AND r.rolname <> 'svc_backup' OR r.rolbypassrls
        OR has_schema_privilege(r.oid, 'app'::regnamespace, 'USAGE')
        OR EXISTS (SELECT FROM pg_roles AS d WHERE d.rolname IN ('r_owner', 'r_api', 'r_ledger', 'r_audit', 'r_staff', 'r_view')
            AND pg_has_role(r.oid, d.oid, 'MEMBER'))
        OR r.oid IN (SELECT c.relowner FROM pg_class AS c)
        OR r.oid IN (SELECT p.proowner FROM pg_proc AS p)
        OR EXISTS (SELECT FROM pg_class AS c WHERE c.relnamespace = 'app'::regnamespace
            AND (has_any_column_privilege(r.oid, c.oid, 'SELECT, INSERT, UPDATE') OR has_table_privilege(r.oid, c.oid, 'DELETE, TRUNCATE'))))
UNION ALL
SELECT r.rolname
FROM pg_roles AS r
WHERE r.rolcreaterole AND NOT r.rolcanlogin AND r.rolname <> 'r_staff'
