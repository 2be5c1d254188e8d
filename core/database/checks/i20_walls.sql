-- I20b guards: The triggers and constraints that money, stock and the trail rely on are all there
SELECT w.name
FROM (VALUES
    ('accounts', 'accounts_stay'), ('accounts', 'balances_follow_entries'),
    ('audit_events', 'audit_is_for_ever'), ('audit_events', 'audit_is_never_emptied'),
    ('entries', 'entries_are_for_ever'), ('entries', 'entries_are_never_emptied'), ('entries', 'entries_sum_to_zero'),
    ('freezes', 'freezes_end_once'), ('freezes', 'freezes_stay'),
    ('leaves', 'leaves_are_for_ever'), ('leaves', 'leaves_are_never_emptied'),
    ('order_history', 'order_history_stays'), ('order_lines', 'order_lines_keep'), ('order_lines', 'order_lines_stay'),
    ('orders', 'orders_stay'), ('orders', 'orders_walk_edges'), ('proposals', 'proposals_stay'), ('proposals', 'proposals_walk'),
    ('recipes', 'recipes_stay'), ('refund_lines', 'refund_lines_walk'),
    ('reports', 'reports_are_answered_once'), ('reports', 'reports_are_never_emptied'), ('reports', 'reports_stay'),
    ('seals', 'seals_are_for_ever'), ('seals', 'seals_are_never_emptied'),
    ('stock_movements', 'movements_are_for_ever'), ('stock_movements', 'movements_are_never_emptied'),
    ('transfers', 'transfers_are_for_ever'), ('transfers', 'transfers_are_never_emptied'), ('transfers', 'transfers_stop_in_a_freeze'),
    ('transfers', 'transfers_sum_to_zero')
) AS w (tab, name)
WHERE NOT EXISTS (SELECT FROM pg_trigger AS t JOIN pg_class AS c ON c.oid = t.tgrelid
    WHERE c.relnamespace = 'app'::regnamespace AND c.relname = w.tab AND t.tgname = w.name)
UNION ALL
SELECT w.name
FROM (VALUES
    ('accounts', 'a_wallet_is_its_customers'), ('accounts', 'a_wallet_keeps_a_balance'), ('accounts', 'accounts_balance_check'),
    ('accounts', 'accounts_customer_id_key'), ('accounts', 'accounts_code_key'),
    ('commands', 'commands_pkey'), ('leaves', 'leaves_pkey'), ('leaves', 'leaves_stream_row_id_key'), ('seals', 'seals_pkey'),
    ('entries', 'entries_amount_check'), ('entries', 'entries_balance_after_check'), ('entries', 'wallets_prove_themselves'),
    ('entries', 'entries_account_id_account_version_key'), ('entries', 'entries_transfer_id_fkey'),
    ('freezes', 'released_says_by_whom_and_why'),
    ('orders', 'no_food_before_the_card_paid'), ('orders', 'no_more_back_than_was_paid'), ('orders', 'paid_once_in_full'),
    ('orders', 'orders_number_key'), ('order_lines', 'no_more_back_than_was_ordered'),
    ('proposals', 'the_maker_never_approves'), ('proposals', 'approved_by_a_person'), ('proposals', 'confirmed_in_time'),
    ('proposals', 'confirmed_says_why'), ('proposals', 'proposals_token_hash_key'), ('proposals', 'what_needs_approval_waits_for_it'),
    ('proposals', 'what_runs_was_confirmed'), ('refund_lines', 'refund_lines_pkey'),
    ('payments', 'payments_order_id_key'), ('payments', 'payments_provider_id_key'),
    ('reports', 'answered_by_a_signature_or_a_refusal'),
    ('stock_items', 'stock_items_held_check'), ('stock_items', 'stock_items_on_hand_check'),
    ('stock_movements', 'stock_movements_pkey'),
    ('transfers', 'transfers_kind_reference_key'), ('transfers', 'transfers_kind_check')
) AS w (tab, name)
WHERE NOT EXISTS (SELECT FROM pg_constraint AS k JOIN pg_class AS c ON c.oid = k.conrelid
    WHERE c.relnamespace = 'app'::regnamespace AND c.relname = w.tab AND k.conname = w.name)
UNION ALL
SELECT w.name
FROM (VALUES ('stock_movements_held_once'), ('stock_movements_ended_once'), ('stock_movements_undone_once'), ('freezes_one_at_a_time')) AS w (name)
WHERE NOT EXISTS (SELECT FROM pg_index AS i JOIN pg_class AS c ON c.oid = i.indexrelid
    WHERE c.relnamespace = 'app'::regnamespace AND c.relname = w.name AND i.indisunique)
