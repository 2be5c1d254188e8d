"""Files that are written beside their places: they stand there whole and together, or not at all."""

import os
import re

import pytest

from core.base.files import whole


def names(folder):
    return sorted(each.name for each in folder.iterdir())


def test_what_was_written_stands_there_and_no_draft_is_left(tmp_path):
    with whole(tmp_path / "a.pdf", tmp_path / "a.sig") as [page, signature]:
        page.write_bytes(b"page")
        signature.write_bytes(b"signature")
        assert [re.sub(r"\.[0-9a-f]{8}\.part$", "", name) for name in names(tmp_path)] == ["a.pdf", "a.sig"]
    assert {each.name: each.read_bytes() for each in tmp_path.iterdir()} == {"a.pdf": b"page", "a.sig": b"signature"}


@pytest.mark.parametrize("error", [ValueError, KeyboardInterrupt, OSError])
def test_what_ends_early_leaves_nothing_and_what_was_there_before_as_it_was(tmp_path, error):
    (tmp_path / "a.pdf").write_bytes(b"before")
    with pytest.raises(error), whole(tmp_path / "a.pdf", tmp_path / "a.sig") as [page, _]:
        page.write_bytes(b"half")
        raise error
    assert names(tmp_path) == ["a.pdf"] and (tmp_path / "a.pdf").read_bytes() == b"before"


def test_where_one_place_cannot_be_had_none_is_taken(tmp_path):
    (tmp_path / "a.sig").mkdir()
    with pytest.raises(IsADirectoryError), whole(tmp_path / "a.pdf", tmp_path / "a.sig") as drafts:
        for draft in drafts:
            draft.write_bytes(b"x")
    assert names(tmp_path) == ["a.sig"]


def test_a_draft_that_was_never_written_is_an_error_and_no_empty_file(tmp_path):
    with pytest.raises(FileNotFoundError), whole(tmp_path / "a.pdf", tmp_path / "a.sig") as [page, _]:
        page.write_bytes(b"x")
    assert names(tmp_path) == []


def test_two_that_write_the_same_files_at_once_share_no_draft_and_each_file_is_of_one_of_them(tmp_path):
    places = tmp_path / "a.pdf", tmp_path / "a.sig"
    with whole(*places) as first:
        for draft in first:
            draft.write_bytes(b"first")
        with pytest.raises(ValueError), whole(*places) as failing:
            failing[0].write_bytes(b"half")
            raise ValueError
        with whole(*places) as second:
            for draft in second:
                draft.write_bytes(b"second")
        assert {each.read_bytes() for each in places} == {b"second"}
    assert {each.read_bytes() for each in places} == {b"first"} and names(tmp_path) == ["a.pdf", "a.sig"]


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="needs a device that is full")
def test_a_full_disk_is_said(tmp_path):
    with pytest.raises(OSError, match="No space left"), whole(tmp_path / "a.pdf") as [page]:
        page.symlink_to("/dev/full")
        page.write_bytes(b"x" * 100_000)
    assert names(tmp_path) == []
