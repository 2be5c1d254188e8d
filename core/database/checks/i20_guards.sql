-- I20 guards: All triggers and row policies are on, nobody's setting switches them off, and all constraints hold for all rows
SELECT t.tgname AS name
FROM pg_trigger AS t JOIN pg_class AS c ON c.oid = t.tgrelid
WHERE c.relnamespace = 'app'::regnamespace AND t.tgenabled <> 'O'
UNION ALL
SELECT k.conname
FROM pg_constraint AS k
WHERE k.connamespace = 'app'::regnamespace AND NOT k.convalidated
UNION ALL
SELECT c.relname
FROM pg_index AS i JOIN pg_class AS c ON c.oid = i.indexrelid
WHERE c.relnamespace = 'app'::regnamespace AND NOT i.indisvalid
UNION ALL
SELECT c.relname
FROM pg_class AS c
WHERE c.relnamespace = 'app'::regnamespace AND NOT c.relrowsecurity AND EXISTS (SELECT FROM pg_policy AS p WHERE p.polrelid = c.oid)
UNION ALL
SELECT 'session_replication_role'
FROM pg_db_role_setting AS s, unnest(s.setconfig) AS setting
WHERE setting LIKE 'session_replication_role=%'
