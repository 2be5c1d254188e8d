-- I18: Each movement of stock and each step of an order has the audit row of its command, by the same login
SELECT m.command_id
FROM app.stock_movements AS m
WHERE NOT EXISTS (SELECT FROM app.audit_events AS a WHERE a.command_id = m.command_id AND a.login = m.login)
UNION ALL
SELECT h.command_id
FROM app.order_history AS h
WHERE NOT EXISTS (SELECT FROM app.audit_events AS a WHERE a.command_id = h.command_id AND a.login = h.login)
