-- I21b guards: Only r_ledger moves money, only r_audit writes the trail, only r_api writes orders, payments and stock; nobody changes what is for ever
SELECT r.rolname AS name
FROM pg_roles AS r
WHERE NOT r.rolsuper AND r.rolname <> 'r_owner' AND r.rolname NOT LIKE 'pg\_%' AND (
    EXISTS (SELECT FROM (VALUES ('r_ledger', 'app.transfers'::regclass), ('r_ledger', 'app.entries'::regclass),
            ('r_ledger', 'app.accounts'::regclass), ('r_audit', 'app.audit_events'::regclass), ('r_audit', 'app.leaves'::regclass),
            ('r_audit', 'app.seals'::regclass)) AS own (writer, written)
        WHERE r.rolname <> own.writer AND has_any_column_privilege(r.oid, own.written, 'INSERT'))
    OR r.rolname <> 'r_ledger' AND (has_column_privilege(r.oid, 'app.accounts'::regclass, 'balance', 'UPDATE')
        OR has_column_privilege(r.oid, 'app.accounts'::regclass, 'version', 'UPDATE'))
    OR r.rolname <> 'r_api' AND EXISTS (SELECT FROM pg_class AS c
        WHERE c.relnamespace = 'app'::regnamespace AND c.relname IN ('orders', 'payments', 'commands', 'stock_items', 'day_counters', 'order_lines',
                'proposals', 'refund_lines', 'limits', 'settings', 'people', 'staff', 'customers', 'dismissed_cases',
                'freezes', 'check_runs', 'reports')
            AND has_any_column_privilege(r.oid, c.oid, 'INSERT, UPDATE'))
    OR EXISTS (SELECT FROM pg_class AS c
        WHERE c.relnamespace = 'app'::regnamespace
            AND c.relname IN ('transfers', 'entries', 'audit_events', 'leaves', 'seals', 'order_history', 'stock_movements')
            AND (has_any_column_privilege(r.oid, c.oid, 'UPDATE') OR has_table_privilege(r.oid, c.oid, 'DELETE, TRUNCATE'))))
