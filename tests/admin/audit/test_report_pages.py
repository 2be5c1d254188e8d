"""The pages of a report: of which lines, in words that mean the same tomorrow, what stands in each line, and no customer's name."""

import random

import pytest

from admin_app.audit import AuditPage
from admin_app.audit.question import Doer, Question
from admin_app.audit.report_words import Front, filters_words, sections
from admin_app.days import TODAY, WEEK, Span
from core.audit import Head, trail
from core.base.identifiers import new_id
from core.orders import cancel_order
from core.qt.paper import draw_pdf
from core.staff import me
from tests.support.trail import write_lines

HEAD = Head("events", 1204, "ab" * 32)


@pytest.fixture
def front(auditor, line):
    """What the first page says: `front(note="…")`."""

    def front(note="", left_out=0, filters="Every line, of any time"):
        return Front(new_id(), me(auditor), line.now(), filters, note, Head("events", 1000, "cd" * 32), HEAD, left_out)

    return front


def laid_out(front, lines):
    return sections(front, lines, lambda done: None)


def facts(front, many=1):
    return dict(laid_out(front, [])[0].rows) if not many else dict(sections(front, [], lambda done: None)[0].rows)


def test_the_filters_are_told_with_days_that_mean_the_same_tomorrow(shown, lived, scene, qtbot):
    qtbot.waitUntil(lambda: shown.filters.kitchen.box.count() == 3 and shown.filters.doer.box.count() > 5)
    now = shown.line.now()
    assert filters_words(shown.filters, now) == "Every line, of any time"
    shown.filters.ask(Question("chicken", Doer(shown.desk.me.person_id), "cancel_order", scene.town.yaba, TODAY))
    day = f"{now:%d %B %Y}".lstrip("0")
    assert filters_words(shown.filters, now) == (
        f"Search: “chicken”; Who: Funmi Ade; Did what: Cancelled an order; Kitchen: Yaba; When: {day}"
    )  # fmt: skip
    assert filters_words(shown.filters, now, kept=True).startswith("Search: words that stand on the pages alone; Who: ")
    shown.filters.ask(Question(span=WEEK, object_id=lived.id))
    words = filters_words(shown.filters, now)
    assert f" to {day}; All that was done to: {lived.id}" in words and words.startswith("When: ")
    shown.filters.ask(Question(span=Span(now.date(), now.date()), command_id=lived.id))
    assert filters_words(shown.filters, now).endswith(f"; One command: {lived.id}")


def test_the_first_page_says_who_when_which_and_up_to_which_head(front, auditor):
    told = dict(sections(front("For the inspection", 12, "Who: Fúnmi Adé"), trail(auditor, limit=0), lambda done: None)[0].rows)
    assert (told["Which lines"], told["What it is for"]) == ("Who: Fúnmi Adé", "For the inspection")
    assert told["Head of the trail"] == f"{HEAD.code}\n{HEAD.head}"
    assert told["Lines"] == "0 lines. 12 newer lines were not sealed yet and are left out."
    assert told["Verified"].startswith("Positions 1,001 to 1,204, ")
    assert told["Asked for by"].endswith(f", login {me(auditor).login}") and told["Made"].endswith("Lagos time")
    assert "What it is for" not in facts(front())
    assert facts(front(left_out=1))["Lines"] == "0 lines. 1 newer line was not sealed yet and is left out."


def test_each_line_says_when_who_from_where_what_on_what_why_and_what_changed(front, lived, seal, auditor):
    seal()
    lines = trail(auditor)
    rows = {line.action: row for line, row in zip(lines, laid_out(front(), lines)[1].rows, strict=True)}
    position, at, who, deed, why, told = rows["cancel_order"]
    assert position.isdigit() and at[:2] == "20" and who.startswith("Bisi Ojo\nbisi, 127.0.0.1")
    assert (deed, why) == (f"Cancelled an order\nOrder {lived.number}, Yaba", "out of stock: no chicken left")
    assert {"State: Placed → Cancelled", "Given back: ₦2,500.00"} <= set(told.splitlines())
    assert rows["set_dish_price"][5] == "Price: ₦300.00 → ₦350.00"
    assert rows["place_order"][2].startswith("Service ordering\nordering")


def test_no_customers_name_or_phone_stands_in_it(front, lived, seal, auditor, owner_connection):
    seal()
    written = "\n".join(cell for section in laid_out(front(), trail(auditor, limit=1000)) for row in section.rows for cell in row)
    customers = owner_connection.execute("SELECT name, phone FROM app.customers").fetchall()
    ids = owner_connection.execute("SELECT id FROM app.customers").fetchall()
    assert all(f"Customer {customer_id}" in written for (customer_id,) in ids)  # in full: on paper nothing unfolds
    assert len(customers) > 0
    assert [each for name, phone in customers for each in (name, phone, phone[-8:]) if each in written] == []


def test_what_people_typed_to_trick_a_page_is_written_as_it_stands(front, scene, manager, seal, auditor):
    typed = f"<b>Bold</b> &amp; {{n}} %1 \\n {'nochickenleft' * 12}"
    cancel_order(manager, new_id(), scene.order().id, 1, typed)
    seal()
    lines = trail(auditor, limit=1)
    assert laid_out(front(), lines)[1].rows[0][4].lower() == typed.lower()
    assert draw_pdf("Title", laid_out(front("<i>x</i>"), lines), wide=True).startswith(b"%PDF-")


def test_ten_thousand_lines_are_drawn_and_tell_how_far_they_are(front, scene, owner_connection, seal, auditor):
    write_lines(owner_connection, scene.town, 2000)
    seal()
    lines = trail(auditor, limit=2000)
    heard = []
    content = draw_pdf("Title", sections(front(), lines, heard.append), wide=True)
    assert heard == list(range(1, len(lines) + 1)) and content.startswith(b"%PDF-")


def test_what_comes_in_any_letters_is_drawn(front, chance, shown):
    letters = "aỌẹṢ₦→“日م🍛\u0300\u0301\u0323\u034f\u200b\u2028 \n\t\0"
    for _ in range(40):
        note = "".join(chance.choice(letters) for _ in range(random.Random(chance.random()).randrange(400)))
        assert draw_pdf(note, laid_out(front(note, filters=note), []), foot=note, wide=True).startswith(b"%PDF-")


def test_the_button_is_there(shown):
    assert isinstance(shown, AuditPage) and shown.reports.push.text() == "Report …"
