-- I05 money: Each wallet's version is the number of its entries, and the company's accounts keep none
SELECT a.id
FROM app.accounts AS a
WHERE a.customer_id IS NOT NULL AND a.version <> (SELECT count(*) FROM app.entries AS e WHERE e.account_id = a.id)
    OR a.customer_id IS NULL AND EXISTS (SELECT FROM app.entries AS e WHERE e.account_id = a.id AND e.account_version IS NOT NULL)
