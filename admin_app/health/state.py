"""State: what the Health page reads at once, off the UI thread, and what the meter makes of it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from admin_app.known import Known
from core.database.gateway import Database
from core.health import OpenProgram, programs
from core.health.meter import Reading, Seen, look, read_meter


@dataclass(frozen=True)
class State:
    """`apart`: how far the server's clock is ahead of this computer's."""

    seen: Seen
    programs: Sequence[OpenProgram]
    apart: timedelta

    def readings(self, known: Known) -> list[Reading]:
        """Return the meter, with the promises as they were found last."""
        return read_meter(replace(self.seen, found=known.found if known.at else None, found_at=known.at))


def read_state(db: Database) -> State:
    """Read it. Raises as the gateway does."""
    began = datetime.now(UTC)
    seen = look(db)
    return State(seen, programs(db), seen.facts.answered_at - began)
