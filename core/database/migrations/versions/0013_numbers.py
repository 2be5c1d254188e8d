"""What tells by number which posting was inside a freeze, what was red before, and who reads the tables of money and the trail."""

from core.database.migrations import run_table

revision, down_revision = "0013", "0012"


def upgrade() -> None:
    run_table("0013_numbers.sql")
