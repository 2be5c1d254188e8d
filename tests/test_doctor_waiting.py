"""What waits on the server, as `rachel doctor` tells it: kicks for whoever listens. Seals: tests/audit/test_waiting.py."""

from dataclasses import replace

import pytest

from core import health
from core.cli import doctor_waiting


@pytest.mark.parametrize(("thousandths", "mark"), [(0, "ok"), (99, "ok"), (100, "look"), (500, "act")])
def test_a_queue_for_kicks_that_fills_is_told_before_it_is_full(auditor, thousandths, mark):
    found = doctor_waiting.kicks(replace(health.server(auditor), kick_queue=thousandths))
    assert (found.mark, found.figure) == (mark, f"{thousandths / 10:.1f} % of the queue for kicks is used")
