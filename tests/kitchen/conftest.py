"""A counter in a test: the kitchen's window, offscreen, with a real login on the real server, and words to work it with."""

from datetime import UTC, datetime, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from core.base.identifiers import new_id
from core.commands import settle_command
from core.kitchens import kitchens
from core.live import Changes
from core.qt import task
from core.qt.line import LineState
from core.qt.settle import Settler
from core.staff import me
from core.stock import add_stock_items
from kitchen_app.orders import asked as asked_of_orders
from kitchen_app.stock import asked
from kitchen_app.window import KitchenWindow
from tests.support.looks import wear_light
from tests.support.queue import Queue

SMALLEST = (1366, 768)
NAMES = ["Ẹ̀gúsí, ground", "Ẹ̀bà (gari)", "Fufu", "Ọ̀gbọ̀nọ̀", "Ofada rice", "zobo", "<img src='http://x/y'> & <b>bold</b>", "ɗan wake"]


@pytest.fixture(autouse=True)
def dressed(qapp):
    wear_light(qapp)


class Clock:
    """A clock that goes when it is told to: `line.now = clock`; `clock.go(4)`."""

    def __init__(self) -> None:
        self.time = datetime.now(UTC)

    def __call__(self) -> datetime:
        return self.time

    def go(self, seconds: float) -> None:
        self.time += timedelta(seconds=seconds)


@pytest.fixture
def clock() -> Clock:
    return Clock()


class Counter:
    """One window, and the person before it."""

    def __init__(self, db, pending, qtbot) -> None:
        self.db, self.qtbot = db, qtbot
        self.line = LineState()
        self.line._take("live", self.line.now(), None)
        self.settler = Settler(pending, lambda command_id: settle_command(db, command_id), self._sentence, self.line, repeats=asked.KINDS)
        self.window = KitchenWindow(db, me(db), kitchens(db)[0], "Counter 1", self.line, self.settler)
        self.stock = self.window.stock
        self.shelf, self.panel, self.form = self.stock.shelf, self.stock.panel, self.stock.panel.form

    @property
    def dialog(self):
        return QApplication.activeModalWidget()

    def shows(self) -> list[str]:
        """What the cards say, one after another."""
        model = self.shelf.model
        return [model.index(place, 0).data(Qt.ItemDataRole.AccessibleTextRole) for place in range(model.rowCount())]

    def names(self) -> list[str]:
        return [item.name for item in self.shelf.model.rows]

    def choose(self, item_id) -> None:
        assert self.shelf.point_at(item_id)
        self.qtbot.wait(150)  # the movements are asked for a little later
        self.rest()

    def happened(self, name: str) -> None:
        """Say what happened: "delivery", "waste", "count", "correction"."""
        next(push for kind, push in self.form.kinds.buttons.items() if kind.name == name).click()

    def type(self, text: str, reason: str = "", note: str = "") -> None:
        self.form.amount.line.setText(text)
        if reason:
            self.form.reason.setCurrentIndex(self.form.reason.findText(reason))
            self.form.reason.activated.emit(self.form.reason.currentIndex())
        if note:
            self.form.note.setText(note)
            self.form.note.textEdited.emit(note)

    def save(self) -> None:
        self.panel.foot.save.click()
        self.rest()

    def press(self, key: Qt.Key, modifiers=Qt.KeyboardModifier.NoModifier) -> None:
        QTest.keyClick((self.dialog or self.window).windowHandle(), key, modifiers)

    def keys(self, text: str) -> None:
        """Type as a keyboard does, wherever the focus is."""
        for sign in text:
            QTest.keyClick((self.dialog or self.window).windowHandle(), sign)

    def reload(self) -> None:
        """Hear that something changed, and wait until it is shown."""
        self.stock.heard(Changes(False, frozenset({"stock"})))
        self.rest()

    def rest(self) -> None:
        """Wait until nothing is under way and every answer has arrived."""
        for _ in range(3):
            assert task.wait(10)
            QApplication.processEvents()

    def _sentence(self, verb, args) -> str:
        if verb in asked_of_orders.KINDS:
            return asked_of_orders.sentence(verb, args, self.window.orders.book.find)
        return asked.sentence(verb, args, self.shelf.model.items.get)


@pytest.fixture
def open_counter(qtbot, login, town, pending):
    """Open a counter: `open_counter("cook")`; it returns when the shelf is read. Any other Database by `db=`."""
    opened = []

    def open_counter(who="manager", *, db=None, pending=pending, size=SMALLEST, load=True) -> Counter:
        counter = Counter(db or login(who, pending=pending), pending, qtbot)
        opened.append(counter)
        qtbot.addWidget(counter.window)
        counter.window.resize(*size)
        with qtbot.waitActive(counter.window):
            counter.window.show()
            counter.window.activateWindow()
        counter.window.show_page(counter.stock)
        if load:
            counter.stock.reload()
            counter.rest()
        return counter

    yield open_counter
    for counter in opened:
        counter.rest()
        counter.settler.deleteLater()


@pytest.fixture
def open_queue(open_counter):
    """Open a counter with the order queue in front: `open_queue("cook")`; it returns when the queue is read."""
    return lambda who="manager", **options: Queue(open_counter(who, load=False, **options)).read()


@pytest.fixture
def counter(open_counter) -> Counter:
    """The manager's counter in Yaba, with the shelf read."""
    return open_counter()


@pytest.fixture
def stocked(town, owner, refill):
    """More items in Yaba: 20 kg of each, which is enough, on the shelf "Top" or "Below"."""
    refill()
    ids = [new_id() for _ in NAMES]
    count = len(NAMES)
    add_stock_items(owner, new_id(), town.yaba, ids, NAMES, ["Top", "Below"] * (count // 2), [f"61511000{n:04}" for n in range(count)],
                    ["kg"] * count, [1000] * count, [5000] * count, [40_000] * count, [20_000] * count)  # fmt: skip
    refill()
    return dict(zip(NAMES, ids, strict=True))
