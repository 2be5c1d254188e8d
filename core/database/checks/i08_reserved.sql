-- I08b money: What is set aside on an order's line is what refunds under way will give back of it, and what was refunded is what they gave back
SELECT l.order_id
FROM app.order_lines AS l
LEFT JOIN (
    SELECT r.order_id, r.dish_id, sum(r.quantity) FILTER (WHERE r.state = 'done') AS refunded,
        sum(r.quantity) FILTER (WHERE r.state IN ('confirmed', 'sending', 'unknown')) AS reserved
    FROM app.refund_lines AS r GROUP BY r.order_id, r.dish_id
) AS r ON r.order_id = l.order_id AND r.dish_id = l.dish_id
WHERE (l.refunded, l.reserved) <> (coalesce(r.refunded, 0), coalesce(r.reserved, 0))
