-- Orders: everything that happened to one, on one line of time. Facts without words: those are the programs', and translated.
-- Python twin: core/orders/story.py.

-- One row for each thing that happened to an order, told once: its steps; what it held, used and gave back, one row a step; money, as much
-- as moved; what the card's provider answered; its dishes, ready or not after all; and, from the trail, what else was done to it and to
-- its refunds from their confirmation on (amount: this order's part). What was done at once has one command_id.
-- A new source of news is one more SELECT here, found by an index on its order.
CREATE VIEW api.order_story WITH (security_barrier) AS
SELECT s.order_id, s.command_id, s.at, s.kind, s.what, s.amount, s.facts, s.reason, p.name AS by, coalesce(s.login, o.placed_by) AS login
FROM app.orders AS o
JOIN (
    SELECT h.order_id, h.command_id, h.at, 'step' AS kind, h.state AS what, NULL::bigint AS amount, NULL::jsonb AS facts, h.reason,
        h.person_id, h.login
    FROM app.order_history AS h
    UNION ALL
    SELECT m.order_id, m.command_id, min(m.at), 'stock', 'hold', NULL, jsonb_build_object('items', jsonb_agg(jsonb_build_object(
            'name', i.name, 'quantity', m.change_held, 'unit', i.unit, 'unit_size', i.unit_size) ORDER BY i.name, i.id)),
        NULL, m.person_id, m.login
    FROM app.stock_movements AS m JOIN app.stock_items AS i ON i.id = m.item_id
    WHERE m.kind = 'hold' GROUP BY m.order_id, m.command_id, m.person_id, m.login
    UNION ALL
    SELECT m.order_id, m.command_id, min(m.at), 'stock', m.kind, NULL, jsonb_build_object('items', jsonb_agg(jsonb_build_object(
            'name', i.name, 'quantity', -m.change_held, 'unit', i.unit, 'unit_size', i.unit_size) ORDER BY i.name, i.id)),
        NULL, m.person_id, m.login
    FROM app.stock_movements AS m JOIN app.stock_items AS i ON i.id = m.item_id
    WHERE m.kind IN ('use', 'release') GROUP BY m.order_id, m.command_id, m.kind, m.person_id, m.login
    UNION ALL
    SELECT t.order_id, t.command_id, t.at, 'money', t.kind,
        (SELECT sum(e.amount) FROM app.entries AS e WHERE e.transfer_id = t.id AND e.amount > 0)::bigint, NULL, NULL, t.person_id, t.login
    FROM app.transfers AS t
    UNION ALL  -- what a card brought in goes through the wallet
    SELECT y.order_id, t.command_id, t.at, 'money', t.kind, y.amount::bigint, NULL, NULL, t.person_id, t.login
    FROM app.payments AS y JOIN app.transfers AS t ON t.kind = 'top_up' AND t.reference = 'payment:' || y.id
    UNION ALL
    SELECT y.order_id, y.id, y.created_at, 'card', 'asked', y.amount::bigint, NULL, NULL, NULL, NULL
    FROM app.payments AS y
    UNION ALL
    SELECT y.order_id, a.command_id, a.at, 'card', a.after ->> 'state', (a.after ->> 'amount')::bigint,
        jsonb_build_object('currency', a.after -> 'currency', 'provider_id', a.after -> 'provider_id'), NULL, a.person_id, a.login
    FROM app.payments AS y JOIN app.audit_events AS a ON a.object_id = y.id AND a.action = 'settle_payment'
    UNION ALL
    SELECT a.object_id, a.command_id, a.at, 'dish', CASE WHEN (a.after ->> 'ready')::boolean THEN 'ready' ELSE 'not_ready' END, NULL,
        jsonb_build_object('dish', (SELECT l.dish FROM app.order_lines AS l
            WHERE l.order_id = a.object_id AND l.dish_id = (a.after ->> 'dish')::uuid)), NULL, a.person_id, a.login
    FROM app.audit_events AS a WHERE a.action = 'mark_dish_ready'
    UNION ALL
    SELECT a.object_id, a.command_id, a.at, 'act', a.action, NULL, NULL, a.reason, a.person_id, a.login
    FROM app.audit_events AS a
    WHERE a.action NOT IN ('mark_dish_ready', 'settle_payment', 'refund_order') AND NOT EXISTS (
        SELECT FROM app.order_history AS h WHERE h.order_id = a.object_id AND h.command_id = a.command_id)
    UNION ALL
    SELECT r.order_id, a.command_id, a.at, 'act', a.action, r.amount, jsonb_build_object('state', a.after -> 'state'), a.reason, a.person_id, a.login
    FROM (
        SELECT l.order_id, l.proposal_id, sum(l.amount)::bigint AS amount
        FROM app.refund_lines AS l JOIN app.proposals AS q ON q.id = l.proposal_id
        WHERE l.at >= q.confirmed_at GROUP BY l.order_id, l.proposal_id
    ) AS r JOIN app.audit_events AS a ON a.object_id = r.proposal_id AND a.action NOT LIKE 'preview%'
    UNION ALL  -- what is on its way back to a card, and what could not be given back, as it stands now
    SELECT l.order_id, l.proposal_id, max(l.at), 'act', 'refund_' || l.state, sum(l.amount)::bigint, jsonb_build_object('why', l.why), NULL,
        coalesce(q.approved_by, q.person_id), coalesce(q.approved_login, q.login)
    FROM app.refund_lines AS l JOIN app.proposals AS q ON q.id = l.proposal_id
    WHERE l.state IN ('sending', 'unknown', 'failed') OR l.state = 'done' AND l.destination = 'card'
    GROUP BY l.order_id, l.proposal_id, l.state, l.why, q.approved_by, q.person_id, q.approved_login, q.login
) AS s ON s.order_id = o.id
LEFT JOIN app.people AS p ON p.id = s.person_id;

GRANT SELECT ON api.order_story TO support, finance_admin, owner_admin, auditor;
