"""Head codes: what is printed under a report and typed back weeks later."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.audit import Head, read_code
from core.base.errors import Invalid

HEAD = Head("events", 120027, "35608058ced143620bc3bac8a1d432f08268a1567d42a1ca266d708e685c9ee4")


@given(st.sampled_from(["events", "ledger"]), st.integers(0, 10**18 - 1), st.text("0123456789abcdef", min_size=64, max_size=64))
def test_a_code_says_the_stream_the_position_and_a_hundred_bits_of_the_head(stream, position, digits):
    head = Head(stream, position, digits)
    read = read_code(head.code)
    assert (read.stream, read.position, read.head) == (stream, position, digits[:25])
    assert read.agrees(digits)
    assert read.code == head.code


def test_it_is_read_as_people_type_it():
    assert HEAD.code.startswith("E120027-")
    typed = HEAD.code.lower().replace("-", " ").replace("0", "o").replace("1", "l")
    assert typed.startswith("el2oo27 ")
    assert read_code(f"  {typed} ") == read_code(HEAD.code)


ZEROS = "00000-00000-00000"


@pytest.mark.parametrize("text", ["", "E12", f"X12-{ZEROS}-00000", f"E12-{ZEROS}-0000", f"E12-{ZEROS}-0000U", f"E-1-{ZEROS}-00000"])
def test_what_is_no_code_is_refused_with_an_example(text):
    with pytest.raises(Invalid, match="is no head code. One looks like E"):
        read_code(text)


def test_a_head_of_another_trail_does_not_agree():
    assert not read_code(HEAD.code).agrees("4" + HEAD.head[1:])
    assert not HEAD.agrees(HEAD.head[:63] + "5")
