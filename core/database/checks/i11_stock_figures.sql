-- I11 orders: On hand and held equal the newest movement and are never below zero; the version counts the changes of the shelf
SELECT s.id
FROM app.stock_items AS s
LEFT JOIN app.stock_movements AS m ON m.item_id = s.id AND m.number = s.movements
WHERE s.on_hand < 0 OR s.held < 0
    OR (s.on_hand, s.held, s.version) IS DISTINCT FROM (m.on_hand, m.held, m.version)
    OR s.movements <> (SELECT count(*) FROM app.stock_movements AS a WHERE a.item_id = s.id)
    OR s.version <> (SELECT count(*) FROM app.stock_movements AS p WHERE p.item_id = s.id AND p.kind NOT IN ('hold', 'release'))
