-- I14b guards: The edges that orders may walk, and who may walk them, are those that were decided
WITH decided (src, dst, who, recall) AS (VALUES
    ('awaiting_payment', 'placed', '{svc_worker}'::text[], false),
    ('awaiting_payment', 'expired', '{svc_worker}', false),
    ('placed', 'accepted', '{kitchen_staff,kitchen_manager}', false),
    ('placed', 'cancelled', '{svc_ordering,kitchen_manager,support,finance_admin}', false),
    ('accepted', 'preparing', '{kitchen_staff,kitchen_manager}', false),
    ('accepted', 'cancelled', '{kitchen_manager,support,finance_admin}', false),
    ('accepted', 'placed', '{kitchen_staff,kitchen_manager}', true),
    ('preparing', 'ready', '{kitchen_staff,kitchen_manager}', false),
    ('preparing', 'cancelled', '{kitchen_manager,finance_admin}', false),
    ('ready', 'out', '{kitchen_staff,kitchen_manager}', false),
    ('ready', 'preparing', '{kitchen_staff,kitchen_manager}', true),
    ('out', 'delivered', '{kitchen_staff,kitchen_manager,svc_ordering}', false),
    ('out', 'ready', '{kitchen_staff,kitchen_manager}', true)
)
(SELECT e.src, e.dst, e.who, e.recall FROM app.order_edges AS e EXCEPT SELECT d.src, d.dst, d.who, d.recall FROM decided AS d)
UNION ALL
(SELECT d.src, d.dst, d.who, d.recall FROM decided AS d EXCEPT SELECT e.src, e.dst, e.who, e.recall FROM app.order_edges AS e)
