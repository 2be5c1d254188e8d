"""The bell: rings through a real player, one sound at a time, never in the way; muted stays muted at this counter."""

import os
import wave
from pathlib import Path

import pytest
from PySide6.QtCore import QElapsedTimer
from PySide6.QtWidgets import QApplication

from core.qt import theme
from core.qt.sound import LONGEST, SOUNDS, Bell, MuteButton
from core.qt.widgets import page, row
from tests.support.looks import draw, faults

pytestmark = pytest.mark.skipif(os.name == "nt", reason="Windows plays by itself")


@pytest.fixture
def room(tmp_path, monkeypatch):
    """A folder of programs, the only one that is searched, and the names of the sounds they played."""
    heard = tmp_path / "heard"
    heard.touch()
    monkeypatch.setenv("PATH", str(tmp_path))

    def player(name, then="exit 0"):
        program = tmp_path / name
        program.write_text(f'#!/bin/sh\necho "{name} ${{1##*/}}" >> {heard}\n{then}\n')
        program.chmod(0o755)

    player.heard = lambda: heard.read_text().splitlines()
    player.folder = tmp_path
    return player


@pytest.fixture
def beeps(monkeypatch):
    """How often the system's own beep was asked for: the one thing here that cannot be heard in a test."""
    asked = []
    monkeypatch.setattr(QApplication, "beep", staticmethod(lambda: asked.append("beep")))
    return asked


def ended(qtbot, bell):
    qtbot.waitUntil(lambda: bell._process.state() == bell._process.ProcessState.NotRunning and not bell._next, timeout=5000)


@pytest.mark.parametrize("name", ["new", "cancelled"])
def test_each_sound_is_a_small_file_any_player_takes_and_starts_and_ends_in_silence(name):
    path = SOUNDS / f"{name}.wav"
    assert path.stat().st_size < 60_000
    with wave.open(str(path)) as sound:
        assert (sound.getnchannels(), sound.getsampwidth(), sound.getframerate()) == (1, 2, 22_050)
        assert sound.getnframes() / sound.getframerate() < 1.5
        samples = memoryview(sound.readframes(sound.getnframes())).cast("h")
    assert (abs(samples[0]), abs(samples[-1])) < (100, 100)
    assert 20_000 < max(map(abs, samples)) < 32_767


def test_the_sounds_lie_beside_their_licence():
    assert "MIT" in (SOUNDS / "README.md").read_text(encoding="utf-8")
    assert sorted(path.name for path in SOUNDS.iterdir()) == ["README.md", "cancelled.wav", "new.wav"]


def test_the_sounds_are_found_where_the_icons_are():
    assert SOUNDS.parent == theme.RESOURCES
    assert f'"{SOUNDS.parent.name}"' in (Path(__file__).parents[1] / "pyproject.toml").read_text(encoding="utf-8")


def test_it_rings_through_the_first_player_there_is(qtbot, room):
    room("aplay")
    room("paplay")
    bell = Bell(None)
    bell.ring("new")
    ended(qtbot, bell)
    assert room.heard() == ["paplay new.wav"]


def test_ringing_returns_at_once_however_long_the_sound_is(qtbot, room):
    room("pw-play", "exec /bin/sleep 1")
    bell, timer = Bell(None), QElapsedTimer()
    timer.start()
    bell.ring("new")
    assert timer.elapsed() < 300
    ended(qtbot, bell)


def test_one_sound_at_a_time_the_same_is_not_repeated_and_another_waits_its_turn(qtbot, room):
    room("pw-play", "exec /bin/sleep 0.3")
    bell = Bell(None)
    for name in ("new", "new", "cancelled", "cancelled", "new"):
        bell.ring(name)
    ended(qtbot, bell)
    assert room.heard() == ["pw-play new.wav", "pw-play cancelled.wav"]


def test_a_player_that_fails_is_not_asked_again_and_the_next_one_plays(qtbot, room):
    room("pw-play", "exit 1")
    room("aplay")
    bell = Bell(None)
    bell.ring("new")
    qtbot.waitUntil(lambda: room.heard()[-1:] == ["aplay new.wav"])
    ended(qtbot, bell)
    bell.ring("cancelled")
    ended(qtbot, bell)
    assert room.heard() == ["pw-play new.wav", "aplay new.wav", "aplay cancelled.wav"]


