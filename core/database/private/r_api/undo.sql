-- Undo of a change of stock: who may, and why not. Runs inside undo_stock, as r_api.

-- Tell whether a movement may be taken back now: of a kind a person makes, recent, not undone yet, and theirs (or a manager's to take back).
CREATE FUNCTION app.may_undo(me app.caller, movement app.stock_movements) RETURNS boolean
LANGUAGE sql VOLATILE SET search_path = pg_catalog, pg_temp
BEGIN ATOMIC
    SELECT (movement).kind IN ('delivery', 'waste', 'count', 'correction')
        AND (movement).at > clock_timestamp() - interval '10 minutes'
        AND ((movement).person_id = (me).person_id OR (me).role = 'kitchen_manager')
        AND NOT EXISTS (SELECT FROM app.stock_movements AS u WHERE u.item_id = (movement).item_id AND u.undoes = (movement).number);
END;


-- Say why a movement was not taken back.
CREATE FUNCTION app.refuse_undo(me app.caller, item_id uuid, number integer) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    movement record;
BEGIN
    SELECT m.kind, m.at, m.person_id, m.change, m.kitchen_id INTO movement FROM app.stock_movements AS m
    WHERE m.item_id = refuse_undo.item_id AND m.number = refuse_undo.number AND m.kitchen_id = ANY (app.visible_kitchens());
    IF NOT FOUND THEN
        RAISE EXCEPTION 'There is no such change in your kitchen.' USING ERRCODE = 'RF404';
    ELSIF movement.kind NOT IN ('delivery', 'waste', 'count', 'correction') THEN
        RAISE EXCEPTION 'Only a delivery, waste, count or correction can be undone.' USING ERRCODE = 'RF409';
    ELSIF EXISTS (SELECT FROM app.stock_movements AS u WHERE u.item_id = refuse_undo.item_id AND u.undoes = refuse_undo.number) THEN
        RAISE EXCEPTION 'This was undone already.' USING ERRCODE = 'RF409';
    ELSIF movement.at <= clock_timestamp() - interval '10 minutes' THEN
        RAISE EXCEPTION 'This is older than ten minutes. Count the shelf instead.' USING ERRCODE = 'RF409';
    ELSIF movement.person_id IS DISTINCT FROM me.person_id AND me.role <> 'kitchen_manager' THEN
        RAISE EXCEPTION 'Somebody else did this. They or a manager can undo it.' USING ERRCODE = 'RF403', DETAIL = '{"why": "other"}';
    END IF;
    PERFORM app.refuse_stock(item_id, NULL, movement.change);
END;
$$;
