"""Alembic's entry: runs the revisions on the connection, and inside the transaction, that core/database/install.py hands over."""

from alembic import context

context.configure(connection=context.config.attributes["connection"], version_table_schema="app")
context.run_migrations()
