-- The trail, as the office reads it: who did what, on what, when, from where and why.
-- Python twin: core/audit/trail.py.

-- One row for each line. `object` is what people call what it was done to, where it has such a name: an order's number (also of a case of it), a
-- person or a login, a kitchen, a dish, an item of the shelf, the kind of a proposal. Customers and their wallets are told by their id alone.
-- `position` is where the line is sealed; null until then, and where no seal covers it. For the office, which sees all kitchens (no barrier: decision 11).
CREATE VIEW api.trail AS
SELECT e.id, e.at, e.person_id, p.name AS person, e.login, host(e.address) AS address, e.program, e.command_id, e.action, e.noun, e.object_id,
    CASE
        WHEN e.noun IN ('orders', 'refunds') THEN (SELECT o.number::text FROM app.orders AS o WHERE o.id = e.object_id)
        WHEN e.noun = 'staff' THEN coalesce((SELECT s.name FROM app.people AS s WHERE s.id = e.object_id), e.after ->> 'login', e.before ->> 'login')
        WHEN e.noun = 'proposals' THEN (SELECT q.kind FROM app.proposals AS q WHERE q.id = e.object_id)
        WHEN e.noun = 'menu' AND e.object_id <> e.kitchen_id THEN (SELECT d.name FROM app.dishes AS d WHERE d.id = e.object_id)
        WHEN e.noun = 'stock' AND e.object_id <> e.kitchen_id THEN (SELECT i.name FROM app.stock_items AS i WHERE i.id = e.object_id)
        WHEN e.noun IN ('kitchens', 'menu', 'stock') THEN k.name
    END AS object,
    e.kitchen_id, k.name AS kitchen, e.reason, e.before, e.after, l.position
FROM app.audit_events AS e
LEFT JOIN app.people AS p ON p.id = e.person_id
LEFT JOIN app.kitchens AS k ON k.id = e.kitchen_id
LEFT JOIN app.leaves AS l ON l.stream = 'events' AND l.row_id = e.id
    AND (l.position > 0) IS TRUE AND l.position <= (SELECT app.sealed_to('events'));

GRANT SELECT ON api.trail TO support, finance_admin, owner_admin, auditor;

-- Who may stand in the trail: every login there ever was, with its person (none: a service or a counter).
CREATE VIEW api.trail_logins AS
SELECT s.login, s.person_id, p.name AS person, s.active
FROM app.staff AS s LEFT JOIN app.people AS p ON p.id = s.person_id;

GRANT SELECT ON api.trail_logins TO support, finance_admin, owner_admin, auditor;


-- Find the lines whose reason holds all of these words, the last of them also when it only begins so, accents and capitals or not; between
-- `since` and `until` (null: any time), of this person, action and kitchen (null: any). Returns the ids of up to 5,001 of them, newest first: with
-- that many there may be more, nobody knows which they are, and the question must be narrowed.
-- A verb and not a filter: row policies keep a search for words from its index, and would read the whole trail for a rare word.
-- RF400: there is no word in it, or it cannot be searched for.
CREATE FUNCTION api.find_trail(words text, person_id uuid, action text, kitchen_id uuid, since timestamptz, until timestamptz)
RETURNS TABLE (id bigint)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET lock_timeout = '5s'
AS $$
DECLARE
    wanted tsquery;
BEGIN
    PERFORM app.enter('support', 'finance_admin', 'owner_admin', 'auditor');
    PERFORM app.check_text('words', words, 200);
    wanted := plainto_tsquery('simple', app.folded(words));
    IF numnode(wanted) = 0 THEN
        PERFORM app.refuse_argument('words', 'There is no word in what you typed.');
    END IF;
    wanted := (wanted::text || ':*')::tsquery;
    RETURN QUERY
    WITH found AS MATERIALIZED (
        SELECT e.id, e.at FROM app.audit_events AS e
        WHERE e.reason IS NOT NULL AND to_tsvector('simple', app.folded(e.reason)) @@ wanted
            AND (find_trail.person_id IS NULL OR e.person_id = find_trail.person_id)
            AND (find_trail.action IS NULL OR e.action = find_trail.action)
            AND (find_trail.kitchen_id IS NULL OR e.kitchen_id = find_trail.kitchen_id)
            AND (since IS NULL OR e.at >= since) AND (until IS NULL OR e.at < until)
        LIMIT 5001
    )
    SELECT f.id FROM found AS f ORDER BY f.at DESC, f.id DESC;
END;
$$;

GRANT EXECUTE ON FUNCTION api.find_trail TO support, finance_admin, owner_admin, auditor;
