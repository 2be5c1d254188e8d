-- I13 orders: What an order holds is its lines times their recipes; cooking uses all of it, cancelling before gives all of it back
WITH needed AS (
    SELECT l.order_id, r.item_id, sum(l.quantity * r.quantity) AS amount
    FROM app.order_lines AS l JOIN app.recipes AS r ON r.dish_id = l.dish_id AND r.recipe = l.recipe
    GROUP BY l.order_id, r.item_id
), moved AS (
    SELECT m.order_id, m.item_id,
        sum(m.change_held) FILTER (WHERE m.kind = 'hold') AS held,
        -sum(m.change_held) FILTER (WHERE m.kind = 'use') AS used,
        -sum(m.change) FILTER (WHERE m.kind = 'use') AS taken,
        -sum(m.change_held) FILTER (WHERE m.kind = 'release') AS released
    FROM app.stock_movements AS m WHERE m.order_id IS NOT NULL
    GROUP BY m.order_id, m.item_id
), cooked AS (
    SELECT o.id, o.state, EXISTS (SELECT FROM app.order_history AS h WHERE h.order_id = o.id AND h.state = 'preparing') AS started
    FROM app.orders AS o
)
SELECT o.id
FROM cooked AS o
JOIN (needed FULL JOIN moved USING (order_id, item_id)) ON order_id = o.id
WHERE needed.amount IS DISTINCT FROM moved.held
    OR moved.used IS DISTINCT FROM CASE WHEN o.started THEN moved.held END
    OR moved.taken IS DISTINCT FROM moved.used
    OR moved.released IS DISTINCT FROM CASE WHEN NOT o.started AND o.state IN ('cancelled', 'expired') THEN moved.held END
