-- I10 money: What ran above the limits in force when it was confirmed, and what gives somebody more power, was approved by another person
SELECT p.id
FROM app.proposals AS p
WHERE (p.approved_by IS NULL OR p.approved_by = p.person_id)
    AND (p.kind = 'refund' AND (p.total > p.alone_limit OR p.day_total > p.day_limit) AND (p.state IN ('running', 'stopped', 'done')
            OR EXISTS (SELECT FROM app.refund_lines AS r WHERE r.proposal_id = p.id AND r.state IN ('done', 'sending', 'unknown', 'failed')))
        OR p.state IN ('running', 'stopped', 'done') AND (p.kind = 'limits' AND p.impact -> 'raises' = 'true'
            OR p.kind = 'approver' AND jsonb_array_length(p.impact -> 'approvers') >= 2 OR p.kind = 'release'))
UNION ALL
SELECT p.id
FROM app.proposals AS p
WHERE p.approved_by = p.person_id OR p.kind = 'refund' AND p.confirmed_at IS NOT NULL AND (p.alone_limit, p.day_limit, p.day_total) IS NULL
