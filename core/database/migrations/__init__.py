"""Alembic keeps the book of the numbered table files: one revision of a few lines for each, forward only."""

from typing import Any

from alembic import context, op

from core.database.scripts import send


def run_table(name: str) -> None:
    """Run tables/<name> on the connection of the installer."""
    driver: Any = op.get_bind().connection.driver_connection
    send(driver, context.config.attributes["tables"] / name)
