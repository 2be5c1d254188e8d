-- I15 orders: State and version of each order are those of its last step
SELECT o.id
FROM app.orders AS o
LEFT JOIN app.order_history AS h ON h.order_id = o.id AND h.version = (
    SELECT max(n.version) FROM app.order_history AS n WHERE n.order_id = o.id)
WHERE (o.state, o.version) IS DISTINCT FROM (h.state, h.version)
