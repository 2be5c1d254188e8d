-- I28 money: Nothing was posted while money was frozen, and each freeze began and ended in the trail, by two people or the administrator
-- By numbers, whatever the clock did. What had its number before the freeze, or gets one after the release, is none of it. Of those between,
-- what was given its transaction's number after that of a later run, which saw the freeze committed, must have been refused. Until there is such
-- a run (the worker's looks after ten seconds) the clock tells: one that read just before the freeze was committed may still have been posted,
-- for ten seconds.
SELECT t.id::text
FROM app.freezes AS f
JOIN app.transfers AS t ON t.id > f.from_transfer AND t.id <= coalesce(f.upto_transfer, 9223372036854775807)
WHERE t.xid > f.shut_xid OR f.shut_xid IS NULL AND t.at > f.since + interval '10 seconds'
UNION ALL
SELECT f.id::text
FROM app.freezes AS f
LEFT JOIN app.proposals AS p ON p.id = f.proposal_id
WHERE NOT EXISTS (SELECT FROM app.audit_events AS a WHERE a.object_id = f.id AND a.action = 'freeze_money')
    OR f.released_at IS NOT NULL AND NOT EXISTS (
        SELECT FROM app.audit_events AS a WHERE a.object_id = f.id AND a.action = 'release_money' AND a.login = f.released_login)
    OR f.proposal_id IS NOT NULL AND (p.kind = 'release' AND p.state = 'done' AND p.approved_by <> p.person_id) IS NOT TRUE
    OR f.released_at IS NOT NULL AND f.proposal_id IS NULL AND EXISTS (SELECT FROM app.staff AS s WHERE s.login = f.released_login)
