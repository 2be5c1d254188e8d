-- I21: No login owns anything, may use a table itself, or has a power of its own; only r_staff makes logins
SELECT r.rolname AS name
FROM pg_roles AS r
WHERE r.rolname IN (SELECT s.login FROM app.staff AS s)
    AND (r.rolsuper OR r.rolcreaterole OR r.rolcreatedb OR r.rolreplication OR r.rolbypassrls
        OR EXISTS (SELECT FROM pg_class AS c WHERE c.relowner = r.oid)
        OR EXISTS (SELECT FROM pg_class AS c WHERE c.relnamespace = 'app'::regnamespace AND c.relkind = 'r'
            AND (has_any_column_privilege(r.oid, c.oid, 'SELECT, INSERT, UPDATE') OR has_table_privilege(r.oid, c.oid, 'DELETE, TRUNCATE'))))
UNION ALL
SELECT r.rolname
FROM pg_roles AS r
WHERE r.rolcreaterole AND NOT r.rolsuper AND r.rolname <> 'r_staff'
