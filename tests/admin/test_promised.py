"""What each promise says is said in the office word for word as its check has it, and so can be translated."""

import re

from admin_app.promises.titles import area_of, title_of, titles
from core.database.scripts import Scripts
from core.health import Area

FIRST = re.compile(r"-- (I\d+[a-z]?) (\w+): (.+)")
SAID = [FIRST.match(script.read_text(encoding="utf-8").splitlines()[0]).groups() for script in Scripts().checks()]


def test_every_check_has_its_words_here_and_there_are_no_others(qapp):
    assert titles() == {name: title for name, _, title in SAID}


def test_every_promise_is_about_what_its_check_says(qapp):
    assert {name: area_of(name) for name in titles()} == {name: Area(area) for name, area, _ in SAID}


def test_one_that_is_not_known_here_is_told_as_it_came_and_is_taken_for_the_gravest(qapp):
    assert (title_of("I99", "Nothing is lost"), title_of("I99"), area_of("I99")) == ("Nothing is lost", "I99", Area.MONEY)
