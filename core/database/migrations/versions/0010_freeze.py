"""The freeze: runs of the checks, and since when money stands still."""

from core.database.migrations import run_table

revision, down_revision = "0010", "0009"


def upgrade() -> None:
    run_table("0010_freeze.sql")
