"""The demo: a made-up town on a server of its own, with orders coming in, two counters of one kitchen and the office.

With a display the windows are yours. Without one, or with --offscreen, they play a scripted shift (shift.py) and leave
pictures and summary.json. Whatever ends it, nothing of it stays.
"""

import argparse
import os
import signal
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from core.base.config import Server
from core.database.embedded import Cluster
from core.database.install import init
from core.demo.approvers import name_approvers
from core.demo.folder import NotOurs, chosen_folder, claim
from core.demo.keeper import Keeper
from core.demo.opening import SignIns, open_town
from core.demo.player import Player
from core.demo.programs import WINDOWS, Failed, Programs
from core.demo.report import find, say, summary, tell_start, write_summary
from core.demo.stream import Stream
from core.demo.town import OWNER

SHIFT_SECONDS = 60.0
TOLD_EVERY = 60.0  # seconds
DONE, WRONG, NOT_READY, STOPPED = 0, 1, 3, 130


@dataclass(frozen=True)
class Stage:
    """What runs: the server, the town in it, the orders (once they are started), and what starts windows beside it."""

    cluster: Cluster
    server: Server
    sign_ins: SignIns
    stream: Stream
    programs: Programs


def main(arguments: Sequence[str]) -> int:
    """Run the demo and return the exit code."""
    chosen = _parser().parse_args(arguments)
    for name in ("SIGTERM", "SIGHUP"):  # whoever ends it, it tidies up
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), signal.default_int_handler)
    offscreen = chosen.offscreen or not _has_display()
    try:
        if offscreen:
            _clear(chosen.out)
        with _stage() as stage:
            return _play_shift(stage, chosen.out, chosen.seconds) if offscreen else _show_windows(stage, chosen.seconds)
    except NotOurs as error:
        print(error, file=sys.stderr)
        return NOT_READY
    except Failed as failure:
        print(f"FAILED: {failure}", file=sys.stderr)
        return WRONG
    except KeyboardInterrupt:
        say("Ended. Nothing of it stays.")
        return STOPPED if offscreen else DONE


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="rachel demo", description="Show a made-up town at work.")
    parser.add_argument("--offscreen", action="store_true", help="play a scripted shift without a display, and leave pictures of it")
    parser.add_argument("--out", type=Path, default=Path("build/demo"), metavar="DIR", help="where those go (build/demo)")
    so_long = "let orders come so long after the first one; a shift is played to its end, also when that takes longer"
    parser.add_argument("--for", dest="seconds", type=_seconds, metavar="SECONDS", help=so_long)
    return parser


def _seconds(text: str) -> float:
    with suppress(ValueError):
        if 0 < float(text) < float("inf"):
            return float(text)
    raise argparse.ArgumentTypeError("write a number of seconds above 0")


def _has_display() -> bool:
    return not sys.platform.startswith("linux") or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


@contextmanager
def _stage() -> Iterator[Stage]:
    """Prepare everything but the windows; at the end nothing of it is left. Raises NotOurs or Failed."""
    home = chosen_folder()
    keeper = Keeper(home, claim(home))
    with ExitStack() as ends:
        ends.callback(keeper.finish)
        say(f"Preparing a town in {home} …")
        cluster = Cluster(home / "server")
        ends.callback(cluster.stop)
        _start_server(cluster)
        server = cluster.server("rachel")
        sign_ins = open_town(server, init(server, cluster.superuser, OWNER.login, OWNER.name))
        name_approvers(server, cluster.superuser, sign_ins)
        programs = Programs(home, server, keeper)
        ends.callback(programs.end)
        programs.start_worker(sign_ins["worker"])
        stream = Stream(server, sign_ins)
        ends.callback(stream.stop)
        yield Stage(cluster, server, sign_ins, stream, programs)


def _clear(out: Path) -> None:
    """Make room for what the shift leaves. Raises NotOurs."""
    try:
        out.mkdir(parents=True, exist_ok=True)
        (out / "summary.json").unlink(missing_ok=True)  # of an earlier run, which may have ended better
    except OSError as error:
        raise NotOurs(f"{out} cannot be written to: {error.strerror}. Name another folder with --out.") from error


def _start_server(cluster: Cluster) -> None:
    try:
        cluster.create()
        cluster.start()
    except RuntimeError as error:
        raise NotOurs(f"The server cannot work in {cluster.home}. Name another folder in RACHEL_HOME.\n{error}") from error


def _show_windows(stage: Stage, seconds: float | None) -> int:
    """Open the windows and wait until they are closed, or the time is over."""
    windows = [stage.programs.start_window(window, stage.sign_ins[window.login], offscreen=False) for window in WINDOWS]
    stage.stream.start()
    tell_start(stage.cluster, stage.server, "Close the windows, or press Ctrl-C here, and everything ends.")
    told, tally = time.monotonic(), stage.stream.tally
    with suppress(KeyboardInterrupt):  # also then everything is looked at once more
        while stage.stream.errands.alive and tally.seconds < (seconds or float("inf")) and any(window.runs for window in windows):
            time.sleep(0.2)
            if time.monotonic() - told > TOLD_EVERY:
                told = time.monotonic()
                say(f"So far {tally}.")
    crashed = [window for window in windows if window.process.poll() not in (None, 0)]
    for window in crashed:
        say(f"{window.name} ended with {window.process.returncode}. {window.last_words()}")
    alive = stage.stream.stop()
    findings = find(stage.server, stage.sign_ins[OWNER.login], tally.placed)
    say(f"At the end: {findings}.")
    return DONE if findings.good and alive and not crashed else WRONG


def _play_shift(stage: Stage, out: Path, seconds: float | None) -> int:
    """Play the shift, look at everything once more, and write down what became of it."""
    windows = {
        window.name: stage.programs.start_window(window, stage.sign_ins[window.login], offscreen=True) for window in WINDOWS
    }
    tell_start(stage.cluster, stage.server, f"The windows play a shift without a display; pictures of it go to {out}. Ctrl-C ends it.")
    played = Player(stage.cluster, windows, stage.stream, out.absolute(), seconds or SHIFT_SECONDS).play()
    if not stage.stream.stop():
        played.failed = played.failed or "The stream of orders ended by itself."
    findings = find(stage.server, stage.sign_ins[OWNER.login], stage.stream.tally.placed)
    say(f"At the end: {findings}.")
    write_summary(out, summary(stage.stream.tally, played, findings))
    return WRONG if played.failed or not findings.good else DONE
