"""Password: one that the program makes, easy to read out and to type, and the note it is handed over with. It is kept nowhere."""

import secrets

from PySide6.QtCore import QCoreApplication

from core.staff import ListedLogin, Role, StaffLogin

SIGNS = "abcdefghjkmnpqrstuvwxyz23456789"  # none that looks like another: no i, l, o, 0, 1
GROUPS, LONG = 4, 4  # 16 signs of 31: 79 bits

translate = QCoreApplication.translate


def new_password() -> str:
    """Return a password by chance: "kmt4-w8xz-pq2r-h7nd"."""
    return "-".join("".join(secrets.choice(SIGNS) for _ in range(LONG)) for _ in range(GROUPS))


def hand_over(login: StaffLogin | ListedLogin, password: str) -> str:
    """Write the note that whoever signs in is given."""
    in_kitchen = login.role in (Role.KITCHEN_STAFF, Role.KITCHEN_MANAGER, Role.COUNTER_DEVICE)
    program = translate("staff", "Kitchen program") if in_kitchen else translate("staff", "Office program")
    lines = (
        translate("staff", "Rachel Foods, {program}").format(program=program),
        translate("staff", "For: {name}").format(name=login.name),
        translate("staff", "Login: {login}").format(login=login.login),
        translate("staff", "Password: {password}").format(password=password),
        translate("staff", "Keep it to yourself. What is done with this login is done in your name."),
    )
    return "\n".join(lines)
