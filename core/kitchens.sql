-- Kitchens: where food is cooked.
-- Python twin: core/kitchens.py (same names, same order).

CREATE VIEW api.kitchens WITH (security_barrier) AS
SELECT k.id, k.name, k.district
FROM app.kitchens AS k;

GRANT SELECT ON api.kitchens TO kitchen_staff, kitchen_manager, counter_device, support, finance_admin, owner_admin, auditor;


-- Open a kitchen and return it.
-- RF400: the name or the district cannot be stored, or another kitchen has the name.
CREATE FUNCTION api.create_kitchen(command_id uuid, name text, district text)
RETURNS api.kitchens
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET lock_timeout = '5s'
AS $$
DECLARE
    me app.caller := app.enter('owner_admin');
    answer jsonb := app.claim(me, command_id, 'create_kitchen', jsonb_build_object('name', name, 'district', district));
BEGIN
    IF answer IS NULL THEN
        PERFORM app.check_text('name', name, 80);
        PERFORM app.check_text('district', district, 80);
        INSERT INTO app.kitchens AS k (id, name, district) VALUES (command_id, create_kitchen.name, create_kitchen.district)
        ON CONFLICT DO NOTHING RETURNING to_jsonb(k) INTO answer;
        IF NOT FOUND THEN
            PERFORM app.refuse_argument('name', 'Another kitchen has this name.');
        END IF;
        PERFORM app.record(me, command_id, 'create_kitchen', 'kitchens', command_id, command_id, NULL, NULL, answer);
        PERFORM app.answer(command_id, answer);
    END IF;
    RETURN jsonb_populate_record(NULL::api.kitchens, answer);
END;
$$;

GRANT EXECUTE ON FUNCTION api.create_kitchen TO owner_admin;
