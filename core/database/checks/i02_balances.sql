-- I02 money: Each wallet's balance is the sum of its entries
SELECT a.id
FROM app.accounts AS a
WHERE a.customer_id IS NOT NULL
    AND a.balance <> (SELECT coalesce(sum(e.amount), 0) FROM app.entries AS e WHERE e.account_id = a.id)
