"""A shift of callers (tests/support/caller.py), and what must be true after it, whoever was killed meanwhile."""

import json
import subprocess
import sys
from collections import Counter
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import psycopg

from core.base.config import Server, SignIn
from tests.support.waiting import wait_until

HOME = Path(__file__).parents[2]
DONE, NOT_DONE = {"answered", "recorded"}, {"refused", "offline", "not recorded"}
EFFECTS = """
SELECT command_id::text, 'transfer ' || kind || ' ' || reference FROM app.transfers
UNION ALL SELECT command_id::text, 'step of ' || order_id FROM app.order_history
UNION ALL SELECT command_id::text, 'movement of ' || item_id FROM app.stock_movements
UNION ALL SELECT command_id::text, action || ' ' || noun || ' ' || coalesce(object_id::text, '') FROM app.audit_events
UNION ALL SELECT id::text, 'order' FROM app.orders
UNION ALL SELECT id::text, 'payment' FROM app.payments
"""
WALLETS = "SELECT coalesce(sum(balance), 0)::bigint FROM app.accounts WHERE customer_id IS NOT NULL"


@dataclass
class Told:
    """What the callers wrote down: the words said about each id, and the kobo that it moves when it is done."""

    words: dict[str, set[str]] = field(default_factory=dict)
    kobo: dict[str, int] = field(default_factory=dict)
    said: Counter[str] = field(default_factory=Counter)
    refusals: Counter[str] = field(default_factory=Counter)

    def of(self, words: set[str]) -> set[str]:
        """The ids of which one of these words was said."""
        return {command_id for command_id, said in self.words.items() if said & words}


class Shift:
    """Starts callers in `folder`; their logs and pending commands stay there. `start()` notes what is there already."""

    def __init__(self, folder: Path, server: Server, where: dict[str, Any]) -> None:
        self.folder, self.server, self.where = folder, server, where
        self.running: dict[str, subprocess.Popen[str]] = {}
        self.before: set[str] = set()
        self.purses = 0
        print(f"log {folder}")

    def look_before(self, admin: psycopg.Connection) -> None:
        self.before = {command_id for command_id, _ in admin.execute(EFFECTS)}
        [self.purses] = admin.execute(WALLETS).fetchone()

    def call(self, name: str, it: SignIn, does: str, seed: int) -> None:
        """Start a caller; one of the same name takes over what the last one left pending."""
        job = {
            "server": asdict(self.server), "login": it.login, "password": it.password, "does": does, "seed": seed,
            "pending": str(self.folder / name), "log": str(self.folder / f"{name}.log"), "where": self.where,
        }  # fmt: skip
        process = subprocess.Popen(
            [sys.executable, "-m", "tests.support.caller"], cwd=HOME, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        self.running[name] = process
        process.stdin.write(json.dumps(job, default=str) + "\n")
        process.stdin.flush()

    def ready(self) -> None:
        """Wait until everybody who was called has begun."""
        for process in self.running.values():
            assert process.stdout.readline() == "ready\n"

    def busy(self, answers: int = 2) -> None:
        """Wait until everybody who works was answered so many times more."""
        counts = {name: self.answers(name) for name in self.running}
        wait_until(lambda: all(self.answers(name) >= count + answers for name, count in counts.items()))

    def answers(self, name: str) -> int:
        log = self.folder / f"{name}.log"
        return log.read_text().count('"answered"') if log.exists() else 0

    def kill(self) -> None:
        """End every caller at once: kill -9."""
        for process in self.running.values():
            process.kill()
        for process in self.running.values():
            process.communicate()
        self.running.clear()

    def finish(self) -> None:
        """Let everybody settle what they do not know, and leave."""
        for process in self.running.values():
            process.stdin.write("\n")
            process.stdin.flush()
        ends = {name: process.wait(30) for name, process in self.running.items()}
        self.kill()
        assert set(ends.values()) == {0}, f"{ends}, see stderr"

    def told(self) -> Told:
        told = Told()
        for log in self.folder.glob("*.log"):
            for command_id, word, _, said, kobo in map(json.loads, log.read_text().splitlines()):
                told.words.setdefault(command_id, set()).add(word)
                told.kobo[command_id] = told.kobo.get(command_id, 0) + kobo
                told.said[word] += 1
                told.refusals[str(said)[:40]] += word == "refused"
        print(f"said {dict(told.said)}, refused {dict(+told.refusals)}")
        return told

    def check(self, admin: psycopg.Connection) -> Told:
        """Hold what the callers were told against what is there: all of it, none of it twice, nothing else, and the money adds up."""
        told, effects = self.told(), Counter(admin.execute(EFFECTS).fetchall())
        there = {command_id for command_id, _ in effects} - self.before
        done, not_done = told.of(DONE), told.of(NOT_DONE)
        assert done - there == set(), "acknowledged, and not there"
        assert there & not_done == set(), "called not done, and there"
        assert there - set(told.words) == set(), "there, and nobody asked for it"
        assert done & not_done == set() and "answered otherwise" not in told.said
        assert {effect: times for effect, times in effects.items() if times > 1} == {}, "done twice"
        assert admin.execute(WALLETS).fetchone() == (self.purses + sum(told.kobo[each] for each in there),), "money"
        assert told.of({"unanswered"}) <= told.of({"recorded", "not recorded"}), "never settled"
        return told
