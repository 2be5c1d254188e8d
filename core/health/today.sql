-- Today: how the day goes, for the office's first page: what went back, what waits, and which kitchens are in trouble.
-- Python twin: core/health/today.py.

-- Each view costs what is open or of these days, never the company's history. A day is Lagos's. now() may be frozen by the caller:
-- nothing but a picture hangs on it.

-- What was given back on each of the last eight days (0 is today), and of it by this time of that day.
CREATE VIEW api.given_back WITH (security_barrier) AS
SELECT d.days_ago, g.kind, g.times, g.amount, g.times_so_far, g.amount_so_far
FROM (
    SELECT ago AS days_ago, now() - ago * interval '24 hours' AS so_far,
        date_trunc('day', now() + interval '1 hour', 'UTC') - (1 + 24 * ago) * interval '1 hour' AS begins
    FROM generate_series(0, 7) AS ago
) AS d
CROSS JOIN LATERAL (
    SELECT t.kind, count(*) AS times, sum(e.amount)::bigint AS amount,
        count(*) FILTER (WHERE t.at < d.so_far) AS times_so_far,
        coalesce(sum(e.amount) FILTER (WHERE t.at < d.so_far), 0)::bigint AS amount_so_far
    FROM app.transfers AS t
    JOIN app.entries AS e ON e.transfer_id = t.id AND e.amount > 0
    JOIN app.accounts AS a ON a.id = e.account_id  -- whose rows nobody sees who has left
    WHERE t.kind IN ('reversal', 'refund') AND t.at >= d.begins AND t.at < d.begins + interval '24 hours'
    GROUP BY t.kind
) AS g;

GRANT SELECT ON api.given_back TO support, finance_admin, owner_admin, auditor;

-- What customers have in their wallets, in one row. Costs one row for each customer: ask seldom.
CREATE VIEW api.wallet_totals WITH (security_barrier) AS
SELECT count(*) AS wallets, coalesce(sum(a.balance), 0)::bigint AS balance,
    count(*) FILTER (WHERE a.frozen_at IS NOT NULL) AS frozen,
    coalesce(sum(a.balance) FILTER (WHERE a.frozen_at IS NOT NULL), 0)::bigint AS frozen_balance
FROM app.accounts AS a
WHERE a.customer_id IS NOT NULL;

GRANT SELECT ON api.wallet_totals TO support, finance_admin, owner_admin, auditor;

-- What of money waits for somebody, in one row: card payments without an answer (overdue: longer than an order waits for one), card
-- payments that were made otherwise than asked for, and what a second person is to approve.
CREATE VIEW api.waiting_money WITH (security_barrier) AS
SELECT pending.times AS pending, pending.amount AS pending_amount, pending.overdue, pending.oldest,
    mismatched.times AS mismatched, mismatched.amount AS mismatched_amount,
    approvals.times AS approvals, approvals.amount AS approvals_amount
FROM (
    SELECT count(*) AS times, coalesce(sum(p.amount), 0)::bigint AS amount, min(p.created_at) AS oldest,
        count(*) FILTER (WHERE p.created_at < now() - (SELECT s.pay_within FROM app.settings AS s)) AS overdue
    FROM app.payments AS p WHERE p.state = 'pending'
) AS pending, (
    SELECT count(*) AS times, coalesce(sum(p.amount), 0)::bigint AS amount FROM app.payments AS p WHERE p.state = 'mismatch'
) AS mismatched, (
    SELECT count(*) AS times, coalesce(sum(p.total), 0)::bigint AS amount
    FROM app.proposals AS p WHERE p.state = 'awaiting_approval' AND p.approve_by > now()
) AS approvals;

GRANT SELECT ON api.waiting_money TO support, finance_admin, owner_admin, auditor;

-- Each kitchen as it stands: its orders of today, those that are open, late (promised a minute ago or more, and still in the kitchen),
-- left without an answer for more than five minutes, or cancelled today, and its shelves that are short, out or low.
CREATE VIEW api.kitchens_today WITH (security_barrier) AS
SELECT k.id AS kitchen_id, k.name AS kitchen, placed.orders, open.orders AS open, open.late, open.late_since,
    open.unanswered, open.unanswered_since, cancelled.orders AS cancelled, shelves.short, shelves.out, shelves.low
FROM (SELECT date_trunc('day', now() + interval '1 hour', 'UTC') - interval '1 hour' AS begins) AS day
CROSS JOIN app.kitchens AS k
CROSS JOIN LATERAL (
    SELECT count(*) AS orders FROM app.orders AS o WHERE o.kitchen_id = k.id AND o.placed_at >= day.begins
) AS placed
CROSS JOIN LATERAL (
    SELECT count(*) AS orders, count(*) FILTER (WHERE o.is_late) AS late, min(o.promised_at) FILTER (WHERE o.is_late) AS late_since,
        count(*) FILTER (WHERE o.state = 'placed' AND o.changed_at < now() - interval '5 minutes') AS unanswered,
        min(o.changed_at) FILTER (WHERE o.state = 'placed') AS unanswered_since
    FROM (
        SELECT o.state, o.changed_at, o.promised_at,
            o.state NOT IN ('awaiting_payment', 'out') AND o.promised_at <= now() - interval '1 minute' AS is_late
        FROM app.orders AS o WHERE o.kitchen_id = k.id AND o.state NOT IN ('delivered', 'cancelled', 'expired')
    ) AS o
) AS open
CROSS JOIN LATERAL (
    SELECT count(*) AS orders FROM app.orders AS o WHERE o.kitchen_id = k.id AND o.state = 'cancelled' AND o.changed_at >= day.begins
) AS cancelled
CROSS JOIN LATERAL (
    SELECT count(*) FILTER (WHERE s.on_hand < s.held) AS short, count(*) FILTER (WHERE s.on_hand = s.held) AS out,
        count(*) FILTER (WHERE s.on_hand > s.held AND s.on_hand - s.held <= s.warn_at) AS low
    FROM app.stock_items AS s WHERE s.kitchen_id = k.id
) AS shelves;

GRANT SELECT ON api.kitchens_today TO support, finance_admin, owner_admin, auditor;
