"""A scanner is a fast typist that ends with Enter: its Enter presses nothing, and its digits stay in no field."""

import time

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit, QPushButton, QVBoxLayout, QWidget

from core.qt.scanner import Scanner

CODE = "6151100123456"
GAP = 200  # ms: a busy machine types our bursts no faster
SLOW = 0.25  # seconds between the keys of a person


class Counter(QWidget):
    """A field and a button that is pressed by Enter."""

    def __init__(self):
        super().__init__()
        self.line, self.push = QLineEdit(), QPushButton("Refund")
        self.pressed = []
        self.push.clicked.connect(lambda: self.pressed.append(1))
        self.push.setAutoDefault(True)
        layout = QVBoxLayout(self)
        layout.addWidget(self.line)
        layout.addWidget(self.push)


@pytest.fixture
def scanned(qapp):
    scanner = Scanner(gap=GAP)
    codes = []
    scanner.scanned.connect(codes.append)
    qapp.installEventFilter(scanner)
    yield codes
    qapp.removeEventFilter(scanner)


@pytest.fixture
def counter(qtbot):
    counter = Counter()
    dialog = QDialog()  # in a dialog Enter presses a button from wherever the focus is
    QVBoxLayout(dialog).addWidget(counter)
    counter.dialog = dialog
    qtbot.addWidget(dialog)
    with qtbot.waitActive(dialog):
        dialog.show()
        dialog.activateWindow()
    return counter


def keys(text, pause=0.0):
    """Type as a keyboard does: through the window, with the time of day."""
    window = QApplication.activeWindow().windowHandle()
    for sign in text:
        time.sleep(pause)
        QTest.keyClick(window, Qt.Key.Key_Return if sign == "\n" else sign)


def test_a_burst_is_a_scan_told_once_and_presses_nothing(counter, scanned):
    counter.push.setFocus()
    keys(CODE + "\n")
    assert scanned == [CODE]
    assert counter.pressed == []


def test_its_digits_do_not_stay_in_the_field(counter, scanned):
    counter.line.setText("20")
    counter.line.setFocus()
    keys(CODE + "\n")
    assert scanned == [CODE]
    assert counter.line.text() == "20"
    assert counter.pressed == []


def test_two_scans_in_a_row_are_two(counter, scanned):
    counter.line.setFocus()
    keys(CODE + "\n" + "6009001001\n")
    assert scanned == [CODE, "6009001001"]
    assert counter.line.text() == ""
    assert counter.pressed == []


def test_a_scan_right_after_typing_leaves_what_was_typed(counter, scanned):
    counter.line.setFocus()
    keys("12", pause=SLOW)
    time.sleep(SLOW)
    keys(CODE + "\n")
    assert scanned == [CODE]
    assert counter.line.text() == "12"


def test_a_person_typing_is_no_scan_and_enter_works_as_ever(counter, scanned):
    counter.line.setFocus()
    keys("61511001", pause=SLOW)
    time.sleep(SLOW)
    keys("\n")
    assert scanned == []
    assert counter.line.text() == "61511001"
    assert counter.pressed == [1]


def test_an_enter_that_comes_later_is_a_persons(counter, scanned):
    counter.line.setFocus()
    keys("12345678")
    time.sleep(SLOW)
    keys("\n")
    assert scanned == []
    assert counter.pressed == [1]


def test_a_short_burst_is_no_scan(counter, scanned):
    counter.line.setFocus()
    keys("12345\n")
    assert scanned == []
    assert counter.pressed == [1]


def test_a_key_that_its_widget_leaves_to_its_parents_counts_once(counter, scanned):
    counter.push.setFocus()  # a button takes no digits: they are offered to every parent up to the dialog
    keys("123456\n")
    assert scanned == ["123456"]
