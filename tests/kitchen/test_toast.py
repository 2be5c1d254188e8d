"""Saved, and the way back: the toast says what was recorded and takes it back, and covers nothing."""

from core.stock import Kind, movements


def last(db, item_id):
    return movements(db, item_id, limit=1)[0]


def test_a_delivery_is_recorded_and_its_toast_takes_it_back(counter, manager, town):
    counter.choose(town.rice)
    assert counter.panel.foot.sentence.text() == "Type an amount."
    counter.type("20")
    assert counter.form.amount_field.sentence.text() == "10 + 20 = 30 kg on the shelf"
    counter.save()
    assert (last(manager, town.rice).kind, last(manager, town.rice).on_hand) == (Kind.DELIVERY, 30_000)
    toast = counter.panel.foot.toast
    assert (toast.title.text(), toast.detail.text()) == ("Added 20 kg", "Rice: 30 kg")
    assert counter.form.amount.line.text() == ""
    assert "Rice, 30 kg, enough, none held" in counter.shows()
    toast.undo.click()
    counter.rest()
    assert (last(manager, town.rice).kind, last(manager, town.rice).on_hand) == (Kind.UNDO, 10_000)
    assert toast.title.text() == "Undone"
    assert "Rice, 10 kg, enough, none held" in counter.shows()


def test_the_toast_takes_back_what_it_speaks_of_also_when_another_item_is_looked_at_by_then(counter, manager, town):
    counter.choose(town.rice)
    counter.type("20")
    counter.save()
    counter.choose(town.oil)
    counter.type("3")
    counter.panel.foot.toast.undo.click()
    counter.rest()
    assert last(manager, town.rice).on_hand == 10_000
    assert (last(manager, town.oil).kind, counter.form.amount.line.text()) == (Kind.OPENING, "3")


def test_the_toast_stands_over_the_panels_foot_and_never_over_a_card(counter, town):
    counter.choose(town.rice)
    counter.type("20")
    counter.save()
    toast, panel = counter.panel.foot.toast, counter.panel
    assert toast.isVisible()
    left = toast.mapTo(counter.window, toast.rect().topLeft()).x()
    assert left >= panel.mapTo(counter.window, panel.rect().topLeft()).x()
    assert counter.panel.foot.save.isVisible()
