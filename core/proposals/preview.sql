-- Proposals: previews of what is no refund. Nothing changes before it is confirmed; each answers with its token, once.
-- Python twin: core/proposals/preview.py (same names, same order).

-- Preview many corrections of the shelves of one kitchen, and return the proposal: impact names each item and the orders left short.
-- RF404: not all of one kitchen of yours.  RF412: shelves that changed since you saw them (DETAIL items).  RF400: lists or amounts.
CREATE FUNCTION api.preview_stock(command_id uuid, item_ids uuid[], on_hands bigint[], seen_versions integer[])
RETURNS api.proposals
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET lock_timeout = '5s'
AS $$
DECLARE
    me app.caller := app.enter('kitchen_manager', 'owner_admin');
    answer jsonb := app.claim(me, command_id, 'preview_stock', jsonb_build_object(
        'item_ids', item_ids, 'on_hands', on_hands, 'seen_versions', seen_versions));
    kitchen uuid;
    asked jsonb;
BEGIN
    IF answer IS NULL THEN
        kitchen := app.check_corrections(item_ids, on_hands, seen_versions);
        SELECT jsonb_build_object('items', jsonb_agg(jsonb_build_object('item', w.item_id, 'on_hand', w.on_hand) ORDER BY w.item_id)) INTO asked
        FROM unnest(item_ids, on_hands) AS w (item_id, on_hand);
        answer := app.propose(me, command_id, 'stock', kitchen, asked, app.stock_impact(asked), cardinality(item_ids));
    END IF;
    RETURN jsonb_populate_record(NULL::api.proposals, app.repeat_proposal(answer));
END;
$$;

GRANT EXECUTE ON FUNCTION api.preview_stock TO kitchen_manager, owner_admin;


-- Preview the suspension of customers and people (or its end, when is_suspended is false), and return the proposal. People are the owner's.
-- RF404: somebody is not there.  RF400: nobody named, yourself, or nothing would change.  RF403: people, and you are no owner.
CREATE FUNCTION api.preview_suspension(command_id uuid, customer_ids uuid[], person_ids uuid[], is_suspended boolean)
RETURNS api.proposals
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET lock_timeout = '5s'
AS $$
DECLARE
    me app.caller := app.enter('finance_admin', 'owner_admin');
    asked jsonb := jsonb_build_object('customers', coalesce(to_jsonb(customer_ids), '[]'), 'people', coalesce(to_jsonb(person_ids), '[]'),
        'suspend', is_suspended);
    answer jsonb := app.claim(me, command_id, 'preview_suspension', asked);
BEGIN
    IF answer IS NULL THEN
        PERFORM app.check_suspension(me, asked);
        answer := app.propose(me, command_id, 'suspension', NULL, asked, app.suspension_impact(asked),
            coalesce(cardinality(customer_ids), 0) + coalesce(cardinality(person_ids), 0));
    END IF;
    RETURN jsonb_populate_record(NULL::api.proposals, app.repeat_proposal(answer));
END;
$$;

GRANT EXECUTE ON FUNCTION api.preview_suspension TO finance_admin, owner_admin;


-- Preview what a person may refund alone from now on, in kobo (of everybody without limits of their own when person_id is null), and return
-- the proposal. Raising a limit takes a second person.
-- RF404: no such person.  RF400: an amount that cannot be, or nothing would change.
CREATE FUNCTION api.preview_limits(command_id uuid, person_id uuid, refund_alone bigint, refund_a_day bigint)
RETURNS api.proposals
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET lock_timeout = '5s'
AS $$
DECLARE
    me app.caller := app.enter('owner_admin');
    asked jsonb := jsonb_build_object('person', person_id, 'refund_alone', refund_alone, 'refund_a_day', refund_a_day);
    answer jsonb := app.claim(me, command_id, 'preview_limits', asked);
