"""Ids: unique, in the order in which they were made, and honest UUIDv7."""

import time
from concurrent.futures import ThreadPoolExecutor
from uuid import RFC_4122

from core.base import identifiers
from core.base.identifiers import new_id


def test_an_id_is_a_uuid_of_version_seven_that_begins_with_the_time():
    before = time.time_ns() // 1_000_000
    made = new_id()
    after = time.time_ns() // 1_000_000
    assert (made.version, made.variant) == (7, RFC_4122)
    assert before <= made.int >> 80 <= after


def test_ids_sort_as_they_were_made():
    made = [new_id() for _ in range(20_000)]
    assert made == sorted(made)
    assert len(set(made)) == len(made)


def test_ids_of_many_threads_are_all_different():
    with ThreadPoolExecutor(8) as pool:
        made = list(pool.map(lambda _: new_id(), range(20_000)))
    assert len(set(made)) == len(made)


def test_a_clock_that_is_set_back_does_not_set_ids_back(monkeypatch):
    first = new_id()
    monkeypatch.setattr(identifiers.time, "time_ns", lambda: 0)
    assert first < new_id() < new_id()
