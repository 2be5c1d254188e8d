-- I10: What ran above the limits in force when it was confirmed, and what gives somebody more power, was approved by another person
SELECT p.id
FROM app.proposals AS p
WHERE p.state IN ('running', 'stopped', 'done') AND (p.approved_by IS NULL OR p.approved_by = p.person_id)
    AND (p.kind = 'refund' AND (p.total > p.alone_limit OR p.day_total > p.day_limit) OR p.kind = 'limits' AND p.impact -> 'raises' = 'true')
UNION ALL
SELECT p.id
FROM app.proposals AS p
WHERE p.approved_by = p.person_id OR p.kind = 'refund' AND p.confirmed_at IS NOT NULL AND (p.alone_limit, p.day_limit, p.day_total) IS NULL
