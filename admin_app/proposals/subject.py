"""Subject: what one kind of proposal about people asks for, and how it is said. The sheet shows it and has it confirmed."""

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from admin_app.proposals.asking import Looked, Seen
from admin_app.proposals.changes import Change, Changes
from admin_app.proposals.confirming_act import Confirmable, Manner
from admin_app.proposals.words import bare_name, reason_word
from admin_app.refunds.words import point
from core.database.gateway import Database
from core.proposals import REASONS, Kind
from core.qt.widgets import column, note

translate = QCoreApplication.translate


@dataclass(frozen=True)
class Told:
    """What it would do: what changes, what else happens (each sentence with its icon), and what must not be overlooked."""

    changes: Sequence[Change]
    effects: Sequence[tuple[str, str]]
    warnings: Sequence[str] = ()


class Subject(ABC):
    """`names`: what people call whom it is about, by id, for whoever speaks of it later."""

    icon, token = "triangle-alert", "dangerText"

    def __init__(self, title: str, manner: Manner, names: Mapping[UUID, str]) -> None:
        self.title, self.manner, self.names = title, manner, names

    @abstractmethod
    def look(self, db: Database, command_id: UUID) -> Looked:
        """Preview it, and read what belongs to it. Blocks."""

    @abstractmethod
    def told(self, found: Any, now: datetime) -> Told:
        """Say what it would do."""

    @abstractmethod
    def act(self, found: Any, now: datetime) -> tuple[str, str, bool]:
        """Say what the button does, why a second person must agree ("": nobody need), and whether it hurts somebody."""

    @abstractmethod
    def what_moved(self, before: Mapping[str, Any], after: Mapping[str, Any]) -> list[str]:
        """Say what is different between two impacts."""

    def figure(self, found: Any) -> int | str | None:
        """Return what must be typed; None: nothing."""
        return None

    def confirmable(self, seen: Seen, now: datetime) -> Confirmable:
        proposed, (act, second, is_danger) = seen.found.proposed, self.act(seen.found, now)
        return Confirmable(
            proposed.id, proposed.token or "", self.figure(seen.found), act, second, seen.held, proposed.created_at, is_danger
        )  # fmt: skip


def manner_of(kind: Kind, **typed: Any) -> Manner:
    """Return how this kind is confirmed; `typed` says what must be typed, where something must."""
    usual: dict[str, Any] = {"type_it": "", "read": bare_name, "matches": "", "differs": ""}
    return Manner(
        reasons=[(reason_word(code), code) for code in REASONS[kind]],
        hold=translate("proposals", "If any of it changes first, nothing is done and you check again."),
        nothing_done=translate("proposals", "Nothing was changed. Check again before you confirm."),
        **usual | typed,
    )


def typed_name(name: str) -> dict[str, Any]:
    """Ask for a name, with or without its accents and capitals."""
    return {
        "type_it": translate("proposals", "Type the name to confirm"),
        "matches": translate("proposals", "That is the name."),
        "differs": translate("proposals", "This is not the name."),
        "figure_help": name,
    }


def parts_of(told: Told, is_old: bool) -> list[QWidget]:
    """Lay out what it would do; `is_old`: it is only what it was then."""
    changes, effects = Changes(), QWidget()
    changes.show_changes(told.changes, is_old)
    effects.setLayout(column(*(point(icon, sentence) for icon, sentence in told.effects), spacing=8))
    return [changes, effects, *(note(sentence, "warn", "triangle-alert") for sentence in told.warnings)]
