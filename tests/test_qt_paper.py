"""Paper: long words wrap, heads stand on each page, nothing is lost where a row is parted, accents are right, and it can be stopped."""

import re
import unicodedata
from concurrent.futures import ThreadPoolExecutor

import pytest
from PySide6.QtCore import QBuffer
from PySide6.QtGui import QPainter, QPdfWriter

from core.qt import theme
from core.qt.paper import Section, _Paper, draw_pdf
from core.qt.paper_blocks import Pen, Row, Words, placed, table_of

HEADS = ["When", "Who", "Why"]
ROW = ["12:30", "Fúnmi Adé", "Ọ̀gbẹ́ni Ṣadé asked: ₦1,250.00"]


def pages(content):
    return len(re.findall(rb"/Type\s*/Page\b", content))


@pytest.fixture
def paper(qapp):
    """A drawing that is under way, to look into."""
    theme.load_fonts()
    buffer = QBuffer()
    buffer.open(QBuffer.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setResolution(96)
    painter = QPainter(writer)
    yield _Paper(writer, painter, "Foot", lambda done, total: None)
    painter.end()


def table(pen, rows=(ROW,), heads=HEADS, shares=(1, 1, 1), width=600.0):
    return table_of(pen, heads, rows, frozenset({0}), shares, width, 12)


def test_a_page_says_of_how_many_it_is_and_many_rows_take_many(qapp):
    assert pages(draw_pdf("Title", [Section("Part", ["A sentence."])])) == 1
    content = draw_pdf("Title", [Section("Part", (), HEADS, [ROW] * 200)], wide=True)
    assert content.startswith(b"%PDF-") and pages(content) > 5


def test_the_heads_of_a_table_stand_on_each_page_that_it_goes_on_to(paper):
    found = paper._paged(paper._blocks(Section("Part", ["A sentence."], HEADS, [ROW] * 200)))
    assert len(found) > 3
    for page in found[1:]:
        (y, first), (below, second), *_ = page
        assert (y, first.is_head, below, second.is_head) == (0.0, True, first.height, False)
    assert sum(isinstance(block, Row) and not block.is_head for page in found for _, block in page) == 200
    assert all(y + block.height <= paper.room.height() for page in found for y, block in page)


def test_a_title_never_stands_alone_at_the_end_of_a_page(paper):
    filled = [Words(paper.pen, "x", 600, (12, 400)) for _ in range(1000)]
    for many in range(30, 80):
        blocks = [*filled[:many], *paper._blocks(Section("Part", (), HEADS, [ROW] * 3))]
        for page in paper._paged(blocks):
            assert not page[-1][1].stays_with_next, many


def test_a_word_that_is_longer_than_its_place_goes_on_in_the_next_line(paper):
    pen = paper.pen
    one, long = Row(table(pen), ["", "", "x"]), Row(table(pen), ["", "", "x" * 200])
    assert long.height > 3 * one.height
    assert pen.lines("x" * 200, (12, 400), 200) != ["x" * 200]
    assert "".join(pen.lines("x" * 200, (12, 400), 200)) == "x" * 200


def test_a_row_that_is_higher_than_half_a_page_is_parted_and_loses_nothing(paper):
    words = "\n".join(f"Item {n} 🍛: {n} → {n + 1}" for n in range(301))
    row = Row(table(paper.pen), ["12:30", "Ada", words])
    parts = row.parts(paper.room.height() / 2)
    assert len(parts) > 10 and all(part.height < paper.room.height() / 2 for part in parts)
    assert "\n".join(part.cells[2] for part in parts) == words
    assert [part.cells[0] for part in parts] == ["12:30", *[""] * (len(parts) - 1)]
    assert [part.goes_on for part in parts] == [True] * (len(parts) - 1) + [False]
    assert Row(table(paper.pen), ROW).parts(paper.room.height() / 2)[0].cells == ROW


def test_columns_without_shares_are_as_wide_as_what_stands_in_them_and_fill_the_page(paper):
    found = table(paper.pen, [["1", "Short", "A much longer sentence than the others"]], shares=())
    assert found.widths[2] > max(found.widths[:2])
    assert round(sum(found.widths) + 24) == 600
    crowded = table(paper.pen, [["1", "x" * 200, "y" * 200]], shares=())
    assert round(sum(crowded.widths) + 24) == 600


@pytest.mark.parametrize(
    "written", ["Ọ̀gbẹ́ni", "ẹ̀bà", "Ẹ́", "ọ̀rọ̀", "Ṣọlá", "₦1,250.00", "plain", "ńlá", "Ọ", "日本料理", "é\u0301", "a\n\u0300b"]
)
def test_accents_are_put_where_they_belong_and_no_letter_becomes_another(written):
    assert unicodedata.normalize("NFC", placed(written).replace("\u034f", "")) == unicodedata.normalize("NFC", written)
    assert placed(placed(written)) == placed(written)


def test_an_accent_above_a_letter_with_a_dot_is_that_of_the_accented_letter():
    assert placed("Ọ̀") == "Ò\u034f\u0323" and placed("ẹ́") == "é\u034f\u0323"
    assert placed("Ṣọlá ₦5") == "Ṣọlá ₦5"


def test_what_stands_on_a_page_is_found_by_whoever_searches_it(qapp):
    """The PDF's tables say which letter each shape is: a shape that stands for none is lost to whoever searches or copies."""
    content, known = draw_pdf("T", [Section("", ["0123456789 ₦ Ọ → :"])]), set()
    for first, last, single, many in re.findall(rb"<(\w{4})> <(\w{4})> (?:<(\w{4})>|\[([^\]]*)\])", content):
        start = int(single or b"0", 16)
        codes = range(start, start + int(last, 16) - int(first, 16) + 1) if single else [int(each[:4], 16) for each in many.split(b"<")[1:]]
        known.update(codes)
    assert {ord(letter) for letter in "0123456789₦Ọ→:"} <= known


def test_it_tells_how_far_it_is_and_what_is_raised_there_ends_it(qapp):
    told = []
    draw_pdf("Title", [Section("", (), HEADS, [ROW] * 50)], progress=lambda done, total: told.append((done, total)))
    assert told[-1] == (100, 100) and told == sorted(told)

    class Stop(Exception):
        pass

    def stop(done, total):
        if done == 60:
            raise Stop

    with pytest.raises(Stop):
        draw_pdf("Title", [Section("", (), HEADS, [ROW] * 50)], progress=stop)
    assert pages(draw_pdf("Title", [Section("Part")])) == 1  # and the next one is drawn


def test_it_is_drawn_in_other_threads_at_once(qapp):
    with ThreadPoolExecutor(3) as pool:
        found = list(pool.map(lambda n: pages(draw_pdf("Title", [Section("", (), HEADS, [ROW] * 100)])), range(6)))
    assert len(set(found)) == 1 and found[0] > 1


def test_markup_is_written_as_it_stands(paper):
    assert Row(table(paper.pen), ["", "", "<b>x</b>"]).cells[2] == "<b>x</b>"
    assert isinstance(paper.pen, Pen)
