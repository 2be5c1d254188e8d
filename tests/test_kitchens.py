"""Kitchens: opened by the owner, seen by the office and by those who work there."""

import pytest

from core.base.errors import Invalid
from core.base.identifiers import new_id
from core.kitchens import Kitchen, create_kitchen, kitchens
from tests.support.refusals import refused


def test_a_new_kitchen_has_the_id_of_the_command_and_the_office_sees_it(owner, login):
    command_id = new_id()
    assert create_kitchen(owner, command_id, "Ikeja", "Ikeja GRA") == Kitchen(command_id, "Ikeja", "Ikeja GRA")
    assert [each.name for each in kitchens(login("support"))] == ["Ikeja", "Lekki", "Yaba"]


@pytest.mark.parametrize(
    ("who", "seen"), [("cook", ["Yaba"]), ("counter", ["Yaba"]), ("stranger", ["Lekki"]), ("auditor", ["Lekki", "Yaba"])]
)
def test_people_of_a_kitchen_see_their_own_and_the_office_sees_all(login, who, seen):
    assert [each.name for each in kitchens(login(who))] == seen


def test_two_kitchens_do_not_share_a_name(owner):
    with refused(Invalid, field="name") as caught:
        create_kitchen(owner, new_id(), "Yaba", "Yaba")
    assert str(caught.value) == "Another kitchen has this name."


@pytest.mark.parametrize(
    ("name", "district", "field"), [("", "Ikeja", "name"), ("Ikeja", "", "district"), ("I" * 81, "Ikeja", "name"), (None, None, "name")]
)
def test_a_kitchen_without_a_name_or_a_district_is_not_opened(owner, name, district, field):
    with refused(Invalid, field=field):
        create_kitchen(owner, new_id(), name, district)
