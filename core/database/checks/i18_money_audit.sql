-- I18b money: Each transfer has an audit row of the same login and person in the same transaction
SELECT t.id
FROM app.transfers AS t
WHERE NOT EXISTS (SELECT FROM app.audit_events AS a WHERE a.xid = t.xid AND a.command_id = t.command_id AND a.login = t.login
    AND a.person_id IS NOT DISTINCT FROM t.person_id)
