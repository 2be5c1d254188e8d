-- I04 money: The steps of each wallet are numbered 1 to n without a gap, each balance is the one before plus the amount
SELECT step.account_id, step.account_version
FROM (
    SELECT e.account_id, e.account_version, e.amount, e.balance_after,
        lag(e.account_version, 1, 0) OVER steps AS version_before,
        lag(e.balance_after::bigint, 1, 0::bigint) OVER steps AS balance_before
    FROM app.entries AS e JOIN app.accounts AS a ON a.id = e.account_id AND a.customer_id IS NOT NULL
    WINDOW steps AS (PARTITION BY e.account_id ORDER BY e.account_version)
) AS step
WHERE step.account_version IS DISTINCT FROM step.version_before + 1
    OR step.balance_after IS DISTINCT FROM step.balance_before + step.amount
