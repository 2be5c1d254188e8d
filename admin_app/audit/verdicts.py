"""Verdicts: what a verification found, in words, with the codes of the heads that it came to."""

from PySide6.QtCore import QCoreApplication

from admin_app.watch import Found, TrailWatch
from core.audit import Stream, Wrong
from core.qt.line import Words, moment

MOST_NAMED = 5  # of what is wrong

translate = QCoreApplication.translate


def told(watch: TrailWatch) -> Words:
    """Say how it stands with the trail: one sentence, and aside what to know with it."""
    if watch.running:
        return Words(_running(watch), "info", "hourglass")
    if watch.alarm:
        said = alarm(watch.alarm)
        return said._replace(aside=" ".join(filter(None, [said.aside, _since_the_alarm(watch)])))
    if watch.error:
        words = translate("verdicts", "The trail could not be verified. {why}")
        return Words(words.format(why=watch.error), "warn", "circle-alert")
    if watch.stopped:
        return Words(translate("verdicts", "Stopped before the end. Nothing wrong was found so far."), "warn", "pause")
    if watch.found is None:
        return Words(translate("verdicts", "Not verified since you signed in."), "info", "shield-check")
    return Words(_right(watch.found, watch), "ok", "shield-check", codes(watch.found))


def alarm(found: Found) -> Words:
    """Say that something is wrong, and what to do next: the same on every page."""
    one = translate("verdicts", "The audit trail is not what was sealed: 1 thing is wrong.")
    many = translate("verdicts", "The audit trail is not what was sealed: {n} things are wrong.")
    what = (one if found.wrong == 1 else many).format(n=f"{found.wrong:,}")
    aside = translate(
        "verdicts", "Change nothing. Call whoever runs the server. Do not clean up or reinstall this computer: it keeps the proof."
    )
    return Words(what, "danger", "triangle-alert", aside)


def wrong_lines(found: Found) -> list[str]:
    """Say what is wrong, one sentence for each, the first few."""
    every = [(verdict.stream, wrong) for verdict in found.verdicts for wrong in verdict.wrong]
    said = [_wrong(stream, wrong) for stream, wrong in every[:MOST_NAMED]]
    rest = found.wrong - len(said)
    return [*said, *([translate("verdicts", "And {n} more.").format(n=f"{rest:,}")] if rest > 0 else [])]


def codes(found: Found) -> str:
    """Write the codes of the heads: "E1204-7F3KQ-… · L88-…"."""
    return " · ".join(verdict.head.code for verdict in found.verdicts)


def _since_the_alarm(watch: TrailWatch) -> str:
    """Say that the last verification, after something was found wrong, came to no end; "" where it did."""
    if watch.error:
        return translate("verdicts", "The last verification failed. {why}").format(why=watch.error)
    return translate("verdicts", "The last verification was stopped before the end.") if watch.stopped else ""


def _running(watch: TrailWatch) -> str:
    whole = translate("verdicts", "Verifying everything, read line by line on this computer …")
    words = whole if watch.whole else translate("verdicts", "Verifying from the last head that this computer kept …")
    if watch.step is None or watch.step.rows == 0:
        return words
    so_far = translate("verdicts", "{words} {stream}: {n} of {all}")
    done, every = watch.step.rows, watch.step.end - watch.step.since
    return so_far.format(words=words, stream=stream_word(watch.step.stream), n=f"{done:,}", all=f"{every:,}")


def _right(found: Found, watch: TrailWatch) -> str:
    when = moment(found.at, watch.line.now())
    if found.whole:
        return translate("verdicts", "Right: all {n} rows, read here, are what was sealed, {time}.").format(n=f"{found.rows:,}", time=when)
    if not any(verdict.since for verdict in found.verdicts):
        return translate("verdicts", "Right: all {n} rows are what was sealed, {time}.").format(n=f"{found.rows:,}", time=when)
    if found.rows == 0:
        holds = translate("verdicts", "Right: this computer's last head still holds, and nothing was sealed since, {time}.")
        return holds.format(time=when)
    one = translate("verdicts", "Right: 1 new row since this computer's last head is what was sealed, {time}.")
    many = translate("verdicts", "Right: {n} new rows since this computer's last head are what was sealed, {time}.")
    return (one if found.rows == 1 else many).format(n=f"{found.rows:,}", time=when)


def stream_word(stream: Stream) -> str:
    return translate("verdicts", "trail") if stream == "events" else translate("verdicts", "ledger")


def _wrong(stream: Stream, wrong: Wrong) -> str:
    words = {
        "edited": translate("verdicts", "Line {row} of the {stream} was changed after it was sealed."),
        "deleted": translate("verdicts", "Line {row} of the {stream} is gone."),
        "inserted": translate("verdicts", "Line {row} of the {stream} was written in afterwards."),
        "forged": translate("verdicts", "Line {row} of the {stream} was written in under a number that was never given out."),
        "misdated": translate("verdicts", "Line {row} of the {stream} tells a false time."),
        "untimed": translate("verdicts", "The seal of the {stream} at position {position} bears no time, or one that cannot be."),
        "gap": translate("verdicts", "Lines are missing from the {stream} before position {position}."),
        "cut": translate("verdicts", "The {stream} ends before position {position}, where this computer has seen more."),
        "head": translate("verdicts", "The {stream} up to position {position} is another than the one that was sealed."),
    }.get(wrong.kind, translate("verdicts", "Something is wrong with the {stream} at position {position}."))
    return words.format(row=wrong.row_id, stream=stream_word(stream), position=f"{wrong.position:,}")
