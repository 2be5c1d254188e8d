"""Kitchens, people and their logins, and the version gate."""

from core.database.migrations import run_table

revision, down_revision = "0001", None


def upgrade() -> None:
    run_table("0001_people.sql")
