"""Proposals about people in a test: what a person chooses and types in their sheets, by what they see."""

from uuid import UUID

from PySide6.QtWidgets import QApplication

from core.base.identifiers import new_id
from core.customers import customers
from core.database.gateway import Database
from core.proposals import Proposal, confirm_proposal

NGOZI = "Ngozi Eze"  # the town's customer
NOTE, TRUST = "Seen on the list of the bank", "Knows the work"
SOON = 8000  # ms


def fill(sheet, reason: str, note: str = NOTE, typed: str = "") -> None:
    """Give a reason by its words, a note, and what must be typed."""
    form = sheet.confirming.form
    box = form.reason.box
    box.setCurrentIndex([box.itemText(place) for place in range(box.count())].index(reason))
    form.note.setPlainText(note)
    if typed:
        form.typed.setText(typed)


def act(sheet):
    """Return the button that confirms, whatever it says now."""
    return sheet.confirming.act


def seen(qtbot, sheet):
    """Wait until a sheet says what would happen, and return it."""
    qtbot.waitUntil(lambda: sheet.seen is not None, timeout=SOON)
    QApplication.processEvents()  # Qt shows what was added to a layout a moment later
    return sheet


def confirmed(db: Database, proposed: Proposal, code: str = "trust", reason: str = "Knows the work by now") -> Proposal:
    """Confirm what was previewed."""
    assert proposed.token
    return confirm_proposal(db, new_id(), proposed.token, code, reason)


def age_figures(admin, minutes: int) -> None:
    """Let so much time have passed since whatever was previewed."""
    with admin.transaction():
        admin.execute("SET LOCAL session_replication_role = replica")
        admin.execute(
            "UPDATE app.proposals SET created_at = created_at - d, expires_at = expires_at - d FROM make_interval(mins => %s) AS d"
            " WHERE state = 'previewed'", [minutes]
        )  # fmt: skip


def is_active(db: Database, customer_id: UUID) -> bool:
    """Whether a customer is not suspended."""
    return customers(db, customer_ids=[customer_id])[0].active


def type_limits(sheet, at_once: str, a_day: str | None = None) -> None:
    """Type the amounts; those of now stand there already."""
    sheet.fields.at_once.line.setText(at_once)
    if a_day is not None:
        sheet.fields.a_day.line.setText(a_day)
