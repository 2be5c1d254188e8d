-- Stock: what lies on the shelves, and how it came to be so.
-- Python twin: core/stock/views.py.

CREATE VIEW api.stock WITH (security_barrier) AS
SELECT s.id, s.kitchen_id, s.name, s.place, s.barcode, s.unit, s.unit_size,
    s.on_hand::bigint AS on_hand, s.held::bigint AS held, (s.on_hand - s.held)::bigint AS available,
    s.warn_at::bigint AS warn_at, s.full_at::bigint AS full_at, s.version,
    c.at AS counted_at, counter.name AS counted_by,
    m.at AS changed_at, changer.name AS changed_by, m.kind AS changed_kind, m.order_number AS changed_order,
    (m.change - m.change_held)::bigint AS change
FROM app.stock_items AS s
JOIN app.stock_movements AS m ON m.item_id = s.id AND m.number = s.movements
LEFT JOIN app.people AS changer ON changer.id = m.person_id
LEFT JOIN app.stock_movements AS c ON c.item_id = s.id AND c.number = s.counted
    AND NOT EXISTS (SELECT FROM app.stock_movements AS u WHERE u.item_id = c.item_id AND u.undoes = c.number)
LEFT JOIN app.people AS counter ON counter.id = c.person_id;

GRANT SELECT ON api.stock TO kitchen_staff, kitchen_manager, counter_device, support, finance_admin, owner_admin, auditor;

CREATE VIEW api.stock_movements WITH (security_barrier) AS
SELECT m.item_id, m.number, m.kitchen_id, m.kind, m.change::bigint AS change, m.change_held::bigint AS change_held,
    m.on_hand::bigint AS on_hand, m.held::bigint AS held, m.version, m.order_id, m.order_number, m.undoes, m.reason, m.note,
    p.name AS by, m.login, m.at
FROM app.stock_movements AS m LEFT JOIN app.people AS p ON p.id = m.person_id;

GRANT SELECT ON api.stock_movements TO kitchen_staff, kitchen_manager, counter_device, support, finance_admin, owner_admin, auditor;
