"""Passing: let time go by since what happened to an order, as no verb can."""

from datetime import timedelta

TIMES = (  # table, its time, and the column that names the order
    ("order_history", "at", "order_id"), ("transfers", "at", "order_id"), ("stock_movements", "at", "order_id"),
    ("audit_events", "at", "object_id"), ("payments", "created_at", "order_id"), ("orders", "placed_at", "id"),
    ("orders", "promised_at", "id"),
)  # fmt: skip


def let_pass(connection, order_id, **time):
    """Let so much time go by since everything that happened to an order: `let_pass(connection, order.id, minutes=50)`."""
    with connection.transaction():
        connection.execute("SET LOCAL session_replication_role = replica")
        for table, column, key in TIMES:
            connection.execute(f"UPDATE app.{table} SET {column} = {column} - %s WHERE {key} = %s", [timedelta(**time), order_id])


def let_pass_since(connection, order_id, version, **time):
    """Let so much more time go by since one step of it."""
    with connection.transaction():
        connection.execute("SET LOCAL session_replication_role = replica")
        query = "UPDATE app.order_history SET at = at - %s WHERE order_id = %s AND version = %s"
        connection.execute(query, [timedelta(**time), order_id, version])
