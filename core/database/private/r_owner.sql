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
CREATE POLICY seen ON app.outbox TO r_view USING (kitchen_id IS NULL OR kitchen_id = ANY ((SELECT app.visible_kitchens())::uuid[]));

DROP POLICY IF EXISTS verbs ON app.kitchens;
CREATE POLICY verbs ON app.kitchens TO r_api USING (true) WITH CHECK (true);
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
