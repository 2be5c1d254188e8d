"""The seals of the trail."""

from core.database.migrations import run_table

revision, down_revision = "0009", "0008"


def upgrade() -> None:
    run_table("0009_audit.sql")
