-- Live: what changed since a client last looked. A kick says "look again" and nothing more; these views say at what.
-- Python twin: core/live.py.

CREATE VIEW api.changes WITH (security_barrier) AS
SELECT o.id, o.mark, o.noun, o.object_id, o.kitchen_id
FROM app.outbox AS o;

GRANT SELECT ON api.changes TO kitchen_staff, kitchen_manager, counter_device, support, finance_admin, owner_admin, auditor, svc_worker;

-- Everything below `mark` is committed or gone, and nothing will ever be added there: the next look begins at it. What was committed
-- above it can be read already, but more may be added between: whoever reads it remembers which rows, until the mark has passed them.
CREATE VIEW api.horizon WITH (security_barrier) AS
SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint AS mark;

GRANT SELECT ON api.horizon TO kitchen_staff, kitchen_manager, counter_device, support, finance_admin, owner_admin, auditor, svc_worker;


-- Drop what is older than ten minutes and that every client has long seen; return how many rows. The worker's.
CREATE FUNCTION api.trim_outbox()
RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET lock_timeout = '5s'
AS $$
DECLARE
    trimmed bigint;
BEGIN
    PERFORM app.enter('svc_worker');
    DELETE FROM app.outbox AS o
    WHERE o.mark < pg_snapshot_xmin(pg_current_snapshot())::text::bigint AND o.at < clock_timestamp() - interval '10 minutes';
    GET DIAGNOSTICS trimmed = ROW_COUNT;
    RETURN trimmed;
END;
$$;

GRANT EXECUTE ON FUNCTION api.trim_outbox TO svc_worker;
