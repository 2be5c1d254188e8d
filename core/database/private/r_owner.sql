-- Row policies: who sees which rows. Runs as r_owner, after r_api's private functions.
-- r_view owns the views of api, so its policies hold for every reader; r_api's verbs guard themselves in their WHERE.

DROP POLICY IF EXISTS seen ON app.kitchens;
CREATE POLICY seen ON app.kitchens TO r_view USING (id = ANY ((SELECT app.visible_kitchens())::uuid[]));
DROP POLICY IF EXISTS seen ON app.dishes;
CREATE POLICY seen ON app.dishes TO r_view USING (kitchen_id = ANY ((SELECT app.visible_kitchens())::uuid[]));
DROP POLICY IF EXISTS seen ON app.orders;
CREATE POLICY seen ON app.orders TO r_view USING (kitchen_id = ANY ((SELECT app.visible_kitchens())::uuid[]));
DROP POLICY IF EXISTS seen ON app.stock_items;
CREATE POLICY seen ON app.stock_items TO r_view USING (kitchen_id = ANY ((SELECT app.visible_kitchens())::uuid[]));
DROP POLICY IF EXISTS seen ON app.stock_movements;
CREATE POLICY seen ON app.stock_movements TO r_view USING (kitchen_id = ANY ((SELECT app.visible_kitchens())::uuid[]));
DROP POLICY IF EXISTS seen ON app.outbox;
CREATE POLICY seen ON app.outbox TO r_view USING (
    CASE WHEN kitchen_id IS NULL THEN (SELECT app.visible_kitchens()) IS NOT NULL
            -- which customer paid, and how often, is not for kitchens, nor who reports on whom
            AND (noun NOT IN ('customers', 'payments', 'wallets', 'proposals', 'refunds', 'audit') OR (SELECT has_table_privilege(session_user, 'api.payments', 'SELECT')))
        ELSE kitchen_id = ANY ((SELECT app.visible_kitchens())::uuid[]) END);
-- What belongs to no kitchen is seen by whoever is active; the grants on the views say by which roles.
DROP POLICY IF EXISTS seen ON app.customers;
CREATE POLICY seen ON app.customers TO r_view USING ((SELECT app.visible_kitchens()) IS NOT NULL);
DROP POLICY IF EXISTS seen ON app.staff;
CREATE POLICY seen ON app.staff TO r_view USING ((SELECT app.visible_kitchens()) IS NOT NULL);
DROP POLICY IF EXISTS seen ON app.accounts;
CREATE POLICY seen ON app.accounts TO r_view USING ((SELECT app.visible_kitchens()) IS NOT NULL);
DROP POLICY IF EXISTS seen ON app.payments;
CREATE POLICY seen ON app.payments TO r_view USING ((SELECT app.visible_kitchens()) IS NOT NULL);

-- A kitchen's manager sees what was proposed for the shelves of that kitchen, and nothing of money and people.
DROP POLICY IF EXISTS seen ON app.proposals;
CREATE POLICY seen ON app.proposals TO r_view USING (
    CASE WHEN kitchen_id IS NULL THEN (SELECT app.visible_kitchens()) IS NOT NULL
            AND (SELECT has_table_privilege(session_user, 'api.running_refunds', 'SELECT'))
            AND (jsonb_array_length(asked -> 'people') > 0) IS NOT TRUE OR (SELECT has_table_privilege(session_user, 'api.staff', 'SELECT'))
        ELSE kitchen_id = ANY ((SELECT app.visible_kitchens())::uuid[]) END);

-- Of the trail, what was done to one's own kitchens, and what belongs to none; of the ledger, the seals, the checks and the reports,
-- everything: but only for whoever may read the trail, the ledger, the checks or the reports at all. A view that is written later, and
-- granted to a kitchen, shows it none of them.
-- Asked as "is not null", for of a plain truth the planner believes that every second row has it.
DROP POLICY IF EXISTS seen ON app.audit_events;
CREATE POLICY seen ON app.audit_events TO r_view USING (
    CASE WHEN kitchen_id IS NULL
        THEN (SELECT CASE WHEN has_table_privilege(session_user, 'api.trail', 'SELECT') THEN app.visible_kitchens() END) IS NOT NULL
        ELSE kitchen_id = ANY ((SELECT CASE WHEN has_table_privilege(session_user, 'api.trail', 'SELECT') THEN app.visible_kitchens() END)::uuid[]) END);
DROP POLICY IF EXISTS seen ON app.transfers;
CREATE POLICY seen ON app.transfers TO r_view USING (
    (SELECT CASE WHEN has_table_privilege(session_user, 'api.wallet_entries', 'SELECT') THEN app.visible_kitchens() END) IS NOT NULL);
