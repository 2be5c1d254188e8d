-- I07 money: Each order was paid in full, once, from its customer's wallet, before a kitchen saw it; what waits for money or expired was not
-- Wallet orders from before the first transfer are left out: there was no money in here yet, and they were paid elsewhere.
SELECT o.id
FROM app.orders AS o
LEFT JOIN (
    SELECT t.order_id, count(*) AS times, sum(-e.amount) AS amount, (array_agg(a.customer_id))[1] AS customer_id
    FROM app.transfers AS t
    LEFT JOIN (app.entries AS e JOIN app.accounts AS a ON a.id = e.account_id AND a.customer_id IS NOT NULL) ON e.transfer_id = t.id
    WHERE t.kind = 'payment' GROUP BY t.order_id
) AS payment ON payment.order_id = o.id
WHERE o.paid <> coalesce(payment.amount, 0)
    OR coalesce(payment.times, 0) <> (o.paid > 0)::integer
    OR payment.customer_id <> o.customer_id
    OR o.paid <> CASE WHEN o.state IN ('awaiting_payment', 'expired') THEN 0 ELSE o.total END
        AND (o.pay_with = 'card' OR o.placed_at > (SELECT min(t.at) FROM app.transfers AS t))
UNION ALL
SELECT t.command_id
FROM app.transfers AS t
WHERE t.kind = 'payment' AND NOT EXISTS (SELECT FROM app.orders AS o WHERE o.id = t.order_id)
