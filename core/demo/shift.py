"""The scripted shift: what three people do on one day, in words they see on their screens. Knows no program, only what it shows.

A step of a window is one of core/qt/rehearsal.py; "Town" is what happens around the windows (core/demo/player.py). "{first}" is the
number of the order that was wanted under that name.
"""

from typing import Any, NamedTuple

FIRST, SECOND, OFFICE, TOWN = "Counter 1", "Counter 2", "Office", "Town"
YABA = "Yaba kitchen"
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


def finds(who: str, order: str) -> Step:
    """Show no other order in the queue; "" shows them all."""
    return types(who, "Find an order", order)


def steps(who: str, order: str, *acts: str) -> tuple[Step, ...]:
    """Take an order on, step by step, as soon as its card says so."""
    return tuple(step for act in acts for step in (sees(who, f"{act} order {order}"), click(who, f"{act} order {order}")))


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
        town("orders", count=12),
        sees(FIRST, "Accept order"),
        sees(SECOND, "Accept order"),
        pictures("queue", FIRST, SECOND),
    )),
    Act("An order goes its way at Counter 1", (
        town("want", name="first", kitchen=YABA, dishes=("Jollof rice and chicken", "Dòdò")),
        finds(FIRST, "{first}"),
        finds(SECOND, "{first}"),
        *steps(FIRST, "{first}", "Accept", "Start cooking"),
        sees(SECOND, "Cooking started by Ngọzi Ọkafọ"),
        sees(FIRST, "1 × Dòdò is ready, order {first}"),
        click(FIRST, "1 × Dòdò is ready, order {first}"),
        pictures("queue-cooking", FIRST, SECOND),
        *steps(FIRST, "{first}", "Ready"),
        sees(FIRST, "Take back: Ready, order {first}"),
        click(FIRST, "Take back: Ready, order {first}"),
        sees(SECOND, "Taken back by Ngọzi Ọkafọ"),
        pictures("queue-taken-back", SECOND),
        *steps(FIRST, "{first}", "Ready", "Out", "Delivered"),
        sees(FIRST, "Nothing matches"),
        sees(SECOND, "Nothing matches"),
        finds(FIRST, ""),
        finds(SECOND, ""),
    )),
    Act("A cancelled order shouts at the other counter", (
        town("want", name="second", kitchen=YABA, dishes=("Jollof rice and chicken",)),
        finds(FIRST, "{second}"),
        *steps(FIRST, "{second}", "Accept"),
        sees(FIRST, "Start cooking order {second}"),
        click(FIRST, "{second}. Accepted"),
        *steps(FIRST, "{second}", "Cancel"),
        sees(FIRST, "Why is it cancelled?"),
        click(FIRST, "Customer asked"),
        sees(FIRST, "Cancel order {second} and give back ₦3,800.00"),
        pictures("cancel", FIRST),
        click(FIRST, "Cancel order {second} and give back ₦3,800.00"),
        sees(SECOND, "Seen: order {second} cancelled"),
        pictures("shout", SECOND),
        click(SECOND, "Seen: order {second} cancelled"),
        sees_no_more(SECOND, "Seen: order {second} cancelled"),
        finds(FIRST, ""),
    )),
    Act("A delivery at Counter 1", (
        click(FIRST, "Stock"),
        click(SECOND, "Stock"),
        sees(FIRST, "held of"),
        pictures("board", FIRST),
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
        town("cook", kitchen=YABA, dish="Jollof rice and chicken"),
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
        click(FIRST, "Orders"),
        town("want", name="third", kitchen=YABA, dishes=("Dòdò",)),
        finds(FIRST, "{third}"),
        *steps(FIRST, "{third}", "Accept"),
        sees(FIRST, "Start cooking order {third}"),
        town("kill"),
        *all_see("Offline since", 20),
        sees(FIRST, "as of"),
        pictures("offline", FIRST, SECOND, OFFICE),
        town("restart"),
        *(sees_no_more(window, "Offline since", 30) for window in WINDOWS),
        *all_see("Live", 10),
        click(SECOND, "Add 24 pcs"),
        sees(SECOND, "Added 24 pcs"),
        *steps(FIRST, "{third}", "Start cooking"),
        sees(FIRST, "1 × Dòdò is ready, order {third}"),
        finds(FIRST, ""),
        town("orders", count=1),
        pictures("live-again", FIRST, SECOND),
    )),
    Act("The office refunds an order that came too late", (
        town("want", name="fourth", kitchen=YABA, dishes=("Jollof rice and chicken", "Dòdò")),
        finds(FIRST, "{fourth}"),
        *steps(FIRST, "{fourth}", "Accept", "Start cooking"),
        sees(FIRST, "1 × Dòdò is ready, order {fourth}"),
        finds(FIRST, ""),
        pictures("overview", OFFICE),
        click(OFFICE, "Refunds"),
        sees(OFFICE, "Waiting for you"),
        pictures("refunds", OFFICE),
        click(OFFICE, "New refund"),
        types(OFFICE, "Order numbers", "{fourth}"),
        click(OFFICE, "Add"),
        sees(OFFICE, "Order {fourth}"),
        click(OFFICE, "Tick all that is left"),
        pictures("refund-choose", OFFICE),
        click(OFFICE, "Check this refund"),
        sees(OFFICE, "Check this refund before it runs"),
        select(OFFICE, "Came late"),
        types(OFFICE, "Note for the audit trail", "The customer waited for two hours"),
        types(OFFICE, "Type the total to confirm", "5300"),
        sees(OFFICE, "Matches the total."),
        pictures("refund-check", OFFICE),
        click(OFFICE, "Refund ₦5,300.00"),
        sees(OFFICE, "Refund of ₦5,300.00"),
        sees(OFFICE, "Done"),
        pictures("refund-run", OFFICE),
    )),
    Act("The office looks", (
        click(OFFICE, "Orders"),
        sees(OFFICE, YABA),
        types(OFFICE, "Search orders", "{fourth}"),
        sees(OFFICE, "1 order"),
        select(OFFICE, "{fourth}"),
        sees(OFFICE, "What happened"),
        pictures("orders", OFFICE),
        click(OFFICE, "Wallets"),
        sees(OFFICE, "Balance"),
        pictures("wallets", OFFICE),
        click(OFFICE, "Customers"),
        sees(OFFICE, "Phone"),
        pictures("customers", OFFICE),
        click(OFFICE, "Staff"),
        sees(OFFICE, "Zainab Ɗanladi"),
        pictures("staff", OFFICE),
        click(OFFICE, "Stock"),
        sees(OFFICE, "Parboiled rice"),
        pictures("stock", OFFICE),
    )),
)  # fmt: skip
