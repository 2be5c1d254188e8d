-- I03 money: No wallet is below zero, now or after any step of its history
SELECT a.id FROM app.accounts AS a WHERE a.balance < 0
UNION ALL
SELECT step.account_id
FROM (
    SELECT e.account_id, e.balance_after, sum(e.amount) OVER (PARTITION BY e.account_id ORDER BY e.account_version) AS reached
    FROM app.entries AS e JOIN app.accounts AS a ON a.id = e.account_id AND a.customer_id IS NOT NULL
) AS step
WHERE step.balance_after < 0 OR step.reached < 0
