"""What was asked (commands), what was done (audit trail), and what others should look at (outbox)."""

from core.database.migrations import run_table

revision, down_revision = "0002", "0001"


def upgrade() -> None:
    run_table("0002_commands.sql")
