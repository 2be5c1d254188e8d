"""What breaks the promises about refunds: for each check, statements that each break one part of what it promises."""

GIVEN = "transfer_id IN (SELECT t.id FROM app.transfers AS t WHERE t.kind = 'refund')"
LATE = "ALTER TABLE app.proposals DROP CONSTRAINT confirmed_in_time; "
ALONE = "ALTER TABLE app.proposals DROP CONSTRAINT what_needs_approval_waits_for_it, DROP CONSTRAINT the_maker_never_approves; "
RAN_ALONE = "WHERE approved_by IS NULL AND kind = 'refund' AND state = 'done'"
UNASKED = "approved_by = NULL, approved_login = NULL, approved_at = NULL WHERE approved_by IS NOT NULL"
POSTED = """
INSERT INTO app.transfers (kind, reference, command_id, at) SELECT 'top_up', 'late', gen_random_uuid(), f.since + interval '{}'
FROM app.freezes AS f WHERE f.released_at IS NULL
"""  # so long after the freeze in force began, by a clock that may have been put back

REFUNDS = {
    "i08_reserved": [
        "UPDATE app.order_lines SET reserved = reserved - 1 WHERE reserved > 0",
        "UPDATE app.order_lines SET refunded = refunded - 1 WHERE refunded > 0",
        "UPDATE app.refund_lines SET state = 'failed', why = 'wallet_full' WHERE state = 'sending'",
        "DELETE FROM app.refund_lines WHERE state = 'done'",
        "UPDATE app.refund_lines SET quantity = quantity + 1 WHERE state = 'done'",
    ],
    "i09_proposals": [
        "UPDATE app.refund_lines SET amount = amount + 1 WHERE state = 'done'",
        "DELETE FROM app.refund_lines WHERE state = 'done'",
        "UPDATE app.refund_lines SET state = 'sending' WHERE state = 'done'",
        f"UPDATE app.entries SET amount = 2 * amount WHERE {GIVEN}",
        "DELETE FROM app.transfers WHERE kind = 'refund'",
        "UPDATE app.transfers SET command_id = gen_random_uuid() WHERE kind = 'refund'",
        "UPDATE app.transfers SET reference = 'of another ' || id WHERE kind = 'refund'",
        "UPDATE app.refund_lines SET state = 'proposed' WHERE state = 'confirmed'",
        "UPDATE app.refund_lines SET state = 'confirmed' WHERE state = 'proposed'",
        "UPDATE app.proposals SET total = total + 1 WHERE state = 'done'",
        "UPDATE app.proposals SET lines = lines + 1 WHERE state = 'done'",
        "UPDATE app.proposals SET kind = 'limits' WHERE state = 'done' AND kind = 'refund'",
    ],
    "i10_four_eyes": [
        f"{ALONE}UPDATE app.proposals SET {UNASKED}",
        f"{ALONE}UPDATE app.proposals SET approved_by = person_id WHERE approved_by IS NOT NULL",
        f"{ALONE}UPDATE app.proposals SET state = 'done' WHERE state = 'awaiting_approval'",
        "UPDATE app.proposals SET alone_limit = total - 1 WHERE approved_by IS NULL AND kind = 'refund' AND state = 'done'",
        "UPDATE app.proposals SET day_limit = day_total - 1 WHERE approved_by IS NULL AND kind = 'refund' AND state = 'done'",
        f"UPDATE app.proposals SET state = 'withdrawn', alone_limit = total - 1 {RAN_ALONE}",
        f"UPDATE app.proposals SET kind = 'release' {RAN_ALONE}",
        "UPDATE app.proposals SET kind = 'approver', impact = '{\"approvers\": [1, 2]}' " + RAN_ALONE,
        "UPDATE app.proposals SET alone_limit = NULL, day_limit = NULL, day_total = NULL WHERE kind = 'refund' AND state = 'done'",
    ],
    "i24_in_time": [
        f"{LATE}UPDATE app.proposals SET confirmed_at = expires_at WHERE confirmed_at IS NOT NULL",
        "UPDATE app.proposals SET approved_at = approve_by + interval '1 second' WHERE approved_at IS NOT NULL",
        """
        ALTER TABLE app.proposals DROP CONSTRAINT what_runs_was_confirmed, DROP CONSTRAINT confirmed_says_why;
        UPDATE app.proposals SET confirmed_at = NULL WHERE state = 'done'
        """,
    ],
    "i25_day_limits": [
        "UPDATE app.proposals SET day_limit = total - 1 WHERE approved_by IS NULL AND kind = 'refund' AND state = 'done'",
        f"UPDATE app.proposals SET state = 'withdrawn', day_limit = total - 1 {RAN_ALONE}",
        f"ALTER TABLE app.proposals DROP CONSTRAINT what_needs_approval_waits_for_it; UPDATE app.proposals SET day_limit = 0, {UNASKED}",
    ],
    "i28_frozen": [
        POSTED.format("-1 hour"),  # the clock was put back meanwhile
        "UPDATE app.freezes SET shut_xid = NULL; " + POSTED.format("11 seconds"),  # nobody looked since
        "UPDATE app.freezes SET from_transfer = 0, shut_xid = '3' WHERE released_at IS NULL",
        "UPDATE app.freezes SET upto_transfer = 9223372036854775807 WHERE released_at IS NOT NULL",
        "DELETE FROM app.audit_events WHERE action = 'freeze_money'",
        "DELETE FROM app.audit_events WHERE action = 'release_money'",
        "UPDATE app.audit_events SET login = 'chidi' WHERE action = 'release_money'",
        "UPDATE app.freezes SET released_login = 'chidi' WHERE proposal_id IS NOT NULL",
        "UPDATE app.freezes SET proposal_id = NULL WHERE proposal_id IS NOT NULL",
        f"{ALONE}UPDATE app.proposals SET approved_by = person_id WHERE kind = 'release'",
        "UPDATE app.proposals SET state = 'rejected' WHERE kind = 'release'",
        "UPDATE app.proposals SET kind = 'limits' WHERE kind = 'release'",
    ],
}
