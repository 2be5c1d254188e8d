-- Refunds, as they are read: what each gives back to which order, what runs, and which orders wait for somebody to decide.
-- Python twin: core/refunds/views.py.

-- The orders of a refund, each with what of it is to be given back (or left out, and why) and what became of that. An order some of whose
-- lines are another way stands here once for each way. No barrier: only the office reads it, and it sees every order.
CREATE VIEW api.refund_orders AS
SELECT r.proposal_id, r.order_id, o.number, o.kitchen_id, k.name AS kitchen, o.customer_id, c.name AS customer, o.pay_with, o.state AS order_state,
    o.placed_at, r.destination, r.state, coalesce(r.why, '') AS why, sum(r.amount)::bigint AS amount, sum(r.quantity)::integer AS portions,
    string_agg(CASE r.quantity WHEN 1 THEN l.dish ELSE r.quantity || ' × ' || l.dish END, ', ' ORDER BY l.dish) AS dishes, max(r.at) AS at,
    o.paid::bigint AS paid, (o.reversed + o.refunded)::bigint AS given_back
FROM app.refund_lines AS r
JOIN app.orders AS o ON o.id = r.order_id
JOIN app.order_lines AS l ON l.order_id = r.order_id AND l.dish_id = r.dish_id
JOIN app.kitchens AS k ON k.id = o.kitchen_id
JOIN app.customers AS c ON c.id = o.customer_id
GROUP BY r.proposal_id, r.order_id, r.destination, r.state, r.why, o.number, o.kitchen_id, k.name, o.customer_id, c.name, o.pay_with, o.state,
    o.placed_at, o.paid, o.reversed, o.refunded;

GRANT SELECT ON api.refund_orders TO support, finance_admin, owner_admin, auditor;

-- How far each refund is: lines by what became of them.
CREATE VIEW api.refund_progress WITH (security_barrier) AS
SELECT r.proposal_id, count(*) FILTER (WHERE r.state = 'done') AS done, count(*) FILTER (WHERE r.state = 'confirmed') AS waiting,
    count(*) FILTER (WHERE r.state = 'sending') AS sending, count(*) FILTER (WHERE r.state = 'unknown') AS unknown,
    count(*) FILTER (WHERE r.state = 'failed') AS failed, count(*) FILTER (WHERE r.state = 'left_out') AS left_out,
    coalesce(sum(r.amount) FILTER (WHERE r.state = 'done'), 0)::bigint AS amount_done
FROM app.refund_lines AS r GROUP BY r.proposal_id;

GRANT SELECT ON api.refund_progress TO support, finance_admin, owner_admin, auditor;

-- What can still be given back of each line of an order: portions, and kobo for one.
CREATE VIEW api.refundable_lines AS
SELECT l.order_id, l.dish_id, l.dish, l.quantity, l.unit_price::bigint AS unit_price, l.refunded, l.reserved,
    CASE WHEN o.paid > 0 AND o.reversed = 0 THEN l.quantity - l.refunded - l.reserved ELSE 0 END AS left_there
FROM app.order_lines AS l JOIN app.orders AS o ON o.id = l.order_id;

GRANT SELECT ON api.refundable_lines TO support, finance_admin, owner_admin, auditor;

-- Refunds with lines that the worker has to run.
CREATE VIEW api.running_refunds WITH (security_barrier) AS
SELECT p.id, p.confirmed_at
FROM app.proposals AS p
WHERE p.kind = 'refund' AND p.state = 'running'
    AND EXISTS (SELECT FROM app.refund_lines AS r WHERE r.proposal_id = p.id AND r.state = 'confirmed');

GRANT SELECT ON api.running_refunds TO support, finance_admin, owner_admin, auditor, svc_worker;

-- Orders that somebody paid for and will not get: cancelled after cooking began, with money not given back; or promised food that the shelf
-- does not hold any more, in the order they are promised. `amount` is what can still be given back.
CREATE VIEW api.refund_cases AS
SELECT o.id AS order_id, o.number, o.kitchen_id, k.name AS kitchen, o.customer_id, c.name AS customer, o.state AS order_state, o.pay_with,
    found.why, found.reason, found.by, found.at, (o.paid - o.reversed - o.refunded - o.reserved)::bigint AS amount
FROM (
    SELECT o.id AS order_id, 'cancelled' AS why, h.reason, p.name AS by, h.at
    FROM app.orders AS o JOIN app.order_history AS h ON h.order_id = o.id AND h.version = o.version
    LEFT JOIN app.people AS p ON p.id = h.person_id
    WHERE o.state = 'cancelled' AND o.paid > o.reversed + o.refunded + o.reserved
    UNION ALL
    SELECT waiting.order_id, 'short', string_agg(waiting.name, ', ' ORDER BY waiting.name), NULL, max(waiting.at)
    FROM (
        SELECT o.id AS order_id, s.name, s.on_hand, o.placed_at AS at,
            sum(m.change_held) OVER (PARTITION BY s.id ORDER BY o.promised_at, o.number) AS so_far
        FROM app.stock_items AS s
        JOIN app.orders AS o ON o.kitchen_id = s.kitchen_id AND o.state NOT IN ('delivered', 'cancelled', 'expired')
        JOIN app.stock_movements AS m ON m.order_id = o.id AND m.item_id = s.id AND m.kind = 'hold'
        WHERE s.held > s.on_hand AND o.state IN ('placed', 'accepted')
    ) AS waiting
    WHERE waiting.so_far > waiting.on_hand GROUP BY waiting.order_id
) AS found
JOIN app.orders AS o ON o.id = found.order_id
JOIN app.kitchens AS k ON k.id = o.kitchen_id
JOIN app.customers AS c ON c.id = o.customer_id
WHERE o.paid > o.reversed + o.refunded + o.reserved
    AND NOT EXISTS (SELECT FROM app.dismissed_cases AS d WHERE d.order_id = o.id AND d.at >= found.at);

GRANT SELECT ON api.refund_cases TO support, finance_admin, owner_admin, auditor;

-- Orders that were put forward for a refund, and of which somebody decided that none is due.
CREATE VIEW api.dismissed_cases WITH (security_barrier) AS
SELECT d.order_id, d.reason, p.name AS by, d.at
FROM app.dismissed_cases AS d LEFT JOIN app.people AS p ON p.id = d.person_id;

GRANT SELECT ON api.dismissed_cases TO support, finance_admin, owner_admin, auditor;
