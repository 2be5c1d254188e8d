"""Words as people type them in a hurry: without accents, dots below and capitals.  SQL twin: core/database/matching.py."""

import unicodedata
from functools import lru_cache

LETTERS = "ɓɗƙƴŋɛɔəıøłđ", "bdkyneoeiold"  # letters that are no letter with a mark, to who types without
BARE = str.maketrans(*LETTERS)


@lru_cache(maxsize=1 << 15)  # a list is sorted and searched by the same few thousand names again and again
def plain(text: str) -> str:
    """Return the text as it would be typed in a hurry: "Ọ̀gbọ̀nọ̀" -> "ogbono"."""
    parted = unicodedata.normalize("NFKD", text.casefold())
    return "".join(sign for sign in parted if not unicodedata.combining(sign)).translate(BARE)
