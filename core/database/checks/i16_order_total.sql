-- I16 orders: The total of each order is the sum of its lines
SELECT o.id
FROM app.orders AS o
WHERE o.total IS DISTINCT FROM (SELECT sum(l.quantity * l.unit_price) FROM app.order_lines AS l WHERE l.order_id = o.id)
