-- Proposals: destructive acts that were previewed, and what became of each.
-- Python twin: core/proposals/views.py.

-- `impact` is what would be done, exactly, as the screen showed it; `state` says lapsed of what nobody may confirm any more. now() may be frozen by
-- the caller: the verbs look at the clock. token, outcome and moved are told by the verbs alone.
CREATE VIEW api.proposals WITH (security_barrier) AS
SELECT p.id, p.kind, CASE WHEN p.state = 'previewed' AND p.expires_at <= now() THEN 'lapsed' ELSE p.state END AS state, p.version, p.kitchen_id,
    p.person_id, maker.name AS made_by, p.login, p.asked, p.impact, p.total::bigint AS total, p.lines, encode(p.digest, 'hex') AS digest,
    p.code, p.reason, p.created_at, p.expires_at, p.confirmed_at, p.alone_limit::bigint AS alone_limit, p.day_limit::bigint AS day_limit,
    p.day_total::bigint AS day_total, p.approve_by, approver.name AS approved_by, p.approved_at, ender.name AS ended_by, p.ended_at, p.ended_why,
    NULL::text AS token, NULL::text AS outcome, NULL::jsonb AS moved
FROM app.proposals AS p JOIN app.people AS maker ON maker.id = p.person_id
LEFT JOIN app.people AS approver ON approver.id = p.approved_by
LEFT JOIN app.people AS ender ON ender.id = p.ended_by;

GRANT SELECT ON api.proposals TO kitchen_manager, support, finance_admin, owner_admin, auditor;

-- What each person may refund alone, how much of it today is used up, and whether they approve what others propose.
CREATE VIEW api.limits WITH (security_barrier) AS
SELECT p.id AS person_id, p.name, coalesce(l.refund_alone, s.refund_alone)::bigint AS refund_alone,
    coalesce(l.refund_a_day, s.refund_a_day)::bigint AS refund_a_day, l.person_id IS NOT NULL AS is_own,
    coalesce((SELECT d.refunds FROM app.day_counters AS d
        WHERE d.person_id = p.id AND d.day = ((now() AT TIME ZONE 'UTC') + interval '1 hour')::date), 0)::bigint AS used_today,
    p.approver_since, p.approver_since + s.approver_ripens AS approves_from
FROM app.settings AS s CROSS JOIN app.people AS p LEFT JOIN app.limits AS l ON l.person_id = p.id
WHERE EXISTS (SELECT FROM app.staff AS f WHERE f.person_id = p.id AND f.active AND f.role IN ('support', 'finance_admin', 'owner_admin'));

GRANT SELECT ON api.limits TO support, finance_admin, owner_admin, auditor;
