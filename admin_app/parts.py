"""Parts: how a paged table is read: page after page, again where something changed, and what of it is new to whoever reads."""

from collections.abc import Collection, Hashable, Iterator, Sequence
from typing import Any, NamedTuple, Protocol
from uuid import UUID

PAGE, EXPORT_PAGE = 200, 1000  # rows


class Source(Protocol):
    """How a page's rows are read. All of it blocks, and is called off the UI thread."""

    def resolve(self, asked: Any) -> Any:
        """Turn what was typed and chosen into what is asked of the database. Once for each question, for it may cost something."""

    def read(self, wanted: Any, last: Any, size: int) -> list[Any]:
        """Read up to `size` rows below the row `last`; from the top where that is None."""

    def again(self, shown: Collection[UUID], changed: Collection[UUID] | None) -> list[Any]:
        """Read what became of those shown that changed; `changed` None: nobody knows which did."""


class Part(NamedTuple):
    """A part of the answer; `more`: there is a next page."""

    rows: list[Any]
    more: bool


class Answer(NamedTuple):
    """The first page of a question, with the question as the source resolved it, and the shown rows that changed since."""

    asked: Any
    wanted: Any
    first: Part
    touched: list[Any]


def read_part(source: Source, wanted: Any, last: Any = None, size: int = PAGE) -> Part:
    """Read a page; one row more than shown tells whether there is a next."""
    found = source.read(wanted, last, size + 1)
    return Part(found[:size], len(found) > size)


def read_all(source: Source, wanted: Any) -> Iterator[Any]:
    """Read everything, page after page."""
    part = read_part(source, wanted, size=EXPORT_PAGE)
    yield from part.rows
    while part.more:
        part = read_part(source, wanted, part.rows[-1], EXPORT_PAGE)
        yield from part.rows


def read_first(source: Source, asked: Any) -> Answer:
    """Read the answer to a new question."""
    wanted = source.resolve(asked)
    return Answer(asked, wanted, read_part(source, wanted), [])


def read_news(source: Source, asked: Any, wanted: Any, shown: Collection[UUID], changed: Collection[UUID] | None) -> Answer:
    """Read the first page again, and what became of the shown rows that changed, whether they still match or not.

    `wanted` None: the question was not resolved yet.
    """
    ready = source.resolve(asked) if wanted is None else wanted
    touched = source.again(shown, changed) if shown and (changed is None or changed) else []
    return Answer(asked, ready, read_part(source, ready), touched)


def compare(first: Sequence[Hashable], shown: Sequence[Hashable], more: bool) -> tuple[int, bool]:
    """Count what stands in the first page and is not shown but should be, and tell whether what is shown stands elsewhere by now.

    Where `more` are below, only what stands above something that is shown should be.
    """
    places = {key: place for place, key in enumerate(shown)}
    known = [places[key] for key in first if key in places]
    reach = max((place for place, key in enumerate(first) if key in places), default=len(first)) if more else len(first)
    return sum(key not in places for key in first[:reach]), known != sorted(known)
