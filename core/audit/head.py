"""A head: what somebody outside the database keeps of the trail, and the short code of it that fits on a printed page."""

import re
from dataclasses import dataclass
from typing import Literal

from core.base.errors import Invalid

Stream = Literal["events", "ledger"]
STREAMS: tuple[Stream, ...] = ("events", "ledger")
LETTERS: dict[Stream, str] = {"events": "E", "ledger": "L"}
DIGITS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford's 32: none of them is read as another
READ_AS = str.maketrans("OIL", "011")  # what people type for them
SHORT = 20  # of these digits: 100 bits, so nobody finds a second trail with the same code
CODE = re.compile(rf"([EL])(\d{{1,18}})-([{DIGITS}]{{{SHORT}}})")


@dataclass(frozen=True)
class Head:
    """The head of a stream at a position; `head` is hexadecimal, all 64 digits of it, or the first 25, which its code holds."""

    stream: Stream
    position: int
    head: str

    @property
    def code(self) -> str:
        """Return the short code: "E120027-7F3KQ-9M2XT-B4N8D-0PQRS"."""
        number = int(self.head[: SHORT * 5 // 4], 16)
        digits = "".join(DIGITS[number >> 5 * place & 31] for place in reversed(range(SHORT)))
        return "-".join([f"{LETTERS[self.stream]}{self.position}", *(digits[start : start + 5] for start in range(0, SHORT, 5))])

    def agrees(self, head: str) -> bool:
        """Tell whether a whole head is this one, as far as this one is known."""
        return head.startswith(self.head)


def read_code(text: str) -> Head:
    """Return the head of a code as people type it: small letters, spaces, O for 0. Raises Invalid."""
    place, *rest = text.upper().replace("-", " ").split() or [""]
    found = CODE.fullmatch(place[:1] + place[1:].translate(READ_AS) + "-" + "".join(rest).translate(READ_AS))
    if not found:
        raise Invalid(f"“{text}” is no head code. One looks like E120027-7F3KQ-9M2XT-B4N8D-0PQRS.", {"field": "head"})
    number = 0
    for digit in found[3]:
        number = number << 5 | DIGITS.index(digit)
    stream: Stream = "events" if found[1] == "E" else "ledger"
    return Head(stream, int(found[2]), f"{number:0{SHORT * 5 // 4}x}")
