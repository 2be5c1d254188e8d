-- Seal: what was written gets its position and its hash, behind the writers' backs.
-- Python twin: core/audit/seal.py.

-- Seal what was committed since the last time, of both streams, at most 50,000 rows of each. Returns how many rows. The worker's, each second.
-- RF409 (why: forged; stream): leaves are there that no sealing made.
CREATE FUNCTION api.seal_trail()
RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET lock_timeout = '5s'
AS $$
BEGIN
    PERFORM app.enter('svc_worker');
    RETURN app.seal('events') + app.seal('ledger');
END;
$$;

GRANT EXECUTE ON FUNCTION api.seal_trail TO svc_worker;
