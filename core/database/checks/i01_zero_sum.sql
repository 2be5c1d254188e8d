-- I01 money: Each transfer has two entries or more, and they sum to zero; no entry is without its transfer
SELECT coalesce(t.id, e.transfer_id) AS id
FROM app.transfers AS t FULL JOIN app.entries AS e ON e.transfer_id = t.id
GROUP BY coalesce(t.id, e.transfer_id)
HAVING count(e.id) < 2 OR sum(e.amount) <> 0 OR count(t.id) < 2
