"""Alembic keeps the book of the numbered table files: one revision of a few lines for each, forward only."""

from alembic import context, op


def run_table(name: str) -> None:
    """Send tables/<name> as it is: SQLAlchemy's text would trip over a colon in it, its driver layer over a percent sign."""
    script = context.config.attributes["tables"] / name
    connection = op.get_bind().connection.driver_connection
    assert connection is not None
    connection.execute(script.read_text(encoding="utf-8"))
