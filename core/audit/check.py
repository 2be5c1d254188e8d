"""Check: the whole way from a kept head to the end of the trail, step by step, by either verifier."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial

from core.audit.head import Head, Stream
from core.audit.reader import read_trail, written_in
from core.audit.verify import Step, Wrong, verify_trail
from core.audit.views import first_head, newest_seals, seals_at
from core.database.gateway import Database

Look = Callable[[Stream, int, str], Step]  # one step: stream, since, and the whole head there


@dataclass(frozen=True)
class Verdict:
    """How far a verification came: from `since` to `head`, of `end` positions. `found` things are wrong so far, `wrong` the first."""

    stream: Stream
    since: int
    head: Head
    end: int
    found: int = 0
    wrong: list[Wrong] = field(default_factory=list)

    @property
    def rows(self) -> int:
        """Return how many rows were looked at."""
        return self.head.position - self.since


def check(
    db: Database, stream: Stream, kept: Sequence[Head] = (), *, since: Head | None = None, by_reader: bool = False
) -> Iterator[Verdict]:
    """Verify a stream from `since` on (a head somebody kept; None: from the first row), and yield a Verdict after each step.

    The last is final. As long as nothing was found its head may be kept, and another verification go on from there: the kept heads, which
    must be those of their positions, and what was written in are looked at first. `by_reader`: by plain SELECTs and Python instead of the
    server's own function. Raises what reading raises; whoever has enough of it stops taking.
    """
    start = _whole(db, since) if since else first_head(stream)
    look: Look = partial(read_trail, db) if by_reader else partial(verify_trail, db)
    end = _end(db, stream)
    early = [*_not_kept(db, stream, kept), *(written_in(db, stream, end) if by_reader else [])]
    verdict = Verdict(stream, start.position, start, max(start.position, end), len(early), early)
    told = {(wrong.kind, wrong.row_id) for wrong in early}
    while True:
        step = look(stream, verdict.head.position, verdict.head.head)
        moved = step.upto > verdict.head.position
        if moved or step.found or verdict.head == start:  # a last step that finds nothing more says the same again
            verdict = _after(verdict, step)
            yield verdict
        if not moved:
            break
    late = written_in(db, stream, verdict.head.position) if by_reader and verdict.head != start else []  # nothing new: looked for just now
    rest = [wrong for wrong in late if (wrong.kind, wrong.row_id) not in told]
    if verdict.head.position < verdict.end:  # seals were taken out: there is none in reach of the last, and more behind
        rest.append(Wrong("gap", verdict.end))
    if rest:
        yield _after(verdict, Step(verdict.head.position, verdict.head.head, len(rest), rest))


def _after(verdict: Verdict, step: Step) -> Verdict:
    head = Head(verdict.stream, step.upto, step.head)
    return Verdict(verdict.stream, verdict.since, head, max(verdict.end, step.upto), verdict.found + step.found, verdict.wrong + step.wrong)


def _whole(db: Database, head: Head) -> Head:
    """Return the head with all its digits, as the seal has them, when it agrees; else as it is, and the first look finds it wrong."""
    agreeing = [seal for seal in seals_at(db, head.stream, [head.position]) if head.agrees(seal.head)]
    return Head(head.stream, head.position, agreeing[0].head) if agreeing else head


def _not_kept(db: Database, stream: Stream, kept: Sequence[Head]) -> list[Wrong]:
    """Return the kept heads that are no longer those of their positions."""
    mine = [head for head in kept if head.stream == stream]
    if not mine:
        return []
    there = {seal.position: seal.head for seal in seals_at(db, stream, [head.position for head in mine])}
    end = _end(db, stream)
    return [
        Wrong("cut" if head.position > end else "head", head.position)
        for head in mine if not head.agrees(there.get(head.position, ""))
    ]  # fmt: skip


def _end(db: Database, stream: Stream) -> int:
    """Return how far the stream is sealed; 0 also where somebody took out all seals."""
    return max((seal.position for seal in newest_seals(db, stream)), default=0)
