"""What waits on the server, as findings of `rachel doctor`: rows for their seal, and kicks for whoever listens."""

from datetime import timedelta

from core.cli.doctor_findings import Finding
from core.health import OldestTransaction, ServerFacts
from core.health.meter import Seen, worker_is_late

CROWDED = 100  # thousandths of the queue for kicks
LONG = timedelta(seconds=30)  # for a transaction


def kicks(facts: ServerFacts) -> Finding:
    """Say how full the server's queue of notifications is: it empties only up to the oldest listener that never looks."""
    figure = f"{facts.kick_queue / 10:.1f} % of the queue for kicks is used"
    if facts.kick_queue < CROWDED:
        return Finding("Kicks", "ok", figure)
    end = "Somebody listens in an open transaction: end the oldest of SELECT pid, usename FROM pg_stat_activity ORDER BY xact_start."
    return Finding("Kicks", "act" if facts.kick_queue >= 5 * CROWDED else "look", figure, end)


def seals(seen: Seen, oldest: OldestTransaction) -> Finding:
    """Say whether what is written gets its seal, and what holds it up: no worker, an open transaction, or a forger."""
    [queue] = [each for each in seen.queues if each.name == "seals"]
    if queue.stuck:
        do = "Only whoever owns the server can write such rows: rachel audit verify; then docs/server.md, “When the trail was changed”."
        return Finding("Seals", "act", f"{queue.stuck:,} rows bear numbers of transactions that have not begun", do)
    if not queue.waiting or not queue.due_since:
        return Finding("Seals", "ok", "no row waits for its seal")
    many = f"{queue.waiting:,} rows wait for their seal" if queue.waiting > 1 else "1 row waits for its seal"
    figure = f"{many}, the oldest since {queue.due_since:%Y-%m-%d %H:%M} UTC"
    return Finding("Seals", "act", figure, f"Until then they can be changed unseen. {_what_holds_up(seen, oldest)}")


def _what_holds_up(seen: Seen, oldest: OldestTransaction) -> str:
    if worker_is_late(seen):
        return "No worker seals them: systemctl start rachel-worker."
    if oldest.began_at is None or seen.facts.answered_at - oldest.began_at < LONG:
        return "Read why in the worker's log: journalctl -u rachel-worker."
    since = f"A transaction is open since {oldest.began_at:%Y-%m-%d %H:%M} UTC, and what came after it waits for its end."
    if oldest.prepared:
        return f"{since} {oldest.prepared} wait for a second commit: SELECT gid, database FROM pg_prepared_xacts; then ROLLBACK PREPARED."
    whose = "SELECT pid, datname, state FROM pg_stat_activity WHERE backend_xid IS NOT NULL ORDER BY xact_start"
    return f"{since} As administrator: {whose}; then pg_terminate_backend(pid)."
