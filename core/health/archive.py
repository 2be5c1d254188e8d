"""Archive: how it stands with the log that the server puts aside, so that one can go back to any moment."""

from datetime import timedelta
from enum import StrEnum

from core.health.server import ServerFacts

SILENT = timedelta(days=1)  # so long without a piece of it somebody should look, however quiet the day


class Archive(StrEnum):
    """How it stands."""

    OFF = "off"
    WAITING = "waiting"  # it is on, and no piece was put aside yet
    KEPT = "kept"
    SILENT = "silent"  # kept, but not for long
    FAILING = "failing"  # the last try did


def archive(facts: ServerFacts, mode: str) -> Archive:
    """Say how it stands; `mode` is the setting archive_mode."""
    failed, kept = facts.archive_failed_at, facts.archived_at
    if mode == "off":
        return Archive.OFF
    if failed and (kept is None or failed > kept):
        return Archive.FAILING
    if kept is None:
        return Archive.WAITING
    return Archive.SILENT if facts.answered_at - kept > SILENT else Archive.KEPT
