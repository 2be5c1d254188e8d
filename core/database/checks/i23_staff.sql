-- I23 guards: Each login that may sign in has an active row, in the group of its role, and each active row has its login
SELECT coalesce(s.login::text, member.login::text) AS name
FROM (SELECT a.login, a.role FROM app.staff AS a WHERE a.active) AS s
FULL JOIN (
    SELECT r.rolname AS login, g.rolname::text AS role
    FROM pg_roles AS r JOIN pg_auth_members AS m ON m.member = r.oid JOIN pg_roles AS g ON g.oid = m.roleid
    WHERE r.rolcanlogin AND shobj_description(g.oid, 'pg_authid') LIKE 'Rachel Foods: group:%'
) AS member ON member.login = s.login AND member.role = s.role
WHERE s.login IS NULL OR member.login IS NULL
