-- I08: What an order says was refunded is what its refund transfers gave back, and never more than was paid
SELECT o.id
FROM app.orders AS o
WHERE o.refunded > o.paid OR o.refunded <> (
    SELECT coalesce(sum(e.amount), 0)
    FROM app.transfers AS t JOIN app.entries AS e ON e.transfer_id = t.id AND e.amount > 0
    WHERE t.order_id = o.id AND t.kind = 'refund')
UNION ALL
SELECT t.command_id
FROM app.transfers AS t
WHERE t.kind = 'refund' AND NOT EXISTS (SELECT FROM app.orders AS o WHERE o.id = t.order_id)
