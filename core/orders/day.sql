-- Orders by the hour: how many were placed, and what was paid for them, on each of the last eight days.
-- Python twin: core/orders/day.py.

-- A day is Lagos's and 0 is today; so_far counts what was placed by this time of that day. Whoever asks says which days: each costs its
-- own orders, found by the index on placed_at. now() may be frozen by the caller: nothing but a picture hangs on it.
CREATE VIEW api.order_hours WITH (security_barrier) AS
SELECT d.days_ago, d.begins AS day, h.hour, h.state, h.orders, h.paid, h.orders_so_far, h.paid_so_far
FROM (
    SELECT ago AS days_ago, now() - ago * interval '24 hours' AS so_far,
        date_trunc('day', now() + interval '1 hour', 'UTC') - (1 + 24 * ago) * interval '1 hour' AS begins
    FROM generate_series(0, 7) AS ago
) AS d
CROSS JOIN LATERAL (
    SELECT floor(extract(epoch FROM o.placed_at - d.begins) / 3600)::integer AS hour, o.state,
        count(*) AS orders, sum(o.paid)::bigint AS paid,
        count(*) FILTER (WHERE o.placed_at < d.so_far) AS orders_so_far,
        coalesce(sum(o.paid) FILTER (WHERE o.placed_at < d.so_far), 0)::bigint AS paid_so_far
    FROM app.orders AS o
    WHERE o.placed_at >= d.begins AND o.placed_at < d.begins + interval '24 hours'
    GROUP BY 1, o.state
) AS h;

GRANT SELECT ON api.order_hours TO support, finance_admin, owner_admin, auditor;
