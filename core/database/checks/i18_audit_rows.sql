-- I18 orders: Each movement of stock and each step of an order has the audit row of its command, by the same login and person
-- By the command, which is claimed once and so is one transaction: these rows do not know theirs.
SELECT done.command_id
FROM (
    SELECT m.command_id, m.login, m.person_id FROM app.stock_movements AS m
    UNION ALL
    SELECT h.command_id, h.login, h.person_id FROM app.order_history AS h
) AS done
WHERE NOT EXISTS (SELECT FROM app.audit_events AS a
    WHERE a.command_id = done.command_id AND a.login = done.login AND a.person_id IS NOT DISTINCT FROM done.person_id)
