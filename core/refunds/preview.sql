-- Refunds: previews, by order and line or by a rule. Nothing has moved before the proposal is confirmed (core/proposals/confirm.sql).
-- Python twin: core/refunds/preview.py (same names, same order).

-- Preview a refund of these orders and lines, and return the proposal with its token. Arrays run side by side; no dish means the whole order,
-- no quantity all that is left of the line, no destination back to where the money came from ('wallet' or 'card'). The same line twice counts
-- once. What cannot be refunded is left out, with why; an order that nobody cooks yet is refunded whole, and so cancelled.
-- RF404: an order or a dish that is not there.  RF400: lists, more than 10,000 lines, or nothing at all can be refunded (DETAIL left_out).
CREATE FUNCTION api.preview_refund(command_id uuid, order_ids uuid[], dish_ids uuid[], quantities integer[], destinations text[])
RETURNS api.proposals
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET lock_timeout = '5s'
AS $$
DECLARE
    me app.caller := app.enter('support', 'finance_admin', 'owner_admin');
    asked jsonb := jsonb_build_object('order_ids', order_ids, 'dish_ids', dish_ids, 'quantities', quantities, 'destinations', destinations);
    answer jsonb := app.claim(me, command_id, 'preview_refund', asked);
BEGIN
    IF answer IS NULL THEN
        PERFORM app.check_lines(order_ids, dish_ids, quantities, destinations);
        answer := app.propose_refund(me, command_id, 'preview_refund', '{"by": "orders"}',
            ARRAY(SELECT j FROM app.judge_lines(order_ids, dish_ids, quantities, destinations) AS j));
    END IF;
    RETURN jsonb_populate_record(NULL::api.proposals, app.repeat_proposal(answer));
END;
$$;

GRANT EXECUTE ON FUNCTION api.preview_refund TO support, finance_admin, owner_admin;


-- Preview a refund of all orders placed from `since` until `until` (31 days at most) that are like this: of a kitchen, in one of some states, paid this
-- way (null: any), but for some; and return the proposal with its token. What is exempted is left out as such.
-- RF400: no time, a state or way to pay that is none, more than 10,000 lines, or nothing at all can be refunded (DETAIL left_out).
CREATE FUNCTION api.preview_refund_rule(
    command_id uuid, kitchen_id uuid, since timestamptz, until timestamptz, states text[], pay_with text, exempt_ids uuid[])
RETURNS api.proposals
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET lock_timeout = '5s'
AS $$
DECLARE
    me app.caller := app.enter('support', 'finance_admin', 'owner_admin');
    asked jsonb := jsonb_build_object('by', 'rule', 'kitchen', kitchen_id, 'since', since AT TIME ZONE 'UTC', 'until', until AT TIME ZONE 'UTC',
        'states', states, 'pay_with', pay_with, 'exempt', exempt_ids);
    answer jsonb := app.claim(me, command_id, 'preview_refund_rule', asked);
    found_ids uuid[];
BEGIN
    IF answer IS NULL THEN
        PERFORM app.check_rule(since, until, states, pay_with);
        SELECT array_agg(o.id) INTO found_ids FROM (
            SELECT o.id FROM app.orders AS o
            WHERE o.placed_at >= since AND o.placed_at < until AND (preview_refund_rule.kitchen_id IS NULL OR o.kitchen_id = preview_refund_rule.kitchen_id)
                AND (states IS NULL OR o.state = ANY (states)) AND (preview_refund_rule.pay_with IS NULL OR o.pay_with = preview_refund_rule.pay_with)
            ORDER BY o.placed_at LIMIT 10001) AS o;
        IF found_ids IS NULL OR cardinality(found_ids) > 10000 THEN
            PERFORM app.refuse_argument('since', CASE WHEN found_ids IS NULL THEN 'No order is like this.' ELSE 'More than 10,000 orders are like this. Narrow it down.' END);
        END IF;
        answer := app.propose_refund(me, command_id, 'preview_refund_rule', asked - 'exempt', app.exempt_lines(exempt_ids, ARRAY(
            SELECT j FROM app.judge_lines(found_ids, array_fill(NULL::uuid, ARRAY[cardinality(found_ids)]),
                array_fill(NULL::integer, ARRAY[cardinality(found_ids)]), array_fill(NULL::text, ARRAY[cardinality(found_ids)])) AS j)));
    END IF;
    RETURN jsonb_populate_record(NULL::api.proposals, app.repeat_proposal(answer));
END;
$$;

GRANT EXECUTE ON FUNCTION api.preview_refund_rule TO support, finance_admin, owner_admin;
