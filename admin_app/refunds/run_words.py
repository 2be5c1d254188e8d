"""Words of the run: how far a refund is, and what stopping, resuming or withdrawing it does, with the figures."""

from PySide6.QtCore import QCoreApplication

from admin_app.refunds.run_reading import Standing
from admin_app.refunds.words import lines_word
from core.base.money import naira
from core.proposals import Progress

translate = QCoreApplication.translate


def how_far(standing: Standing, left: str = "") -> str:
    """Say how far it is: "1,500 of 4,700 lines done, about 2 min left"."""
    state, progress, total = standing.proposal.state, standing.progress, standing.proposal.lines
    if state is Progress.PREVIEWED:
        return translate("refunds", "Nobody has confirmed it yet: nothing happened.")
    if state is Progress.AWAITING_APPROVAL:
        words = translate("refunds", "Nothing has run yet: {amount} is set aside until a second person agrees.")
        return words.format(amount=naira(standing.set_aside))
    words = translate("refunds", "{done} of {lines} done").format(done=f"{progress.done:,}", lines=lines_word(total))
    if progress.done == 0 and state in (Progress.REJECTED, Progress.LAPSED, Progress.STALE, Progress.WITHDRAWN):
        return translate("refunds", "Nothing of it ran.")
    if state is Progress.RUNNING and left:
        words = f"{words}, {left}"
    if state is Progress.STOPPED:
        words = translate("refunds", "{words}, then it was stopped").format(words=words)
    if state is Progress.WITHDRAWN:
        words = translate("refunds", "{words}, then the rest was withdrawn").format(words=words)
    return f"{words}."


def beside(standing: Standing) -> str:
    """Say what must not be taken for done; "" for nothing."""
    progress, said = standing.progress, []
    if progress.sending:
        one = translate("refunds", "1 line to a card waits: the card provider is not connected yet.")
        many = translate("refunds", "{n} lines to cards wait: the card provider is not connected yet.")
        said.append(one if progress.sending == 1 else many.format(n=f"{progress.sending:,}"))
    if progress.unknown:
        said.append(translate("refunds", "{lines} being checked with the provider.").format(lines=lines_word(progress.unknown)))
    if progress.failed:
        said.append(translate("refunds", "{lines} failed: {amount} was not given back.").format(
            lines=lines_word(progress.failed), amount=naira(standing.failed)))  # fmt: skip
    return " ".join(said)


def stays_done(standing: Standing) -> str:
    """Say what no stopping takes back."""
    if standing.progress.done == 0:
        return translate("refunds", "Nothing of it has run.")
    words = translate("refunds", "{amount} on {lines} stays refunded.")
    return words.format(amount=naira(standing.progress.amount_done), lines=lines_word(standing.progress.done))


def stop_effects(standing: Standing) -> list[tuple[str, str]]:
    """Say what stopping does, each with its icon."""
    words = translate("refunds", "{rest} stays set aside: nobody else can refund it until this is resumed or withdrawn.")
    return [("circle-check", stays_done(standing)), ("pause", words.format(rest=_rest(standing)))]


def resume_effects(standing: Standing) -> list[tuple[str, str]]:
    words = translate("refunds", "{rest} goes on being refunded, as it was confirmed.")
    return [("circle-check", stays_done(standing)), ("undo-2", words.format(rest=_rest(standing)))]


def withdraw_effects(standing: Standing) -> list[tuple[str, str]]:
    words = translate("refunds", "{rest} becomes free again: it can be refunded by another proposal.")
    ends = translate("refunds", "This refund ends for good.")
    return [("circle-check", stays_done(standing)), ("undo-2", words.format(rest=_rest(standing))), ("ban", ends)]


def _rest(standing: Standing) -> str:
    """Name what did not run: "₦114,500.00 on 3,200 lines"."""
    words = translate("refunds", "{amount} on {lines}")
    return words.format(amount=naira(standing.set_aside), lines=lines_word(standing.rest))
