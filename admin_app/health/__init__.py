"""Health: whether the promises hold, how large the server's reserves are, whether a worker runs, and which programs are open."""

from admin_app.health.page import HealthPage

__all__ = ["HealthPage"]
