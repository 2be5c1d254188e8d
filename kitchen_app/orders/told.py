"""What the person is told when a step was refused: who was faster, what is short, what to do. Who did what: words.py beside it."""

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication

from core.base.errors import Frozen, Offline, Short
from core.orders import RECALLED, QueuedOrder, State, Step
from core.qt.line import clock
from core.qt.states import state_word, step_word

translate = QCoreApplication.translate


def overtaken(order: QueuedOrder, steps: Sequence[Step]) -> str:
    """Say who moved the order first: "Bisi Ojo accepted order 1042 at 12:41. Nothing of yours was saved."."""
    newest = steps[-1] if steps else None
    if newest is None:
        return translate("told", "Order {number} is not here any more. Nothing of yours was saved.").format(number=order.number)
    return translate("told", "{what} Nothing of yours was saved.").format(what=happened(order.number, newest))


def happened(number: int, step: Step) -> str:
    """Say one step as a sentence."""
    if step.reason == RECALLED:
        said = translate("told", "{name} took order {number} back to “{state}” at {time}.")
    else:
        said = {
            State.ACCEPTED: translate("told", "{name} accepted order {number} at {time}."),
            State.PREPARING: translate("told", "{name} started cooking order {number} at {time}."),
            State.READY: translate("told", "{name} made order {number} ready at {time}."),
            State.OUT: translate("told", "{name} sent order {number} out at {time}."),
            State.DELIVERED: translate("told", "{name} called order {number} delivered at {time}."),
            State.CANCELLED: translate("told", "{name} cancelled order {number} at {time}."),
        }.get(step.state, translate("told", "{name} changed order {number} at {time}."))
    name = step.by or translate("told", "The ordering service")
    return said.format(name=name, number=number, state=state_word(step.state), time=clock(step.at))


def story(order: QueuedOrder, steps: Sequence[Step]) -> tuple[str, ...]:
    """Say all steps of an order, a line for each, and what was promised."""
    promised = translate("told", "Promised for {time}").format(time=clock(order.promised_at))
    return (promised, *(_line(step) for step in steps))


def _line(step: Step) -> str:
    who = f", {step.by}" if step.by else ""
    return f"{clock(step.at)} {step_word(step)}{who}"


def refusal(order: QueuedOrder, error: Exception) -> str:
    """Say why a step was not taken, and what to do."""
    if isinstance(error, Short):
        names = ", ".join(item["name"] for item in error.facts["items"])
        said = translate("told", "Not enough on the shelf: {items}. Count it on the Stock page. The order stays accepted.")
        return said.format(items=names or translate("told", "it was taken a moment ago"))
    if isinstance(error, Frozen):
        said = translate("told", "Money is frozen, so a paid order cannot be cancelled. Cook order {number}, or ask the office.")
        return said.format(number=order.number)
    if isinstance(error, Offline):
        return translate("told", "There is no connection: nothing was sent.")
    return str(error)
