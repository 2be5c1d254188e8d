"""Texts: what people typed, shown where there is little room, and as it is where Qt would make something else of it."""

import unicodedata
from html import escape

LONG = 24  # signs without a blank: from there on a name may break anywhere


def tip(text: str) -> str:
    """Return the text for a tool tip. Qt takes anything that looks like markup for markup there, and a name is only a name."""
    return f'<p style="white-space:pre-wrap">{escape(text)}</p>'


def breakable(name: str) -> str:
    """Let a name without blanks go on in the next line, without parting a letter from its marks."""
    out, run = "", 0
    for sign in name:
        run = 0 if sign.isspace() else run + 1
        if run > LONG and not unicodedata.combining(sign):
            out, run = out + "\u200b", 1
        out += sign
    return out


def cut(text: str, longest: int) -> str:
    """End a text in … where it is longer than that."""
    return text if len(text) <= longest else f"{text[: longest - 1]}…"
