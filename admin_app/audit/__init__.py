"""The trail: who did what, when, from where and why, and whether it is still what was sealed."""

from admin_app.audit.page import AuditPage

__all__ = ["AuditPage"]
