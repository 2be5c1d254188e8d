-- I17 money: A payment is a success exactly when one top-up of its amount was credited to its customer
SELECT p.id
FROM app.payments AS p
LEFT JOIN (
    SELECT t.reference, count(*) AS times, sum(e.amount) AS amount, (array_agg(a.customer_id))[1] AS customer_id
    FROM app.transfers AS t
    LEFT JOIN (app.entries AS e JOIN app.accounts AS a ON a.id = e.account_id AND a.customer_id IS NOT NULL) ON e.transfer_id = t.id
    WHERE t.kind = 'top_up' GROUP BY t.reference
) AS credit ON credit.reference = 'payment:' || p.id
WHERE (p.state = 'success') <> (credit.times IS NOT DISTINCT FROM 1)
    OR credit.times IS NOT NULL AND (credit.amount, credit.customer_id) IS DISTINCT FROM (p.amount::numeric, p.customer_id)
UNION ALL
SELECT t.command_id
FROM app.transfers AS t
WHERE t.kind = 'top_up' AND NOT EXISTS (SELECT FROM app.payments AS p WHERE t.reference = 'payment:' || p.id)
