"""Triggered: the triggers of the meter in plain words, in the person's language.  Triggers: core/health/triggers.py."""

from PySide6.QtCore import QCoreApplication

translate = QCoreApplication.translate


def plain_titles() -> dict[str, str]:
    """Return what each trigger is about, by its key, for whoever knows nothing of servers."""
    return {
        "T1": translate("triggers", "How busy the server is"),
        "T2": translate("triggers", "How fast pages are read"),
        "T3": translate("triggers", "Changes that collide"),
        "T4": translate("triggers", "News to open windows"),
        "T5": translate("triggers", "Connections"),
        "T6": translate("triggers", "Saving to the disk"),
        "T7": translate("triggers", "A second server"),
        "T8": translate("triggers", "Work that waits"),
        "T9": translate("triggers", "People far away"),
        "T10": translate("triggers", "The largest table"),
        "T11": translate("triggers", "Promises and money"),
    }


def exact_titles() -> dict[str, str]:
    """Return what docs/scaling.md calls each trigger, by its key."""
    return {
        "T1": translate("triggers", "The server's processor"),
        "T2": translate("triggers", "Reading at the screen"),
        "T3": translate("triggers", "Calls that collide"),
        "T4": translate("triggers", "Kicks to programs"),
        "T5": translate("triggers", "Connections"),
        "T6": translate("triggers", "Writing the log"),
        "T7": translate("triggers", "Standbys behind"),
        "T8": translate("triggers", "Work that waits"),
        "T9": translate("triggers", "People far away"),
        "T10": translate("triggers", "The largest table"),
        "T11": translate("triggers", "Promises and money"),
    }


def figure_words() -> dict[str, str]:
    """Return the sentence of each figure, by its limit's key; {value} holds it with its unit."""
    return {
        "processor": translate("triggers", "{value} of its time it works"),
        "read": translate("triggers", "95 of 100 reads took {value} at most"),
        "contended": translate("triggers", "{value} of changes met another one"),
        "tries": translate("triggers", "Tries for each change: {value}"),
        "deadlocks": translate("triggers", "{value} stopped each other"),
        "on_lock": translate("triggers", "{value} wait to tell the news"),
        "listeners": translate("triggers", "Windows that listen: {value}"),
        "connections": translate("triggers", "{value} of all are taken"),
        "on_wal": translate("triggers", "{value} wait for the disk"),
        "commit": translate("triggers", "95 of 100 took {value} at most"),
        "replay": translate("triggers", "It is {value} behind"),
        "fallbacks": translate("triggers", "{value} of reads went to the first one"),
        "waiting": translate("triggers", "The oldest is {value} overdue"),
        "stuck": translate("triggers", "Need a person: {value}"),
        "far": translate("triggers", "{value} of people wait over 200 ms"),
        "largest": translate("triggers", "It takes {value}"),
        "broken": translate("triggers", "Broken promises: {value}"),
    }


def later_words() -> dict[str, tuple[str, str]]:
    """Return why one server alone cannot measure a trigger, and when it begins to matter, by its key."""
    return {
        "T7": (
            translate("triggers", "There is no standby to read from."),
            translate("triggers", "It begins to matter with the first one."),
        ),
        "T9": (
            translate("triggers", "All programs are in one region."),
            translate("triggers", "It begins to matter when people work from a second one."),
        ),
    }


def lever_words() -> dict[str, tuple[str, ...]]:
    """Return the levers of each trigger in their order, by its key."""
    return _levers_of_speed() | _levers_of_room()


def _levers_of_speed() -> dict[str, tuple[str, ...]]:
    standby, region = translate("triggers", "Read reports from a standby"), translate("triggers", "Split by region")
    return {
        "T1": (
            translate("triggers", "Find the dearest query and make it cheaper"), standby, translate("triggers", "Keep menus in a cache"),
            translate("triggers", "Take a bigger machine"), region,
        ),
        "T2": (
            translate("triggers", "Find the slowest view and make it cheaper"), standby,
            translate("triggers", "Read fresh lists from a standby, with a token"),
        ),
        "T3": (
            translate("triggers", "Look at the order of locks"), translate("triggers", "Make the transaction shorter"),
            translate("triggers", "Split the stock of a dish into buckets"),
        ),
        "T4": (
            translate("triggers", "Take NOTIFY out of every transaction but the relay's"),
            translate("triggers", "Let programs ask every few seconds instead of listening"),
            translate("triggers", "Kick through Redis"),
        ),
        "T6": (
            translate("triggers", "Give the log a fast disk of its own"),
            translate("triggers", "Twenty messages in one transaction"), region,
        ),
    }  # fmt: skip


def _levers_of_room() -> dict[str, tuple[str, ...]]:
    return {
        "T5": (
            translate("triggers", "Close idle ones sooner"), translate("triggers", "More memory, and a higher max_connections"),
            translate("triggers", "PgBouncer for services that share a login"), translate("triggers", "Split by region"),
        ),
        "T7": (translate("triggers", "Take reports off that standby"), translate("triggers", "Add a standby")),
        "T8": (
            translate("triggers", "See that a worker runs, and run a second one"), translate("triggers", "RabbitMQ behind the relay"),
        ),
        "T9": (translate("triggers", "A database in that region"),),
        "T10": (
            translate("triggers", "Partition it by month"), translate("triggers", "Detach old months and keep them in an archive"),
        ),
        "T11": (translate("triggers", "Call whoever runs the database. What moves money stops by itself"),),
    }  # fmt: skip
