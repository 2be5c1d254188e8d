"""Proposals: acts that were previewed and wait for a person, the lines of refunds, limits and approvers."""

from core.database.migrations import run_table

revision, down_revision = "0007", "0006"


def upgrade() -> None:
    run_table("0007_proposals.sql")
