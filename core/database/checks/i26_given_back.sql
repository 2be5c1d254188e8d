-- I26 money: An order gave back at most what it paid; it was reversed once at most, to its customer, and exactly when cancelled before cooking
SELECT o.id
FROM app.orders AS o
LEFT JOIN (
    SELECT t.order_id, count(*) FILTER (WHERE t.kind = 'reversal') AS times,
        coalesce(sum(e.amount) FILTER (WHERE t.kind = 'reversal'), 0) AS reversed,
        bool_and(a.customer_id = o.customer_id) FILTER (WHERE t.kind = 'reversal') AS is_theirs, sum(e.amount) AS spent
    FROM app.transfers AS t
    JOIN app.orders AS o ON o.id = t.order_id
    LEFT JOIN (app.entries AS e JOIN app.accounts AS a ON a.id = e.account_id AND a.customer_id IS NOT NULL) ON e.transfer_id = t.id
    GROUP BY t.order_id
) AS moved ON moved.order_id = o.id
CROSS JOIN LATERAL (SELECT o.state = 'cancelled' AND NOT EXISTS (
    SELECT FROM app.order_history AS h WHERE h.order_id = o.id AND h.state = 'preparing') AS before_cooking) AS ended
WHERE moved.spent > 0
    OR o.reversed + o.refunded + o.reserved > o.paid
    OR o.reversed <> coalesce(moved.reversed, 0)
    OR coalesce(moved.times, 0) <> (o.reversed > 0)::integer
    OR NOT moved.is_theirs
    OR o.reversed > 0 AND NOT ended.before_cooking
    OR ended.before_cooking AND o.reversed + o.refunded + o.reserved <> o.paid
UNION ALL
SELECT t.command_id
FROM app.transfers AS t
WHERE t.kind = 'reversal' AND NOT EXISTS (SELECT FROM app.orders AS o WHERE o.id = t.order_id)
