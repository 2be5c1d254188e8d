"""The scripted shift: what three people do on one day, in words they see on their screens. Knows no program, only what it shows.

A step of a window is one of core/qt/rehearsal.py; "Town" is what happens around the windows (core/demo/player.py).
"""

from typing import Any, NamedTuple

FIRST, SECOND, OFFICE, TOWN = "Counter 1", "Counter 2", "Office", "Town"
WINDOWS = (FIRST, SECOND, OFFICE)
WIDTH, HEIGHT = 1366, 820  # px

Step = tuple[str, dict[str, Any]]  # who, and what


class Act(NamedTuple):
    """A part of the shift; it is begun only while there is time."""

    title: str
    steps: tuple[Step, ...]


def click(who: str, text: str) -> Step:
    return who, {"do": "click", "text": text}


def select(who: str, text: str) -> Step:
    return who, {"do": "select", "text": text}


def types(who: str, label: str, text: str) -> Step:
    return who, {"do": "type", "label": label, "text": text}


def sees(who: str, text: str, seconds: float = 10) -> Step:
    return who, {"do": "wait", "text": text, "seconds": seconds}


def sees_no_more(who: str, text: str, seconds: float = 10) -> Step:
    return who, {"do": "gone", "text": text, "seconds": seconds}


def town(what: str, **facts: Any) -> Step:
    return TOWN, {"do": what, **facts}


def pictures(name: str, *who: str) -> Step:
    """Take one picture of each of these windows in light and one in dark."""
    return town("pictures", name=name, windows=who)


def all_see(text: str, seconds: float) -> tuple[Step, ...]:
    return tuple(sees(window, text, seconds) for window in WINDOWS)


OPENING = Act("Everybody signs in", (
    *all_see("Sign in", 60),
    *((window, {"do": "size", "width": WIDTH, "height": HEIGHT}) for window in WINDOWS),
    pictures("sign-in", FIRST),
    *(click(window, "Sign in") for window in WINDOWS),
    *all_see("Live", 20),
    *((window, {"do": "size", "width": WIDTH, "height": HEIGHT}) for window in WINDOWS),
))  # fmt: skip

SHIFT = (
    Act("Orders arrive", (
        town("orders", count=3),
        sees(FIRST, "held of"),
        sees(SECOND, "held of"),
        pictures("board", FIRST, OFFICE),
    )),
    Act("A delivery at Counter 1", (
        select(FIRST, "Chicken, cut"),
        click(FIRST, "Delivery"),
        types(FIRST, "How much came (kg)", "20"),
        click(FIRST, "Add 20 kg"),
        sees(FIRST, "Added 20 kg"),
        select(SECOND, "Chicken, cut"),
        sees(SECOND, "+20 kg"),
        pictures("delivery", SECOND),
    )),
    Act("A count made stale by the other counter", (
        select(FIRST, "Parboiled rice"),
        click(FIRST, "Count"),
        types(FIRST, "You counted (kg)", "36"),
        select(SECOND, "Parboiled rice"),
        click(SECOND, "Waste"),
        types(SECOND, "How much goes (kg)", "1.5"),
        select(SECOND, "Spoiled"),
        click(SECOND, "Throw away 1.5 kg"),
        sees(SECOND, "Threw away 1.5 kg"),
        town("cook", kitchen="Yaba kitchen", dish="Jollof rice and chicken"),
        town("rest"),
        click(FIRST, "Save count: 36 kg"),
        sees(FIRST, "Parboiled rice changed while you were editing"),
        sees(FIRST, "Cooked for"),
        pictures("conflict", FIRST),
        click(FIRST, "Set it to 36 kg"),
        pictures("conflict-decided", FIRST),
        click(FIRST, "Save 36 kg"),
        sees(FIRST, "Count saved: 36 kg"),
        sees(SECOND, "36 there"),
        town("conflict"),
        town("go on"),
    )),
    Act("The server dies and comes back", (
        select(SECOND, "Plantain"),
        click(SECOND, "Delivery"),
        types(SECOND, "How much came (pcs)", "24"),
        town("kill"),
        *all_see("Offline since", 20),
        pictures("offline", SECOND, OFFICE),
        town("restart"),
        *(sees_no_more(window, "Offline since", 30) for window in WINDOWS),
        *all_see("Live", 10),
        click(SECOND, "Add 24 pcs"),
        sees(SECOND, "Added 24 pcs"),
        town("orders", count=1),
        pictures("live-again", SECOND),
    )),
    Act("The office looks", (
        click(OFFICE, "Orders"),
        sees(OFFICE, "Yaba kitchen"),
        pictures("orders", OFFICE),
        click(OFFICE, "Stock"),
        sees(OFFICE, "Parboiled rice"),
        pictures("stock", OFFICE),
    )),
)  # fmt: skip
