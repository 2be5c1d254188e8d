"""Verdicts: what a verification found, in words, with the codes of the heads that it came to."""

from PySide6.QtCore import QCoreApplication

from admin_app.alarm import Found
from admin_app.watch import TrailWatch
from core.audit import Stream, Wrong
from core.qt.line import Words, moment

MOST_NAMED = 5  # of what is wrong

translate = QCoreApplication.translate


def told(watch: TrailWatch) -> Words:
    """Say how it stands with the trail: one sentence, and aside what to know with it."""
    if watch.alarm:
        return _alarm(watch, watch.alarm)
    if watch.running:
        return Words(_running(watch), "info", "hourglass")
    if watch.error:
        words = translate("verdicts", "The trail could not be verified. {why}")
        return Words(words.format(why=watch.error), "warn", "circle-alert")
    if watch.stopped:
        return Words(translate("verdicts", "Stopped before the end. Nothing wrong was found so far."), "warn", "pause")
    if watch.found is None:
        return Words(translate("verdicts", "Not verified since you signed in."), "info", "shield-check")
    return Words(_right(watch.found, watch), "ok", "shield-check", codes(watch.found))


def alarm(found: Found) -> Words:
    """Say on every other page that something is wrong, and what to do next."""
    do = translate("verdicts", "Change nothing, and call whoever runs the server.")
    return Words(f"{wrong_word(found)} {do}", "danger", "triangle-alert")


def wrong_word(found: Found) -> str:
    """Say that something is wrong: how many things."""
    if not found.wrong:
        return translate("verdicts", "The audit trail was not what was sealed, and what was wrong cannot be read here any more.")
    one = translate("verdicts", "The audit trail is not what was sealed: 1 thing is wrong.")
    many = translate("verdicts", "The audit trail is not what was sealed: {n} things are wrong.")
    return (one if found.wrong == 1 else many).format(n=f"{found.wrong:,}")


def wrong_lines(found: Found) -> list[str]:
    """Say what is wrong, one sentence for each, the first few."""
    every = [(verdict.stream, wrong) for verdict in found.verdicts for wrong in verdict.wrong]
    said = [_wrong(stream, wrong) for stream, wrong in every[:MOST_NAMED]]
    rest = found.wrong - len(said)
    return [*said, *([translate("verdicts", "And {n} more.").format(n=f"{rest:,}")] if rest > 0 else [])]


def codes(found: Found) -> str:
    """Write the codes of the heads: "E1204-7F3KQ-… · L88-…"."""
    return " · ".join(verdict.head.code for verdict in found.verdicts)


def _alarm(watch: TrailWatch, found: Found) -> Words:
    """Say on the trail's page what is wrong, since when, what to do, and how it stands with looking again."""
    keep = translate(
        "verdicts", "Change nothing. Call whoever runs the server. Do not clean up or reinstall this computer: it keeps the proof."
    )
    when = translate("verdicts", "Found {time}.").format(time=moment(found.at, watch.line.now()))
    end = translate("verdicts", "It is said until everything was verified and is right.") if found.whole else ""
    lost = translate("verdicts", "It could not be written down, so leave this program open. {why}")
    unkept = lost.format(why=watch.unkept) if watch.unkept else ""
    aside = " ".join(filter(None, [keep, when, end, unkept, _since_the_alarm(watch)]))
    return Words(wrong_word(found), "danger", "triangle-alert", aside)


def _since_the_alarm(watch: TrailWatch) -> str:
    """Say how it stands with the verification after something was found wrong; "" where it came to its end."""
    if watch.running:
        return _running(watch)
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
    kind = "numberless" if wrong.kind == "forged" and wrong.row_id is None else wrong.kind
    words = {
        "numberless": translate("verdicts", "A line without a number was written into the {stream}."),
        "edited": translate("verdicts", "Line {row} of the {stream} was changed after it was sealed."),
        "deleted": translate("verdicts", "Line {row} of the {stream} is gone."),
        "inserted": translate("verdicts", "Line {row} of the {stream} was written in afterwards."),
        "forged": translate("verdicts", "Line {row} of the {stream} was written in under a number that was never given out."),
        "misdated": translate("verdicts", "Line {row} of the {stream} tells a false time."),
        "untimed": translate("verdicts", "The seal of the {stream} at position {position} bears no time, or one that cannot be."),
        "gap": translate("verdicts", "Lines are missing from the {stream} before position {position}."),
        "cut": translate("verdicts", "The {stream} ends before position {position}, where this computer has seen more."),
        "head": translate("verdicts", "The {stream} up to position {position} is another than the one that was sealed."),
    }.get(kind, translate("verdicts", "Something is wrong with the {stream} at position {position}."))
    return words.format(row=wrong.row_id, stream=stream_word(stream), position=f"{wrong.position:,}")
