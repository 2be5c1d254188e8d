"""What can go wrong, in two families: Refused (tell the person) and Offline (keep the input). Everything else is our bug."""

import json
from typing import Any


class Refused(Exception):
    """The request was understood and refused: str() is a sentence for the person, `facts` is for the screen."""

    sqlstate = ""

    def __init__(self, message: str, facts: dict[str, Any] | None = None) -> None:
        super().__init__(message)
        self.facts = facts or {}


class Invalid(Refused):
    """An argument cannot be right; facts: field."""

    sqlstate = "RF400"


class Unfunded(Refused):
    """Not enough money; facts: available (kobo)."""

    sqlstate = "RF402"


class Forbidden(Refused):
    """This login may not do it; facts: why."""

    sqlstate = "RF403"


class Missing(Refused):
    """It does not exist, or is not yours."""

    sqlstate = "RF404"


class Illegal(Refused):
    """No such step from the state it is in; facts: from, to, or why."""

    sqlstate = "RF409"


class Short(Refused):
    """Not enough on the shelf; facts: items, each with item, available and wanted (smallest units)."""

    sqlstate = "RF410"


class Stale(Refused):
    """Somebody changed it first; facts: what it is now, and what changed it."""

    sqlstate = "RF412"


class Reused(Refused):
    """The id was used for another request, or is closed; facts: why."""

    sqlstate = "RF422"


class Frozen(Refused):
    """Closed until somebody looked into it; facts: since, why, and `all` where it is all money and no single wallet."""

    sqlstate = "RF423"


class Outdated(Refused):
    """This program is too old for the database; facts: lowest."""

    sqlstate = "RF426"


class TooFast(Refused):
    """Too many requests at once; facts: seconds to wait."""

    sqlstate = "RF429"


class Unisolated(Refused):
    """Another isolation level than READ COMMITTED: always a bug or an attack."""

    sqlstate = "RF001"


class Busy(Refused):
    """Somebody else holds what is needed. Nothing was done; the same id may be sent again."""

    sqlstate = "55P03"


class Exhausted(Refused):
    """The server stopped this because it needs more than there is, or than one request may have. Nothing was done."""

    sqlstate = "53400"


class Offline(Exception):
    """The server did not answer, and nothing was sent to it."""


class Unanswered(Offline):
    """The line was lost, or the deadline passed, while a call was under way: nobody knows yet whether it was done."""


BY_SQLSTATE = {kind.sqlstate: kind for kind in Refused.__subclasses__()}
IN_OUR_WORDS = {  # PostgreSQL's own codes: its text is for programmers
    "42501": Forbidden("This login may not do that."),
    "55P03": Busy("Somebody else is changing the same thing. Try again in a moment."),
    "40P01": Busy("Somebody else is changing the same thing. Try again in a moment."),
    "40001": Busy("Somebody else is changing the same thing. Try again in a moment."),
    "53000": Exhausted("The server has run out of something it needs. Nothing was changed. Tell whoever runs it."),
    "53100": Exhausted("The server's disk is full. Nothing was changed. Tell whoever runs it."),
    "53200": Exhausted("The server has run out of memory. Nothing was changed. Try again in a moment, then tell whoever runs it."),
    "53400": Exhausted("This needs more room than the server gives to one request. Ask for less, or tell whoever runs it."),
    "57014": Busy("The server stopped this because it took too long. Try again in a moment."),
}


def refusal(sqlstate: str, message: str | None, detail: str | None) -> Refused | None:
    """Make the refusal that an error of the server stands for, or None when it stands for none."""
    if own := IN_OUR_WORDS.get(sqlstate):
        return type(own)(str(own))
    kind = BY_SQLSTATE.get(sqlstate)
    return kind(message or "The server refused this.", _facts(detail)) if kind else None


def _facts(detail: str | None) -> dict[str, Any]:
    """Read the DETAIL of one of our codes: always a JSON object, or nothing."""
    facts = json.loads(detail) if detail else {}
    return facts if isinstance(facts, dict) else {}
