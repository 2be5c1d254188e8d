"""Known: what is known of the promises: by the worker's runs, now and last night, and by what somebody had asked.  Kept by checks.py."""

from dataclasses import dataclass
from datetime import datetime

from admin_app.promises.titles import area_of, title_of, titles
from core.health import CheckRun, Invariant, Night
from core.health.freeze import FRESH


@dataclass(frozen=True)
class Promise(Invariant):
    """A promise as it was found last. `night`: the most rows that broke it last night; None: nobody looked then."""

    night: int | None = None


@dataclass(frozen=True)
class Ran:
    """What the worker's runs left, as it was read at `at` by the server's clock. `newest` is None before the first run."""

    newest: CheckRun | None
    night: Night
    at: datetime

    @property
    def is_late(self) -> bool:
        return self.newest is None or self.at - self.newest.at > FRESH


@dataclass(frozen=True)
class Known:
    """`asked`: the answer that somebody had here at `asked_at`, when the run `after` was the newest; None: nobody asked."""

    ran: Ran | None = None
    asked: tuple[Invariant, ...] | None = None
    asked_at: datetime | None = None
    after: int = 0

    @property
    def newest(self) -> CheckRun | None:
        return self.ran.newest if self.ran else None

    @property
    def is_own(self) -> bool:
        """Tell whether the newest answer is the one that was asked here."""
        return self.asked is not None and (self.newest is None or self.newest.id <= self.after)

    @property
    def at(self) -> datetime | None:
        """When the newest answer was found; None: there is none."""
        return self.asked_at if self.is_own else self.newest.at if self.newest else None

    @property
    def is_late(self) -> bool:
        """Tell whether no worker checks the promises, so that money is never frozen; False while that is not known."""
        return self.ran is not None and self.ran.is_late

    @property
    def found(self) -> list[Promise]:
        """Every promise as it was found last; none while nothing is known."""
        if self.is_own and self.asked is not None:
            return [self._promise(each.name, each.violations, each.title) for each in self.asked]
        if self.newest is None:
            return []
        red = self.newest.red
        return [self._promise(name, red.get(name, 0)) for name in sorted({*titles(), *red})]

    @property
    def broken(self) -> list[Promise]:
        return [each for each in self.found if each.violations]

    @property
    def many(self) -> int:
        """How many promises were checked; 0: none yet."""
        return len(self.asked) if self.is_own and self.asked is not None else self.newest.checks if self.newest else 0

    def is_old(self, now: datetime) -> bool:
        """Tell whether the newest answer says little of now: no worker checks, and nobody asked here a short while ago."""
        recent = self.is_own and self.asked_at is not None and now - self.asked_at < FRESH
        return self.at is not None and self.is_late and not recent

    def _promise(self, name: str, violations: int, told: str = "") -> Promise:
        night = self.ran.night if self.ran and self.ran.night.runs else None
        return Promise(name, title_of(name, told), violations, area_of(name), night.red.get(name, 0) if night else None)
