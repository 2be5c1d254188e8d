-- Orders, as they are read: the kitchen's view knows no customer and no money.
-- Python twin: core/orders/views.py.

CREATE VIEW api.orders WITH (security_barrier) AS
SELECT o.id, o.number, o.kitchen_id, o.state, o.version, o.note, o.placed_at, o.changed_at
FROM app.orders AS o;

GRANT SELECT ON api.orders TO kitchen_staff, kitchen_manager, counter_device, support, finance_admin, owner_admin, auditor;

CREATE VIEW api.order_lines WITH (security_barrier) AS
SELECT l.order_id, l.dish_id, l.dish, l.quantity
FROM app.order_lines AS l JOIN app.orders AS o ON o.id = l.order_id;

GRANT SELECT ON api.order_lines TO kitchen_staff, kitchen_manager, counter_device, support, finance_admin, owner_admin, auditor;

CREATE VIEW api.priced_lines WITH (security_barrier) AS
SELECT l.order_id, l.dish_id, l.dish, l.quantity, l.unit_price::bigint AS unit_price
FROM app.order_lines AS l JOIN app.orders AS o ON o.id = l.order_id;

GRANT SELECT ON api.priced_lines TO support, finance_admin, owner_admin, auditor;

CREATE VIEW api.placed_orders WITH (security_barrier) AS
SELECT o.id, o.number, o.kitchen_id, o.customer_id, o.state, o.version, o.total::bigint AS total, o.placed_at
FROM app.orders AS o;

GRANT SELECT ON api.placed_orders TO support, finance_admin, owner_admin, auditor;

-- For the office, which sees all kitchens and all customers, so there is nothing a barrier could keep back; without it the
-- planner walks the index of the order asked for and stops at the page's end.
CREATE VIEW api.order_list AS
SELECT o.id, o.number, o.kitchen_id, k.name AS kitchen, c.name AS customer, o.state, o.total::bigint AS total,
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
