"""State: what the Health page reads at once, off the UI thread, and what the meter makes of it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from admin_app.promises.known import Known
from core.database.gateway import Database
from core.health import OldestTransaction, OpenProgram, oldest_transaction, programs, server, server_settings
from core.health.meter import Reading, Seen, look, read_meter


@dataclass(frozen=True)
class State:
    """`apart`: how far the server's clock is ahead of this computer's. `archive_mode`: its setting. `oldest`: what holds sealing up."""

    seen: Seen
    programs: Sequence[OpenProgram]
    apart: timedelta
    archive_mode: str
    oldest: OldestTransaction

    def readings(self, known: Known) -> list[Reading]:
        """Return the meter, with the promises as they were found last."""
        return read_meter(replace(self.seen, found=known.found if known.at else None, found_at=known.at))


def read_state(db: Database) -> State:
    """Read it. Raises as the gateway does."""
    began = datetime.now(UTC)
    answered = server(db).answered_at
    middle = began + (datetime.now(UTC) - began) / 2  # the way there and the way back are taken for equally long
    settings = {each.name: each.value for each in server_settings(db)}
    return State(look(db), programs(db), answered - middle, settings["archive_mode"], oldest_transaction(db))
