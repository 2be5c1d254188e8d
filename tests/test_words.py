"""What may be stored as text: everything that shows as what it is. The same rule holds for every name, note and reason."""

import pytest

from core.base.errors import Invalid
from core.base.identifiers import new_id
from core.customers import create_customer
from core.stock import receive_stock
from tests.support.refusals import refused

PHONE = "+2348031234567"


@pytest.mark.parametrize(
    "name",
    [
        "Ẹ̀bà ₦500", "Ṣàngó Ọmọ́tọ́ṣọ̀ọ́", "O'Brien", 'Mama "Put" Kitchen', "100% beef; -- no salt", "'); DROP TABLE app.orders; --",
        "<b>bold</b> <img src=x onerror=alert(1)>", "&lt;script&gt;", "=HYPERLINK(1)", "🍛 Jollof ❤️", "日本料理", "Ресторан", "مطعم",
        "back\\slash %s {name}", "𝕵ollof", "a" * 120,
    ],
)  # fmt: skip
def test_what_shows_as_it_is_is_stored_as_it_is(ordering, name):
    assert create_customer(ordering, new_id(), name, PHONE).name == name


@pytest.mark.parametrize(
    ("name", "because"),
    [
        (None, "missing"), ("", "missing"), ("a" * 121, "longer than 120"), (" Ada", "begins or ends with a blank"),
        ("Ada ", "begins or ends with a blank"), ("Ada\u00a0", "begins or ends with a blank"), ("   ", "begins or ends with a blank"),
        ("Ada\x07Eze", "control character"), ("Ada\nEze", "control character"), ("Ada\u2028Eze", "control character"),
        ("Ada\x9fEze", "control character"), ("Rice \u202eecir", "cannot be seen"), ("Rice \u2067ecir\u2069", "cannot be seen"),
        ("Jol\u200blof", "cannot be seen"), ("Jol\u00adlof", "cannot be seen"), ("Jollof\ufeff rice", "cannot be seen"),
        ("Jol\u2060lof", "cannot be seen"), ("Rice\U000e0041", "cannot be seen"), ("Rice\U000e0100", "cannot be seen"),
        ("Rice\u2800", "cannot be seen"), ("Rice\ufe00", "cannot be seen"), ("👨\u200d🍳", "cannot be seen"),
        ("Akara\u0301", "unusual form"), ("J\u043ellof", "look-alikes"), ("\u0410da Eze", "look-alikes"), ("Ric\u03b5", "look-alikes"),
    ],
)  # fmt: skip
def test_what_would_show_as_something_else_is_refused_and_says_why(ordering, name, because):
    with refused(Invalid, field="name") as caught:
        create_customer(ordering, new_id(), name, PHONE)
    assert because in str(caught.value)


def test_the_refusal_does_not_repeat_what_was_typed(ordering):
    with refused(Invalid, field="name") as caught:
        create_customer(ordering, new_id(), "Rice \u202eecir", PHONE)
    assert "Rice" not in str(caught.value)


def test_only_a_note_may_be_empty(town, cook):
    assert receive_stock(cook, new_id(), town.rice, 1, "").note == ""
    with refused(Invalid, field="note"):
        receive_stock(cook, new_id(), town.rice, 1, None)


@pytest.mark.parametrize("name", ["a\x00b", "a\udc80b"])
def test_what_is_no_text_does_not_leave_this_computer(ordering, owner_connection, name):
    with pytest.raises(Invalid, match="cannot be stored"):
        create_customer(ordering, new_id(), name, PHONE)
    assert owner_connection.execute("SELECT count(*) FROM app.customers").fetchone() == (0,)
