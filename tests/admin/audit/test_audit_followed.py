"""The trail's page where somebody follows one thing, where money is frozen, and while nobody looks."""

from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from admin_app.audit import AuditPage
from admin_app.audit.question import Doer, Question
from admin_app.audit.strip import Strip
from core.audit import TrailFilter, trail
from core.base.identifiers import new_id
from core.orders import cancel_order
from core.stock import receive_stock
from core.wallets import freeze_wallet, unfreeze_wallet
from tests.admin.audit.test_audit_page import ON, WHAT, open_line, search, told
from tests.admin.conftest import is_calm, names, rows, tell
from tests.support.freezing import freeze_money, release


def ask(qtbot, page, question):
    page.look_at(question)
    qtbot.waitUntil(lambda: page.answered == question and not page.loading)


def test_words_are_looked_for_in_the_history_or_command_that_is_followed(qtbot, shown, lived, scene, manager):
    other = scene.order()
    cancel_order(manager, new_id(), other.id, 1, "No chicken either")
    cancelled = trail(shown.desk.db, TrailFilter(action="cancel_order"))
    followed = next(line for line in cancelled if line.object_id == lived.id)
    search(qtbot, shown, "chicken")
    assert len(shown.model.rows) == 2
    for question in (Question("chicken", object_id=lived.id), Question("chicken", command_id=followed.command_id)):
        ask(qtbot, shown, question)
        assert shown.model.rows == [followed]
    ask(qtbot, shown, Question("chicken", doer=Doer(login="ordering")))
    assert not shown.listing.has_rows


def test_another_order_or_id_than_the_one_that_is_followed_is_not_found(qtbot, shown, lived, scene):
    other = scene.order()
    [placed] = trail(shown.desk.db, TrailFilter(object_id=other.id))
    followed = Question(object_id=lived.id)
    for typed in (f"#{other.number}", str(other.id)):
        ask(qtbot, shown, replace(followed, search=typed))
        assert not shown.listing.has_rows
    ask(qtbot, shown, Question(str(placed.command_id), command_id=new_id()))
    assert not shown.listing.has_rows
    ask(qtbot, shown, replace(followed, search=f"#{lived.number}"))
    assert names(shown, WHAT) == ["Placed an order", "Cancelled an order"]


def test_the_chip_says_whose_history_is_followed(qtbot, shown, lived, town):
    chip = shown.filters.object
    ask(qtbot, shown, Question(object_id=lived.id))
    assert chip.text() == f"History: Order {lived.number}"
    assert "Show the others too" in chip.toolTip()
    ask(qtbot, shown, Question(object_id=town.rice))
    assert chip.text() == "History: Rice"
    ask(qtbot, shown, Question("nothing of the kind", object_id=town.rice))
    assert chip.text() == "History: Rice"
    ask(qtbot, shown, Question(object_id=new_id()))
    assert chip.text() == "Its whole history"
    shown.filters.name_followed("A dish with a name that goes on and on and on")
    assert chip.text().endswith("…")
    assert chip.accessibleName() == "History: A dish with a name that goes on and on and on"


def test_a_freeze_and_its_end_are_told_in_words(qtbot, open_at_desk, scene, approvers):
    freeze_money(scene)
    page = open_at_desk(AuditPage, "finance", pages=("approvals",))
    assert rows(page)[0][WHAT : ON + 1] == ["Froze all money", "All money"]
    open_line(qtbot, page, "Froze all money")
    assert told(page) == {"Broken promises: Each wallet's balance is the sum of its entries (I02): 1 row"}
    assert page.detail.why.text() == "“Each wallet's balance is the sum of its entries (I02)”"
    scene.refill()
    release(scene)
    tell(page, "health")
    tell(page, resync=True)
    qtbot.waitUntil(lambda: is_calm(page.news))
    page.listing.leave()
    qtbot.waitUntil(lambda: "Let all money move again" in names(page, WHAT))
    assert {"Previewed the end of a freeze", "Confirmed a proposal", "Approved a proposal"} <= set(names(page, WHAT))
    assert "The end of a freeze" in names(page, ON)
    detail = open_line(qtbot, page, "Let all money move again")
    qtbot.waitUntil(detail.confirmed.isVisible)


def test_it_hears_of_a_freeze():
    assert "health" in AuditPage.nouns


def test_while_nobody_looks_nothing_is_read_and_it_catches_up_when_shown(qtbot, shown, scene, cook, monkeypatch):
    shown.hide()
    receive_stock(cook, new_id(), scene.town.rice, 100, "")
    asked = []
    monkeypatch.setattr(shown.news, "ask", lambda: asked.append("news"))
    tell(shown, "stock", objects=[scene.town.rice])
    assert asked == []
    monkeypatch.undo()
    shown.show()
    qtbot.waitUntil(lambda: rows(shown)[0][1:4] == ["Chidi Okoye", "Received a delivery", "Rice"])


def test_the_words_in_a_history_are_shown_oldest_first_as_the_history_is(qtbot, shown, scene, finance):
    customer = scene.customer()
    freeze_wallet(finance, new_id(), customer, "Card was stolen, they say")
    unfreeze_wallet(finance, new_id(), customer, "Card was not stolen at all")
    [frozen] = trail(shown.desk.db, TrailFilter(action="freeze_wallet"), limit=1)
    ask(qtbot, shown, Question("stolen", object_id=frozen.object_id))
    assert names(shown, WHAT) == ["Froze a wallet", "Unfroze a wallet"]


def test_ids_and_the_codes_of_heads_are_reached_by_keyboard(qtbot, shown, watch):
    detail = open_line(qtbot, shown, "Cancelled an order")
    command = str(detail.line.command_id)
    [said] = [each for each in detail.findChildren(QLabel) if each.text() == command]
    strip = Strip(watch)
    qtbot.addWidget(strip)
    for each in (said, strip.aside):
        assert each.textInteractionFlags() & Qt.TextInteractionFlag.TextSelectableByKeyboard
        assert each.focusPolicy() == Qt.FocusPolicy.StrongFocus
