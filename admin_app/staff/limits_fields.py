"""The two limits as they are typed, each beside what it is now, and at once whether a second person must agree."""

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QWidget

from admin_app.staff.limits_change import Amounts
from core.base.money import kobo, naira
from core.qt.form import Field, entry
from core.qt.widgets import column, frame, note, row

translate = QCoreApplication.translate


class LimitsFields(QWidget):
    """What is typed stays, whatever becomes of it."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.was: Amounts | None = None
        self.second = ""  # who must agree where something is raised
        self.at_once, self.a_day = Amount(translate("staff", "At once, alone")), Amount(translate("staff", "In a day, alone"))
        self.verdict = note("", "info", "shield-check")
        both = frame("sunken", row((self.at_once, 1), (self.a_day, 1), margins=(16, 12, 16, 12), spacing=16))
        self.setLayout(column(both, self.verdict, spacing=12))
        for field in (self.at_once, self.a_day):
            field.line.textChanged.connect(self._show)
        self._show()

    @property
    def value(self) -> Amounts | None:
        """What is wanted; None while it is no amount."""
        at_once, a_day = self.at_once.value, self.a_day.value
        return None if at_once is None or a_day is None else Amounts(at_once, a_day)

    def begin(self, was: Amounts | None, second: str) -> None:
        """Begin with what is so now (None: nobody knows), unless something was typed already."""
        self.was, self.second = was, second
        for field, amount in zip((self.at_once, self.a_day), was or (), strict=False):
            field.begin(amount)
        self._show()

    def missing(self) -> str:
        """Say what must be typed first; "" when it can be checked."""
        if self.value is None:
            return translate("staff", "Type both amounts first")
        return translate("staff", "Change an amount first") if self.value == self.was else ""

    def _show(self) -> None:
        wanted, was = self.value, self.was
        usual = translate("staff", "Lowering takes effect at once. Raising takes a second person.")
        if wanted is None or was is None or wanted == was:
            self.verdict.say(usual, "info", "shield-check")
        elif wanted.raises(was):
            self.verdict.say(f"{translate('staff', 'Raising a limit takes a second person.')} {self.second}", "warn", "shield-check")
        else:
            self.verdict.say(translate("staff", "This takes effect at once. Nobody else need agree."), "info", "check")
        self.changed.emit()


class Amount(Field):
    """An amount of naira, with or without ₦ and commas."""

    def __init__(self, name: str) -> None:
        self.line = entry("touch", 20)
        self.line.setMaxLength(30)
        super().__init__(name, self.line)
        self.line.textChanged.connect(self._judge)

    @property
    def value(self) -> int | None:
        """Kobo; None while what stands there is no amount."""
        return None if self._why_not() or not self.line.text().strip() else kobo(self.line.text())

    def begin(self, amount: int) -> None:
        self.help_text = translate("staff", "Now {amount}").format(amount=naira(amount))
        if not self.line.text():
            self.line.setText(naira(amount))
        self._judge()

    def _judge(self) -> None:
        wrong = self._why_not()
        if wrong and self.line.text().strip():
            self.complain(wrong)
        else:
            self.clear()

    def _why_not(self) -> str:
        try:
            return "" if kobo(self.line.text()) >= 0 else translate("staff", "A limit is not below zero.")
        except ValueError as error:
            return str(error)
