"""Columns: what one row of the staff page says, what it is sorted by, and how it is written into a file."""

from PySide6.QtCore import QCoreApplication

from admin_app.exporting import full_time
from admin_app.roles import role_word
from admin_app.staff.words import ICONS, TONES, also, standing_word
from core.qt.line import LineState, moment
from core.qt.rows import Column
from core.staff import ListedLogin, StaffOrder, Standing

ORDERS = (StaffOrder.NAME, StaffOrder.LOGIN, StaffOrder.ROLE, StaffOrder.KITCHENS, StaffOrder.STATE, StaffOrder.SINCE)  # of the columns

translate = QCoreApplication.translate


def columns(line: LineState) -> tuple[Column[ListedLogin], ...]:
    """Return the table's columns. Who cannot sign in any more stands back, and so does everything while offline."""

    def tone(login: ListedLogin) -> str | None:
        return "muted" if line.offline_since or login.state is Standing.ENDED else None

    def state_tone(login: ListedLogin) -> str | None:
        return tone(login) or f"{TONES[login.state]}Text"

    return (
        Column(translate("staff", "Name"), lambda login: f"{login.name}\n{also(login)}".strip(), weight=600, tone=tone),
        Column(translate("staff", "Login"), lambda login: login.login, width=140, tone=tone),
        Column(translate("staff", "Role"), lambda login: role_word(login.role), width=144, tone=tone),
        Column(translate("staff", "Kitchens"), lambda login: login.kitchens or "–", width=150, tone=tone),
        Column(
            translate("staff", "State"), lambda login: standing_word(login.state), width=118, tone=state_tone,
            icon=lambda login: ICONS[login.state],
        ),
        Column(translate("staff", "Since"), lambda login: moment(login.created_at, line.now()), width=140, tone=tone),
    )  # fmt: skip


def titles() -> list[str]:
    """Return the titles of what cells() writes."""
    return [
        translate("staff", "Name"), translate("staff", "Login"), translate("staff", "Also signs in as"), translate("staff", "Role"),
        translate("staff", "Kitchens"), translate("staff", "State"), translate("staff", "Since"), translate("staff", "Ended"),
        translate("staff", "Ended by"), translate("staff", "Why"),
    ]  # fmt: skip


def cells(login: ListedLogin) -> list[str]:
    return [
        login.name, login.login, login.other_logins, role_word(login.role), login.kitchens, standing_word(login.state),
        full_time(login.created_at), full_time(login.ended_at), login.ended_by or "", login.ended_why or "",
    ]  # fmt: skip
