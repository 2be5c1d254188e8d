-- Promises: which programs this database works with, and whether its promises hold.
-- Python twin: core/health/promises.py.

CREATE VIEW api.compat WITH (security_barrier) AS
SELECT c.revision, c.lowest_client, c.newest_client
FROM app.compat AS c;

GRANT SELECT ON api.compat TO kitchen_staff, kitchen_manager, counter_device, support, finance_admin, owner_admin, auditor,
    svc_ordering, svc_webhook, svc_worker;

-- Each invariant of core/database/checks with the number of rows that break it, all in one snapshot, and what it is about: money (a broken one
-- freezes it), orders or guards.
CREATE VIEW api.invariants WITH (security_barrier) AS
SELECT i.name, i.title, i.violations, i.area
FROM app.invariants AS i;

GRANT SELECT ON api.invariants TO support, finance_admin, owner_admin, auditor, svc_worker;
