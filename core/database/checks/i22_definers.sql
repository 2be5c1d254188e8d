-- I22 guards: Each function that runs with its owner's rights fixes search_path, is closed to PUBLIC, and its owner owns no table
SELECT p.oid::regprocedure::text AS name
FROM pg_proc AS p
WHERE p.pronamespace IN ('app'::regnamespace, 'api'::regnamespace)
    AND (NOT coalesce('search_path=pg_catalog, pg_temp' = ANY (p.proconfig), false)
        OR p.prosecdef AND (has_function_privilege('public', p.oid, 'EXECUTE')
            OR p.proowner IN (SELECT c.relowner FROM pg_class AS c WHERE c.relkind IN ('r', 'p')))
        OR p.pronamespace = 'api'::regnamespace AND NOT p.prosecdef)
