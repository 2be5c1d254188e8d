"""What is confirmed: the words of one kind of proposal, and one proposal of it as it was previewed."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from admin_app.proposals.confirming_clock import Held


@dataclass(frozen=True)
class Manner:
    """How one kind is confirmed. `reasons`: what is said, and its code (core.proposals.REASONS).

    A figure or a name must be typed: `type_it` asks for it, `read` turns what was typed into it, or raises ValueError with a sentence;
    `matches` and `differs` say whether it is the one above, `figure_help` how it may be written. `hold` says what happens where something
    changes first.
    """

    reasons: Sequence[tuple[str, str]]
    type_it: str
    read: Callable[[str], int | str]
    matches: str
    differs: str
    hold: str
    nothing_done: str  # "Nothing was refunded."
    figure_help: str = ""


@dataclass(frozen=True)
class Confirmable:
    """One that was previewed. `act` is what the button says; `second`: why a second person must agree ("": nobody need).

    `figure`: what must be typed (None: nothing). `is_danger`: it hurts somebody, or there is no way back from it.
    """

    proposal_id: UUID
    token: str
    figure: int | str | None
    act: str
    second: str
    held: Held
    made_at: datetime  # by the server
    is_danger: bool = True
