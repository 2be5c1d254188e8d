-- Orders, as they are read: the kitchen's view knows no customer and no money.
-- Python twin: core/orders/views.py.

CREATE VIEW api.orders WITH (security_barrier) AS
SELECT o.id, o.number, o.kitchen_id, o.state, o.version, o.note, o.placed_at, o.promised_at, o.changed_at
FROM app.orders AS o;

GRANT SELECT ON api.orders TO kitchen_staff, kitchen_manager, counter_device, support, finance_admin, owner_admin, auditor;

-- What a kitchen works on: each order that is not finished or was cancelled in the last hour, with its newest step, who took it, and
-- where it came from. It knows no customer and no money. now() may be frozen by the caller: nothing but a picture hangs on it.
CREATE VIEW api.queue WITH (security_barrier) AS
SELECT o.id, o.number, o.kitchen_id, o.state, o.version, o.note, o.placed_at, o.promised_at, o.due_at, o.changed_at,
    before.state AS came_from, p.name AS changed_by, h.person_id AS changed_by_id, h.reason
FROM app.orders AS o
JOIN app.order_history AS h ON h.order_id = o.id AND h.version = o.version
LEFT JOIN app.order_history AS before ON before.order_id = o.id AND before.version = o.version - 1
LEFT JOIN app.people AS p ON p.id = h.person_id
WHERE o.state NOT IN ('delivered', 'cancelled', 'expired') OR o.state = 'cancelled' AND o.changed_at > now() - interval '1 hour';

GRANT SELECT ON api.queue TO kitchen_staff, kitchen_manager, counter_device, support, finance_admin, owner_admin, auditor;

-- What an order paid, what went back and what is set aside for a refund, for whoever may cancel it: gives_back is what cancelling it now
-- would give back, may_cancel whether the edges let whoever asks do so.
CREATE VIEW api.order_money WITH (security_barrier) AS
SELECT o.id AS order_id, o.total::bigint AS total, o.paid::bigint AS paid, o.reversed::bigint AS reversed, o.refunded::bigint AS refunded,
    o.reserved::bigint AS reserved,
    CASE WHEN o.state IN ('placed', 'accepted') THEN (o.paid - o.reversed - o.refunded - o.reserved)::bigint ELSE 0 END AS gives_back,
    EXISTS (SELECT FROM app.order_edges AS e JOIN app.staff AS s ON s.role = ANY (e.who)
        WHERE e.src = o.state AND e.dst = 'cancelled' AND s.login = session_user) AS may_cancel,
    o.pay_with, o.due_at
FROM app.orders AS o;

GRANT SELECT ON api.order_money TO kitchen_manager, support, finance_admin, owner_admin, auditor;

CREATE VIEW api.order_lines WITH (security_barrier) AS
SELECT l.order_id, l.dish_id, l.dish, l.quantity,
    EXISTS (SELECT FROM app.ready_dishes AS r WHERE r.order_id = l.order_id AND r.dish_id = l.dish_id) AS is_ready
FROM app.order_lines AS l JOIN app.orders AS o ON o.id = l.order_id;

GRANT SELECT ON api.order_lines TO kitchen_staff, kitchen_manager, counter_device, support, finance_admin, owner_admin, auditor;

CREATE VIEW api.priced_lines WITH (security_barrier) AS
SELECT l.order_id, l.dish_id, l.dish, l.quantity, l.unit_price::bigint AS unit_price
FROM app.order_lines AS l JOIN app.orders AS o ON o.id = l.order_id;

GRANT SELECT ON api.priced_lines TO support, finance_admin, owner_admin, auditor;

-- Card orders whose time to pay is over, for the worker that ends them. A freeze of all money stops that clock.
CREATE VIEW api.overdue_orders WITH (security_barrier) AS
SELECT o.id, o.number, o.due_at FROM app.orders AS o WHERE o.state = 'awaiting_payment' AND o.due_at <= now() AND app.due_by(o.due_at) <= now();

GRANT SELECT ON api.overdue_orders TO support, finance_admin, owner_admin, auditor, svc_worker;

CREATE VIEW api.placed_orders WITH (security_barrier) AS
SELECT o.id, o.number, o.kitchen_id, o.customer_id, o.state, o.version, o.total::bigint AS total, o.pay_with, o.due_at, o.placed_at
FROM app.orders AS o;

GRANT SELECT ON api.placed_orders TO support, finance_admin, owner_admin, auditor;

-- For the office, which sees all kitchens and all customers, so there is nothing a barrier could keep back; without it the
-- planner walks the index of the order asked for and stops at the page's end.
CREATE VIEW api.order_list AS
SELECT o.id, o.number, o.kitchen_id, k.name AS kitchen, o.customer_id, c.name AS customer, c.sort_name, o.state, o.pay_with,
    o.total::bigint AS total, (o.reversed + o.refunded)::bigint AS went_back,
    (SELECT sum(l.quantity) FROM app.order_lines AS l WHERE l.order_id = o.id) AS dishes, o.placed_at, o.changed_at
FROM app.orders AS o
JOIN app.kitchens AS k ON k.id = o.kitchen_id
JOIN app.customers AS c ON c.id = o.customer_id;

GRANT SELECT ON api.order_list TO support, finance_admin, owner_admin, auditor;

CREATE VIEW api.order_history WITH (security_barrier) AS
SELECT h.order_id, h.version, h.state, h.reason, p.name AS by, h.login, h.at
FROM app.order_history AS h
JOIN app.orders AS o ON o.id = h.order_id
LEFT JOIN app.people AS p ON p.id = h.person_id;

GRANT SELECT ON api.order_history TO kitchen_staff, kitchen_manager, counter_device, support, finance_admin, owner_admin, auditor;
