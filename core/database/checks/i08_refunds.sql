-- I08 money: What an order says was refunded is what its refund transfers gave back and what its lines say, and never more than was paid
SELECT o.id
FROM app.orders AS o
LEFT JOIN (
    SELECT t.order_id, sum(e.amount) AS amount
    FROM app.transfers AS t JOIN app.entries AS e ON e.transfer_id = t.id AND e.amount > 0
    WHERE t.kind = 'refund' GROUP BY t.order_id
) AS moved ON moved.order_id = o.id
LEFT JOIN (
    SELECT l.order_id, sum(l.refunded * l.unit_price) AS refunded, sum(l.reserved * l.unit_price) AS reserved
    FROM app.order_lines AS l GROUP BY l.order_id
) AS lines ON lines.order_id = o.id
WHERE o.refunded > o.paid OR o.refunded <> coalesce(moved.amount, 0) OR o.refunded <> coalesce(lines.refunded, 0)
    OR o.reserved <> coalesce(lines.reserved, 0)
UNION ALL
SELECT t.command_id
FROM app.transfers AS t
WHERE t.kind = 'refund' AND NOT EXISTS (SELECT FROM app.orders AS o WHERE o.id = t.order_id)
