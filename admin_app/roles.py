"""Roles: what the people of the company are called, by what they may do."""

from PySide6.QtCore import QCoreApplication

from core.staff import Role

READS_ALL = frozenset({Role.SUPPORT, Role.FINANCE_ADMIN, Role.OWNER_ADMIN, Role.AUDITOR})  # customers and money of all kitchens

translate = QCoreApplication.translate


def role_word(role: Role) -> str:
    """Name a role, also of those who do not sign in at the office."""
    return {
        Role.KITCHEN_STAFF: translate("roles", "Kitchen staff"),
        Role.KITCHEN_MANAGER: translate("roles", "Kitchen manager"),
        Role.COUNTER_DEVICE: translate("roles", "Counter"),
        Role.SUPPORT: translate("roles", "Support"),
        Role.FINANCE_ADMIN: translate("roles", "Finance admin"),
        Role.OWNER_ADMIN: translate("roles", "Owner"),
        Role.AUDITOR: translate("roles", "Auditor"),
        Role.SVC_ORDERING: translate("roles", "Ordering service"),
        Role.SVC_WEBHOOK: translate("roles", "Webhook receiver"),
        Role.SVC_WORKER: translate("roles", "Worker"),
    }[role]
