-- Roles and schemas: who exists before any table or function does. Run by a superuser, may be run again.
-- Logins of persons come from api.create_staff_login, those of services from `rachel init`.

DO $$
DECLARE
    role record;
BEGIN
    FOR role IN
        SELECT wanted.name, wanted.purpose FROM (VALUES
            ('r_owner', 'owns the schemas and all tables'),
            ('r_api', 'definer of the verbs'),
            ('r_ledger', 'definer of what moves money'),
            ('r_audit', 'definer of the audit trail'),
            ('r_staff', 'definer of what makes, changes and ends logins'),
            ('r_view', 'owner of the views'),
            ('kitchen_staff', 'group: cooks at a counter'),
            ('kitchen_manager', 'group: who runs a kitchen'),
            ('counter_device', 'group: a shared counter PC'),
            ('support', 'group: answers customers'),
            ('finance_admin', 'group: money'),
            ('owner_admin', 'group: the owner'),
            ('auditor', 'group: reads and verifies'),
            ('svc_ordering', 'group: the ordering service'),
            ('svc_webhook', 'group: the webhook receiver'),
            ('svc_worker', 'group: the worker')
        ) AS wanted (name, purpose)
    LOOP
        IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = role.name) THEN
            EXECUTE format('CREATE ROLE %I NOLOGIN', role.name);
            EXECUTE format('COMMENT ON ROLE %I IS %L', role.name, 'Rachel Foods: ' || role.purpose);
        ELSIF coalesce(shobj_description(role.name::regrole, 'pg_authid'), '') NOT LIKE 'Rachel Foods:%' THEN
            RAISE EXCEPTION 'The role % exists on this server and is not ours. Use a server of its own.', role.name USING ERRCODE = 'RF409';
        END IF;
    END LOOP;
END;
$$;

CREATE SCHEMA IF NOT EXISTS app AUTHORIZATION r_owner;  -- tables and guards: private, changed by tables/*.sql
CREATE SCHEMA IF NOT EXISTS api AUTHORIZATION r_api;    -- views and verbs: public, rebuilt at each upgrade

GRANT USAGE ON SCHEMA app TO r_api, r_ledger, r_audit, r_staff, r_view;
GRANT CREATE ON SCHEMA app TO r_api, r_ledger, r_audit, r_staff;  -- their private functions live there
GRANT USAGE ON SCHEMA api TO kitchen_staff, kitchen_manager, counter_device, support, finance_admin, owner_admin,
    auditor, svc_ordering, svc_webhook, svc_worker;
REVOKE ALL ON SCHEMA public FROM PUBLIC;

-- Not "IN SCHEMA api": there a REVOKE has no effect (a default per schema can only add).
ALTER DEFAULT PRIVILEGES FOR ROLE r_owner REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC;
ALTER DEFAULT PRIVILEGES FOR ROLE r_api REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC;
ALTER DEFAULT PRIVILEGES FOR ROLE r_ledger REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC;
ALTER DEFAULT PRIVILEGES FOR ROLE r_audit REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC;
ALTER DEFAULT PRIVILEGES FOR ROLE r_staff REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC;

-- What every login could do to all others: fill the disk, block by squatting, wait, forge a kick from inside a query.
DO $$
DECLARE
    open_database name;
    open_door regprocedure;
BEGIN
    FOR open_database IN  -- also those every server has: what a login may not do here it could do there
        SELECT d.datname FROM pg_database AS d
        WHERE d.datname IN (current_database(), 'postgres', 'template1') AND has_database_privilege('public', d.oid, 'CONNECT')
    LOOP
        EXECUTE format('REVOKE CONNECT, TEMPORARY ON DATABASE %I FROM PUBLIC', open_database);
    END LOOP;
    EXECUTE format('GRANT CONNECT ON DATABASE %I TO kitchen_staff, kitchen_manager, counter_device, support,'
        ' finance_admin, owner_admin, auditor, svc_ordering, svc_webhook, svc_worker', current_database());
    FOR open_door IN
        SELECT p.oid FROM pg_proc AS p
        WHERE p.pronamespace = 'pg_catalog'::regnamespace
            AND (p.proname ~ '^lo_|^lowrite$|^loread$' OR p.proname ~ '^pg_(try_)?advisory'
                OR p.proname IN ('pg_notify', 'pg_sleep', 'pg_sleep_for', 'pg_sleep_until', 'pg_export_snapshot',
                    'pg_logical_emit_message'))
    LOOP
        EXECUTE format('REVOKE EXECUTE ON FUNCTION %s FROM PUBLIC', open_door);
    END LOOP;
END;
$$;
GRANT EXECUTE ON FUNCTION pg_notify(text, text) TO svc_worker;
GRANT EXECUTE ON FUNCTION pg_try_advisory_xact_lock(bigint) TO r_api;  -- one run of the checks at a time; no login may take it
GRANT pg_read_all_stats TO r_api;  -- who is signed in, from where and since when
GRANT EXECUTE ON FUNCTION pg_advisory_xact_lock(bigint) TO r_api;  -- a lock that no login can hold up

-- r_staff makes logins and puts them into the groups of persons, and can become none of them (from 16 on).
-- On 15 CREATEROLE could grant itself nearly anything, so there r_staff has none and logins are made by the administrator.
DO $$
BEGIN
    IF current_setting('server_version_num')::integer >= 160000 THEN
        ALTER ROLE r_staff CREATEROLE;
        EXECUTE 'GRANT kitchen_staff, kitchen_manager, counter_device, support, finance_admin, owner_admin, auditor'
            ' TO r_staff WITH ADMIN TRUE, INHERIT FALSE, SET FALSE';  -- as a text: 15 cannot even read it
        GRANT pg_use_reserved_connections TO svc_ordering, svc_webhook, svc_worker;
    END IF;
    GRANT pg_signal_backend TO r_staff;
    GRANT pg_read_all_stats TO r_staff;  -- since when a transaction is open
END;
$$;
