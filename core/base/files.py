"""Files: written beside their places and moved there together, so that they stand there whole or not at all."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def whole(*places: Path) -> Iterator[list[Path]]:
    """Give a draft beside each place, to be written inside the block. They are moved there at its end, or gone when it raises.

    Raises OSError where a place cannot be had; then none was taken.
    """
    drafts = [place.with_name(f"{place.name}.part") for place in places]
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
