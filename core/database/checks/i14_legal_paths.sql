-- I14 orders: The history of each order is a path along allowed edges, from the beginning that its way to pay has; steps back say so
SELECT path.order_id, path.version
FROM (
    SELECT h.order_id, h.version, h.state, h.reason,
        lag(h.state) OVER steps AS state_before, lag(h.version, 1, 0) OVER steps AS version_before,
        CASE o.pay_with WHEN 'card' THEN 'awaiting_payment' ELSE 'placed' END AS beginning
    FROM app.order_history AS h JOIN app.orders AS o ON o.id = h.order_id
    WINDOW steps AS (PARTITION BY h.order_id ORDER BY h.version)
) AS path
WHERE path.version <> path.version_before + 1
    OR path.state_before IS NULL AND path.state <> path.beginning
    OR path.state_before IS NOT NULL AND NOT EXISTS (SELECT FROM app.order_edges AS e
        WHERE e.src = path.state_before AND e.dst = path.state AND (NOT e.recall OR path.reason IS NOT DISTINCT FROM 'recalled'))
