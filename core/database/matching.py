"""Matching: does a column hold what somebody typed in a hurry?  Python twin: core/base/words.py."""

from typing import Any

from sqlalchemy import ColumnElement, func

from core.base.words import LETTERS, plain

MARKS = "[\u0300-\u036f]"  # accents and dots, once they are parted from their letters


def holds(column: ColumnElement[Any], word: str) -> ColumnElement[bool]:
    """Return the filter for rows whose text holds the word, whatever accents, dots below and capitals either has."""
    return bare(column).contains(plain(word), autoescape=True)


def bare(text: ColumnElement[Any] | str) -> ColumnElement[Any]:
    """Return the text without accents, dots below and capitals, as names are sorted: by code points Ẹ stands behind z."""
    parted = func.pg_catalog.normalize(func.lower(text), "NFKD")
    return func.translate(func.regexp_replace(parted, MARKS, "", "g"), *LETTERS)