DROP POLICY IF EXISTS seen ON app.entries;
CREATE POLICY seen ON app.entries TO r_view USING (
    (SELECT CASE WHEN has_table_privilege(session_user, 'api.wallet_entries', 'SELECT') THEN app.visible_kitchens() END) IS NOT NULL);
DROP POLICY IF EXISTS seen ON app.leaves;
CREATE POLICY seen ON app.leaves TO r_view USING (
    (SELECT CASE WHEN has_table_privilege(session_user, 'api.seals', 'SELECT') THEN app.visible_kitchens() END) IS NOT NULL);
DROP POLICY IF EXISTS seen ON app.seals;
CREATE POLICY seen ON app.seals TO r_view USING (
    (SELECT CASE WHEN has_table_privilege(session_user, 'api.seals', 'SELECT') THEN app.visible_kitchens() END) IS NOT NULL);
DROP POLICY IF EXISTS seen ON app.check_runs;
CREATE POLICY seen ON app.check_runs TO r_view USING (
    (SELECT CASE WHEN has_table_privilege(session_user, 'api.check_runs', 'SELECT') THEN app.visible_kitchens() END) IS NOT NULL);
DROP POLICY IF EXISTS seen ON app.freezes;
CREATE POLICY seen ON app.freezes TO r_view USING (
    (SELECT CASE WHEN has_table_privilege(session_user, 'api.freezes', 'SELECT') THEN app.visible_kitchens() END) IS NOT NULL);
DROP POLICY IF EXISTS seen ON app.reports;
CREATE POLICY seen ON app.reports TO r_view USING (
    (SELECT CASE WHEN has_table_privilege(session_user, 'api.reports', 'SELECT') THEN app.visible_kitchens() END) IS NOT NULL);

DROP POLICY IF EXISTS verbs ON app.kitchens;
CREATE POLICY verbs ON app.kitchens TO r_api USING (true) WITH CHECK (true);
DROP POLICY IF EXISTS verbs ON app.staff;
CREATE POLICY verbs ON app.staff TO r_api, r_staff USING (true) WITH CHECK (true);
DROP POLICY IF EXISTS verbs ON app.customers;
CREATE POLICY verbs ON app.customers TO r_api USING (true) WITH CHECK (true);
DROP POLICY IF EXISTS verbs ON app.dishes;
CREATE POLICY verbs ON app.dishes TO r_api USING (true) WITH CHECK (true);
DROP POLICY IF EXISTS verbs ON app.orders;
CREATE POLICY verbs ON app.orders TO r_api USING (true) WITH CHECK (true);
DROP POLICY IF EXISTS verbs ON app.stock_items;
CREATE POLICY verbs ON app.stock_items TO r_api USING (true) WITH CHECK (true);
DROP POLICY IF EXISTS verbs ON app.stock_movements;
CREATE POLICY verbs ON app.stock_movements TO r_api USING (true) WITH CHECK (true);
DROP POLICY IF EXISTS verbs ON app.outbox;
CREATE POLICY verbs ON app.outbox TO r_api USING (true) WITH CHECK (true);
DROP POLICY IF EXISTS verbs ON app.accounts;
CREATE POLICY verbs ON app.accounts TO r_api, r_ledger USING (true) WITH CHECK (true);
DROP POLICY IF EXISTS verbs ON app.payments;
CREATE POLICY verbs ON app.payments TO r_api USING (true) WITH CHECK (true);
DROP POLICY IF EXISTS verbs ON app.proposals;
CREATE POLICY verbs ON app.proposals TO r_api USING (true) WITH CHECK (true);
DROP POLICY IF EXISTS verbs ON app.audit_events;
CREATE POLICY verbs ON app.audit_events TO r_api, r_audit USING (true) WITH CHECK (true);
DROP POLICY IF EXISTS verbs ON app.transfers;
CREATE POLICY verbs ON app.transfers TO r_api, r_ledger, r_audit USING (true) WITH CHECK (true);
DROP POLICY IF EXISTS verbs ON app.entries;
CREATE POLICY verbs ON app.entries TO r_api, r_ledger, r_audit USING (true) WITH CHECK (true);
DROP POLICY IF EXISTS verbs ON app.leaves;
CREATE POLICY verbs ON app.leaves TO r_audit USING (true) WITH CHECK (true);
DROP POLICY IF EXISTS verbs ON app.seals;
CREATE POLICY verbs ON app.seals TO r_api, r_audit USING (true) WITH CHECK (true);
DROP POLICY IF EXISTS verbs ON app.check_runs;
CREATE POLICY verbs ON app.check_runs TO r_api USING (true) WITH CHECK (true);
DROP POLICY IF EXISTS verbs ON app.freezes;
CREATE POLICY verbs ON app.freezes TO r_api, r_ledger USING (true) WITH CHECK (true);
DROP POLICY IF EXISTS verbs ON app.reports;
CREATE POLICY verbs ON app.reports TO r_api USING (true) WITH CHECK (true);
