-- I24 money: Nothing ran that was confirmed after its expiry, or approved too late
SELECT p.id
FROM app.proposals AS p
WHERE p.confirmed_at >= p.expires_at OR p.approved_at > p.approve_by
    OR p.state IN ('running', 'stopped', 'done') AND p.confirmed_at IS NULL