BEGIN
    IF answer IS NULL THEN
        PERFORM app.check_person(person_id), app.check_limit('refund_alone', refund_alone), app.check_limit('refund_a_day', refund_a_day);
        IF (SELECT (l.refund_alone, l.refund_a_day) = (preview_limits.refund_alone, preview_limits.refund_a_day)
            FROM app.limits_of(person_id) AS l) THEN
            PERFORM app.refuse_argument('refund_alone', 'These limits are in force already.');
        END IF;
        answer := app.propose(me, command_id, 'limits', NULL, asked, app.limits_impact(asked), 1);
    END IF;
    RETURN jsonb_populate_record(NULL::api.proposals, app.repeat_proposal(answer));
END;
$$;

GRANT EXECUTE ON FUNCTION api.preview_limits TO owner_admin;


-- Preview that a person approves what others propose from now on, or no longer, and return the proposal. It takes a second person, but not
-- while there are fewer than two: then the owner names the second alone. Whoever is named may approve a day later.
-- RF404: no such person.  RF400: they have no login of finance or the owner, or nothing would change.
CREATE FUNCTION api.preview_approver(command_id uuid, person_id uuid, is_approver boolean)
RETURNS api.proposals
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET lock_timeout = '5s'
AS $$
DECLARE
    me app.caller := app.enter('owner_admin');
    asked jsonb := jsonb_build_object('person', person_id, 'is_approver', is_approver);
    answer jsonb := app.claim(me, command_id, 'preview_approver', asked);
BEGIN
    IF answer IS NULL THEN
        PERFORM app.check_person(coalesce(person_id, '00000000-0000-0000-0000-000000000000'));
        IF is_approver IS NULL OR is_approver = (SELECT p.approver_since IS NOT NULL FROM app.people AS p WHERE p.id = person_id) THEN
            PERFORM app.refuse_argument('is_approver', 'This is so already.');
        ELSIF is_approver AND NOT EXISTS (SELECT FROM app.staff AS s
            WHERE s.person_id = preview_approver.person_id AND s.active AND s.role IN ('finance_admin', 'owner_admin')) THEN
            PERFORM app.refuse_argument('person_id', 'Only people of finance and owners approve.');
        END IF;
        answer := app.propose(me, command_id, 'approver', NULL, asked, app.approver_impact(asked), 1);
    END IF;
    RETURN jsonb_populate_record(NULL::api.proposals, app.repeat_proposal(answer));
END;
$$;

GRANT EXECUTE ON FUNCTION api.preview_approver TO owner_admin;


-- Preview the end of a freeze, and return the proposal: impact says since when it is, which checks about money were broken and are now, as
-- the newest run of all counted them, and what waits. It takes a second person, whatever anybody's limits.
-- RF404: no such freeze.  RF409: it has ended, or no checks were run in the last 15 minutes (why: unchecked).
CREATE FUNCTION api.preview_release(command_id uuid, freeze_id uuid)
RETURNS api.proposals
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET lock_timeout = '5s'
AS $$
DECLARE
    me app.caller := app.enter('finance_admin', 'owner_admin');
    asked jsonb := jsonb_build_object('freeze', freeze_id);
    answer jsonb := app.claim(me, command_id, 'preview_release', asked);
    impact jsonb;
BEGIN
    IF answer IS NULL THEN
        IF NOT EXISTS (SELECT FROM app.freezes AS f WHERE f.id = freeze_id) THEN
            RAISE EXCEPTION 'There is no such freeze.' USING ERRCODE = 'RF404';
        END IF;
        impact := app.release_impact(asked);
        IF impact IS NULL THEN
            PERFORM app.refuse_release();
        END IF;
        PERFORM app.check_counted();
        answer := app.propose(me, command_id, 'release', NULL, asked, impact, greatest(jsonb_array_length(impact -> 'checks'), 1));
    END IF;
    RETURN jsonb_populate_record(NULL::api.proposals, app.repeat_proposal(answer));
END;
$$;

GRANT EXECUTE ON FUNCTION api.preview_release TO finance_admin, owner_admin;
