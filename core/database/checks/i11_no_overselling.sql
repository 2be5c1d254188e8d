-- I11b orders: No sale was recorded that left less than nothing available
SELECT m.item_id, m.number
FROM app.stock_movements AS m
WHERE m.kind = 'hold' AND m.on_hand < m.held
