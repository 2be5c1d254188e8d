-- I25 money: What a person refunded without a second one never came to more than the limit of that Lagos day, as it was at each confirmation
SELECT alone.id
FROM (
    SELECT p.id, p.day_limit, sum(p.total) OVER (
        PARTITION BY p.person_id, ((p.confirmed_at AT TIME ZONE 'UTC') + interval '1 hour')::date ORDER BY p.confirmed_at, p.id) AS so_far
    FROM app.proposals AS p
    WHERE p.kind = 'refund' AND p.confirmed_at IS NOT NULL AND p.approved_by IS NULL AND (p.state IN ('running', 'stopped', 'done')
        OR EXISTS (SELECT FROM app.refund_lines AS r WHERE r.proposal_id = p.id AND r.state = 'done'))
) AS alone
WHERE alone.so_far > alone.day_limit
