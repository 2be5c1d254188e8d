-- I14: The history of each order is a path along allowed edges, from its beginning
SELECT path.order_id, path.version
FROM (
    SELECT h.order_id, h.version, h.state, lag(h.state) OVER steps AS state_before, lag(h.version, 1, 0) OVER steps AS version_before
    FROM app.order_history AS h
    WINDOW steps AS (PARTITION BY h.order_id ORDER BY h.version)
) AS path
WHERE path.version <> path.version_before + 1
    OR path.state_before IS NULL AND path.state NOT IN ('placed', 'awaiting_payment')
    OR path.state_before IS NOT NULL
        AND NOT EXISTS (SELECT FROM app.order_edges AS e WHERE e.src = path.state_before AND e.dst = path.state)
