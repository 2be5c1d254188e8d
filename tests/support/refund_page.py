"""The refunds page in a test: what a person chooses and types on it, by what they see."""

from datetime import timedelta

from core.proposals import proposals
from tests.support.refund_views import button

SOON = 20_000  # ms: a lost answer is waited for, then asked for
NOTE = "The customer waited an hour"


def choose_reason(page, words="Came late"):
    """Choose a reason by its words."""
    box = page.check.confirming.form.reason.box
    box.setCurrentIndex([box.itemText(place) for place in range(box.count())].index(words))


def fill(page, total, note=NOTE):
    """Give a reason, a note and the total."""
    form = page.check.confirming.form
    choose_reason(page)
    form.note.setPlainText(note)
    form.typed.setText(total)


def act(page):
    """Return the button that confirms, whatever it says now."""
    return page.check.confirming.act


def pass_time(page, **time):
    """Let this computer's clock go on (or back) by so much, and tick."""
    now = page.line.now
    page.line.now = lambda: now() + timedelta(**time)
    page.line.ticked.emit()


def ran(qtbot, page):
    """Wait until step 3 shows the refund, and return it."""
    qtbot.waitUntil(lambda: page.shown is page.run and page.run.standing is not None, timeout=SOON)
    return page.run.standing.proposal


def tick(page, number):
    """Tick or untick a case by its order's number, with a click."""
    model = page.landing.cases.model
    [place] = [place for place, case in enumerate(model.rows) if case.number == number]
    page.landing.cases.view.clicked.emit(model.index(place, 1))


def in_list(page):
    """Return what the list of step 2 says: the order's number, the amount, and what can be done about it."""
    model = page.check.orders.model
    said = [model.index(place, model.columnCount() - 1).data().replace("\n", ": ") for place in range(len(model.rows))]
    return [(row.number, row.amount, words) for row, words in zip(model.rows, said, strict=True)]


def press_in_list(page, number):
    """Press what the list says in the last column of an order."""
    model = page.check.orders.model
    [place] = [place for place, row in enumerate(model.rows) if row.number == number]
    page.check.orders.table.view.clicked.emit(model.index(place, model.columnCount() - 1))


def pick(page, *texts):
    """Press these buttons of the rule, one after another."""
    for text in texts:
        button(page, text).click()


def refunds_of(db):
    """Return the refunds that somebody confirmed."""
    return [each for each in proposals(db) if each.confirmed_at]
