"""Unwatched: what is said where no worker is seen, or none that checks the promises: what stands still, and what to do."""

from datetime import datetime

from PySide6.QtCore import QCoreApplication

from admin_app.promises.known import Known
from core.qt.line import moment

translate = QCoreApplication.translate


def no_worker() -> str:
    """Say what no worker means, and what to do: the same sentence as docs/server.md has it."""
    return translate(
        "unwatched",
        "Without a worker money is never frozen and nothing is sealed. Start it: it runs in the server's network, "
        "on a machine of its own.",
    )


def unchecked() -> str:
    """Say what it means that nobody checks, whether a worker runs or not, and where more is told."""
    return translate("unwatched", "Money is not frozen when a promise breaks now. Health says what to do.")


def not_checking() -> str:
    """Say what it means when a worker runs, and does not check the promises."""
    return translate(
        "unwatched", "A worker is running, but it does not check, so money is never frozen. Read its log: journalctl -u rachel-worker."
    )


def last_checked(known: Known, now: datetime) -> str:
    """Say since when no worker checks the promises."""
    if known.newest is None:
        return translate("unwatched", "They were never checked")
    return translate("unwatched", "Not checked since {time}").format(time=moment(known.newest.at, now))