def test_without_a_player_it_beeps(qtbot, room, beeps):
    Bell(None).ring("new")
    assert beeps == ["beep"]


@pytest.mark.parametrize("then", ["exit 1", "kill -9 $$"])
def test_when_no_player_works_it_beeps(qtbot, room, beeps, then):
    room("paplay", then)
    bell = Bell(None)
    bell.ring("new")
    qtbot.waitUntil(lambda: beeps == ["beep"])
    bell.ring("new")
    qtbot.waitUntil(lambda: beeps == ["beep", "beep"])
    assert room.heard() == ["paplay new.wav"] * 2


def test_a_player_that_failed_once_is_asked_again_when_no_other_works_either(qtbot, room, beeps):
    room("paplay", "exit 1")  # the sound server is just starting
    bell = Bell(None)
    bell.ring("new")
    qtbot.waitUntil(lambda: beeps == ["beep"])
    room("paplay")
    bell.ring("new")
    ended(qtbot, bell)
    assert (room.heard(), beeps) == (["paplay new.wav"] * 2, ["beep"])


def test_a_player_that_was_taken_away_does_not_matter(qtbot, room, beeps):
    room("paplay")
    bell = Bell(None)
    (room.folder / "paplay").unlink()
    bell.ring("new")
    qtbot.waitUntil(lambda: beeps == ["beep"])


def test_a_player_that_hangs_is_ended(qtbot, room, beeps):
    room("paplay", "exec /bin/sleep 60")
    bell = Bell(None)
    bell._limit.setInterval(200)
    assert LONGEST > 2000  # no sound of ours is cut
    bell.ring("new")
    qtbot.waitUntil(lambda: beeps == ["beep"])


def test_muted_it_is_silent_and_stays_so_at_this_counter(qtbot, room, tmp_path):
    room("aplay")
    memory = tmp_path / "kitchen.ini"
    bell = Bell(memory)
    with qtbot.waitSignal(bell.muted_changed) as told:
        bell.muted = True
    assert told.args == [True]
    again = Bell(memory)
    again.ring("new")
    assert (again.muted, room.heard()) == (True, [])
    again.muted = False
    assert not Bell(memory).muted
    assert not Bell(tmp_path / "other.ini").muted


def test_muting_ends_what_sounds_and_forgets_what_was_still_to_sound(qtbot, room, beeps):
    room("aplay", "exec /bin/sleep 60")
    bell = Bell(None)
    bell.ring("new")
    bell.ring("cancelled")
    qtbot.waitUntil(lambda: room.heard() == ["aplay new.wav"])
    bell.muted = True
    ended(qtbot, bell)
    qtbot.wait(50)
    assert (room.heard(), beeps) == (["aplay new.wav"], [])
    bell.muted = False
    bell.ring("new")
    qtbot.waitUntil(lambda: room.heard() == ["aplay new.wav", "aplay new.wav"])


def test_muted_and_heard_again_at_once_as_by_a_double_touch_the_player_is_not_taken_for_one_that_failed(qtbot, room, beeps):
    room("aplay", "exec /bin/sleep 60")
    bell = Bell(None)
    bell.ring("new")
    qtbot.waitUntil(lambda: room.heard() == ["aplay new.wav"])
    bell.muted = True
    bell.muted = False
    ended(qtbot, bell)
    qtbot.wait(50)
    assert (room.heard(), beeps) == (["aplay new.wav"], [])
    bell.ring("cancelled")
    qtbot.waitUntil(lambda: room.heard() == ["aplay new.wav", "aplay cancelled.wav"])


@pytest.mark.parametrize("look", ["light", "dark"])
def test_the_button_says_how_it_stands_and_switches_it(qtbot, qapp, look):
    theme.follow(qapp, look)
    bell = Bell(None)
    push = MuteButton(bell)
    ground = page(row(push, None, margins=(20, 20, 20, 20)))
    qtbot.addWidget(ground)
    ground.show()
    assert push.text() == "Sound on"
    wide = push.width()
    draw(ground, f"sound-on-{look}")
    push.click()
    QApplication.processEvents()
    assert (push.text(), bell.muted, push.width()) == ("Sound off", True, wide)
    assert faults(ground, 48) == []
    draw(ground, f"sound-off-{look}")
    bell.muted = False
    assert push.text() == "Sound on"
