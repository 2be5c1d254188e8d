-- I09 money: Each refund belongs to a confirmed proposal that lists its lines; what was given back, counts and totals agree both ways
WITH listed AS (
    SELECT r.proposal_id, r.order_id, sum(r.amount) FILTER (WHERE r.state = 'done' AND r.destination = 'wallet') AS given
    FROM app.refund_lines AS r GROUP BY r.proposal_id, r.order_id
), given AS (
    SELECT t.command_id AS proposal_id, t.order_id, t.reference, sum(e.amount) FILTER (WHERE e.amount > 0) AS amount
    FROM app.transfers AS t JOIN app.entries AS e ON e.transfer_id = t.id WHERE t.kind = 'refund' GROUP BY t.id
)
SELECT coalesce(given.proposal_id, listed.proposal_id) AS id
FROM given FULL JOIN listed ON listed.proposal_id = given.proposal_id AND listed.order_id = given.order_id
WHERE given.amount IS DISTINCT FROM listed.given
    OR given.reference <> concat('refund:', given.proposal_id, ':', given.order_id)
UNION ALL
SELECT r.proposal_id
FROM app.refund_lines AS r JOIN app.proposals AS p ON p.id = r.proposal_id
WHERE (p.confirmed_at IS NULL) <> (r.state = 'proposed') AND r.state <> 'left_out' OR p.kind <> 'refund'
UNION ALL
SELECT p.id
FROM app.proposals AS p LEFT JOIN (
    SELECT r.proposal_id, count(*) AS lines, sum(r.amount) AS total
    FROM app.refund_lines AS r WHERE r.state <> 'left_out' OR r.why IN ('rejected', 'withdrawn', 'lapsed') GROUP BY r.proposal_id
) AS r ON r.proposal_id = p.id
WHERE p.kind = 'refund' AND p.confirmed_at IS NOT NULL AND (r.lines, r.total) IS DISTINCT FROM (p.lines::bigint, p.total::numeric)
