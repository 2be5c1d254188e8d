"""Reading the lines of a refund: what is asked of its orders, answered by the database page after page."""

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from admin_app.parts import EXPORT_PAGE, PAGE, Part
from core.database.gateway import Database
from core.refunds import LineState, RefundOrder, refund_orders

LONGEST_NUMBER = 18  # digits: what is longer is no order's number
AFTERWARDS = frozenset({"rejected", "withdrawn", "lapsed", "stale"})  # whys of lines that were let go after they were confirmed


@dataclass(frozen=True)
class Asked:
    """`state`: None for all."""

    proposal_id: UUID
    state: LineState | None = None
    search: str = ""

    @property
    def narrows(self) -> bool:
        return self.state is not None or bool(self.search)


def identity(row: RefundOrder) -> tuple[UUID, str, str]:
    """What a row is, whatever becomes of it: of an order, what goes one way; apart from it what was left out at once, and why."""
    left_out = row.state is LineState.LEFT_OUT and row.why not in AFTERWARDS
    return row.order_id, row.destination.value, row.why if left_out else ""


def read_page(db: Database, asked: Asked, last: RefundOrder | None = None, size: int = PAGE) -> Part:
    """Read the page below `last`, or the first one; one row more than shown tells whether there is a next. Blocks."""
    search = asked.search.lstrip("#")
    if any(word.isdecimal() and len(word) > LONGEST_NUMBER for word in search.split()):
        return Part([], False)
    states = () if asked.state is None else (asked.state,)
    found = refund_orders(db, asked.proposal_id, states, search, last.key if last else None, size + 1)
    return Part(found[:size], len(found) > size)


def read_all(db: Database, asked: Asked) -> Iterator[RefundOrder]:
    """Read everything, page after page. Blocks."""
    part = read_page(db, asked, size=EXPORT_PAGE)
    yield from part.rows
    while part.more:
        part = read_page(db, asked, part.rows[-1], EXPORT_PAGE)
        yield from part.rows
