"""Health: how busy the server was, minute by minute."""

from core.database.migrations import run_table

revision, down_revision = "0011", "0010"


def upgrade() -> None:
    run_table("0011_health.sql")
