"""Files: written beside their places and moved there when all are ready, so that each stands there whole or not at all."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from secrets import token_hex


@contextmanager
def whole(*places: Path) -> Iterator[list[Path]]:
    """Give a draft beside each place, to be written inside the block. They are moved there at its end, or gone when it raises.

    Raises OSError where a place cannot be had; what can be known of that before the first is moved is known then. They are moved one after
    the other: after a power cut in between, or where two write the same places at once, files of before and of now can stand side by side,
    each whole. Whoever reads them must notice that, as a signature does. A draft whose program was killed stays behind.
    """
    own = token_hex(4)  # two at once share no draft
    drafts = [place.with_name(f"{place.name}.{own}.part") for place in places]
    try:
        yield drafts
        for draft, place in zip(drafts, places, strict=True):
            _through(draft)
            if place.is_dir():
                raise IsADirectoryError(21, "It is a folder", str(place))
        for draft, place in zip(drafts, places, strict=True):
            draft.replace(place)
    finally:
        for draft in drafts:
            draft.unlink(missing_ok=True)


def _through(path: Path) -> None:
    """Write a file through to the disk: after a power cut a name without its content would be half a file."""
    with path.open("rb+") as file:
        os.fsync(file.fileno())
