"""Proposals about people in a test: what a person chooses and types in their sheets, by what they see."""

from core.base.identifiers import new_id
from core.proposals import Proposal, confirm_proposal

NOTE = "Seen on the list of the bank"
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
    return sheet


def confirmed(db, proposed: Proposal, code: str = "trust", reason: str = "Knows the work by now") -> Proposal:
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
