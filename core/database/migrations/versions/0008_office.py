"""The office: indexes for its lists and searches."""

from core.database.migrations import run_table

revision, down_revision = "0008", "0007"


def upgrade() -> None:
    run_table("0008_office.sql")
