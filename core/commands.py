"""Commands: what was asked under which id, and what became of it.  SQL twin: core/commands.sql."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from core.database.gateway import Database


@dataclass(frozen=True)
class Outcome:
    """One row of the view api.commands: `recorded` is final either way. `verb` is "settled" when it was not recorded."""

    id: UUID
    verb: str
    recorded: bool
    at: datetime


def settle_command(db: Database, command_id: UUID) -> Outcome:
    """Say for certain whether a command was recorded; if not, its id is closed for ever.

    Only after this may a screen say "not recorded"; until then it is "being checked".
    Raises Reused (the id is another person's) or Busy (the call is still running: ask again).
    """
    [outcome] = db.call(Outcome, "settle_command", command_id=command_id)
    return outcome
