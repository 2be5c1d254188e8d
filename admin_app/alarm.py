"""Alarm: what was found wrong with the trail, written down beside the kept heads until a verification of as much is right."""

import json
import os
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from PySide6.QtCore import QCoreApplication

from core.audit import Head, Verdict, Wrong
from core.base.errors import Refused
from core.base.files import whole

NAME = "alarm.json"

translate = QCoreApplication.translate


@dataclass(frozen=True)
class Found:
    """What a verification came to: a verdict for each stream; `whole`: from the first line on, read here; `at` in UTC."""

    verdicts: tuple[Verdict, ...]
    whole: bool
    at: datetime

    @property
    def wrong(self) -> int:
        return sum(verdict.found for verdict in self.verdicts)

    @property
    def rows(self) -> int:
        return sum(verdict.rows for verdict in self.verdicts)

    def covers(self, other: "Found") -> bool:
        """Tell whether this one looked at all that the other one did, as closely; what that one found right need not be looked at again."""
        mine = {verdict.stream: verdict for verdict in self.verdicts}
        return (self.whole or not other.whole) and all(
            each.stream in mine and mine[each.stream].since <= _right_until(each) and mine[each.stream].head.position >= each.head.position
            for each in other.verdicts
        )

    def beside(self, earlier: "Found | None") -> "Found":
        """Return what is to be remembered of this and what was found wrong earlier, which this one may not have looked at."""
        if earlier is None or self.covers(earlier):
            return self
        mine, theirs = ({verdict.stream: verdict for verdict in each.verdicts} for each in (self, earlier))
        streams = [*mine, *(stream for stream in theirs if stream not in mine)]
        verdicts = [_both([each[stream] for each in (mine, theirs) if stream in each]) for stream in streams]
        return Found(tuple(verdicts), self.whole or earlier.whole, self.at)


class KeptAlarm:
    """The file of one database, on this computer; there only while something is wrong."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / NAME

    def read(self) -> Found | None:
        """Return the alarm; one that cannot be read is an alarm all the same, with nothing wrong by name, and of the whole trail."""
        try:
            return _found(json.loads(self.path.read_text(encoding="utf-8")))
        except (FileNotFoundError, NotADirectoryError):
            return None
        except (OSError, ValueError, KeyError, TypeError):
            return Found((), True, datetime.now(UTC))

    def keep(self, found: Found) -> None:
        """Write it down, through to the disk, in the place of an earlier one. Raises Refused."""
        told = {"whole": found.whole, "at": found.at.isoformat(), "verdicts": [asdict(each) for each in found.verdicts]}
        try:
            self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            with whole(self.path) as [draft], open(os.open(draft, os.O_WRONLY | os.O_CREAT, 0o600), "w", encoding="utf-8") as file:
                json.dump(told, file)
        except OSError as error:
            words = translate("verdicts", "The alarm of the trail cannot be kept in {folder}: {why}.")
            raise Refused(words.format(folder=self.path.parent, why=error.strerror or error)) from error

    def forget(self) -> None:
        """Take it away: as much was verified, and is right. Raises Refused."""
        try:
            self.path.unlink(missing_ok=True)
        except OSError as error:
            words = translate("verdicts", "The alarm of the trail cannot be taken out of {folder}: {why}.")
            raise Refused(words.format(folder=self.path.parent, why=error.strerror or error)) from error


def _right_until(verdict: Verdict) -> int:
    """Return the position up to which nothing was wrong: a quick verification may begin there."""
    if not verdict.found:
        return verdict.head.position
    return max(verdict.since, min((wrong.position for wrong in verdict.wrong), default=0) - 1)


def _both(verdicts: list[Verdict]) -> Verdict:
    """Return one verdict that reaches as far as all of these, with everything that is wrong in any of them."""
    furthest = max(verdicts, key=lambda each: each.head.position)
    wrong = list(dict.fromkeys(wrong for each in verdicts for wrong in each.wrong))
    unnamed = max(each.found - len(each.wrong) for each in verdicts)
    since, end = min(each.since for each in verdicts), max(each.end for each in verdicts)
    return Verdict(furthest.stream, since, furthest.head, end, len(wrong) + unnamed, wrong)


def _found(told: dict[str, Any]) -> Found:
    return Found(tuple(map(_verdict, told["verdicts"])), bool(told["whole"]), datetime.fromisoformat(told["at"]))


def _verdict(told: dict[str, Any]) -> Verdict:
    wrong = [Wrong(**each) for each in told["wrong"]]
    return Verdict(told["stream"], told["since"], Head(**told["head"]), told["end"], told["found"], wrong)
