-- I06 money: All entries together sum to zero
SELECT sum(e.amount) AS total
FROM app.entries AS e
HAVING sum(e.amount) <> 0
