"""The triggers, and the page that explains them: the same names, thresholds and levers; and how figures are written."""

import re
from pathlib import Path

import pytest

from core.health.figures import size, written
from core.health.triggers import DAYS, GIGABYTE, OF_DAYS, QUARTER, TRIGGERS, Source, Unit

PAGE = (Path(__file__).parents[1] / "docs" / "scaling.md").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("figure", "unit", "words"),
    [
        (34.0, Unit.PERCENT, "34 %"), (0.34, Unit.PERCENT, "0.3 %"), (0.001, Unit.PERCENT, "under 0.1 %"), (0, Unit.PERCENT, "0 %"),
        (1.25, Unit.COUNT, "1.2"), (12_345, Unit.COUNT, "12,345"), (75.4, Unit.SECONDS, "75 s"), (100, Unit.MILLISECONDS, "100 ms"),
        (200 * GIGABYTE, Unit.BYTES, "200 GB"), (12_300_000, Unit.BYTES, "12.3 MB"), (999_999, Unit.BYTES, "1.0 MB"),
        (512, Unit.BYTES, "512 B"),
    ],
)  # fmt: skip
def test_figures_are_written_with_their_unit(figure, unit, words):
    assert written(figure, unit) == words


def test_a_size_beyond_every_name_keeps_the_last_one():
    assert size(5_000 * 10**12) == "5,000 TB"


def test_the_page_names_the_same_triggers_with_the_same_thresholds_and_levers_in_the_same_order():
    sections = re.split(r"^## (?=T\d+ )", PAGE, flags=re.M)[1:]
    assert [section.splitlines()[0] for section in sections] == [f"{each.key} {each.title}" for each in TRIGGERS]
    for section, trigger in zip(sections, TRIGGERS, strict=True):
        section = section.split("\n## ")[0]
        thresholds = re.findall(r"^\| `(\w+)` \| more than (.+?) \|", section, re.M)
        assert thresholds == [(limit.key, written(limit.most, limit.unit)) for limit in trigger.limits], trigger.key
        assert re.findall(r"^\d+\. \*\*(.+?)\.?\*\*", section, re.M) == list(trigger.levers), trigger.key
        assert ("both" in section.split("1. **")[0]) == trigger.together, trigger.key


def test_the_page_says_how_long_it_must_last():
    assert f"{QUARTER} minutes on {DAYS} days of {OF_DAYS}" in " ".join(PAGE.split())
    lasting = re.search(r"These last: (.+?)\.", PAGE)[1]
    assert lasting == ", ".join(each.key for each in TRIGGERS if each.lasts)


def test_every_figure_of_a_trigger_has_a_name_of_its_own():
    keys = [limit.key for trigger in TRIGGERS for limit in trigger.limits]
    assert len(keys) == len(set(keys))
    assert {limit.source for trigger in TRIGGERS for limit in trigger.limits} == set(Source)
