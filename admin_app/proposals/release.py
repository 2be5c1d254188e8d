"""Release: asking for the end of a freeze of all money, which always takes a second person.  Words: admin_app/proposals/freezes.py."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from PySide6.QtCore import QCoreApplication

from admin_app.proposals.freezes import Impact, checks_of, counted, means, moved, stands_since, waits_of, warnings_of
from admin_app.proposals.rights import who_can
from admin_app.proposals.subject import Subject, Told, manner_of
from core.database.gateway import Database
from core.health import Freeze
from core.proposals import Kind, Limits, Proposal, approvers, preview_release

translate = QCoreApplication.translate


@dataclass(frozen=True)
class Found:
    """What the end of the freeze would do, and who approves."""

    proposed: Proposal
    approvers: Sequence[Limits]


class ReleaseMoney(Subject):
    """`maker` is who asks."""

    icon, token = "lock-open", "primaryText"

    def __init__(self, freeze: Freeze, maker: UUID | None) -> None:
        self.freeze, self.maker = freeze, maker
        super().__init__(translate("proposals", "Let money move again?"), manner_of(Kind.RELEASE), {})

    def look(self, db: Database, command_id: UUID) -> Found:
        return Found(preview_release(db, command_id, self.freeze.id), approvers(db))

    def told(self, found: Found, now: datetime) -> Told:
        impact = found.proposed.impact
        effects = [("clock", stands_since(impact, now)), *counted(impact, now), *waits_of(impact), *means()]
        return Told(checks_of(impact), effects, warnings_of(impact))

    def act(self, found: Found, now: datetime) -> tuple[str, str, bool]:
        others = [each for each in found.approvers if each.person_id != self.maker]
        takes = translate("proposals", "A freeze is always ended by two people.")
        nobody = translate("proposals", "There is no other approver: ask whoever runs the server, they can release it.")
        return (
            translate("proposals", "Send for approval"),
            f"{takes} {who_can(others, now) or nobody}",
            bool(warnings_of(found.proposed.impact)),
        )

    def what_moved(self, before: Impact, after: Impact | None) -> list[str]:
        return moved(before, after)
