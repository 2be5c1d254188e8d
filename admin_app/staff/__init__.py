"""Staff: who works here, with which logins, and what each of them may do. The owner makes, changes and ends logins; the auditor reads."""

from admin_app.staff.page import StaffPage

__all__ = ["StaffPage"]
