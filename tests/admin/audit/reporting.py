"""Making reports of the trail in a test, as a person does at the screen."""

import re
import time

from core.audit import KeptHeads, Key
from core.worker.reports import Signer

STILL = 20  # seconds


class Signing:
    """A worker's signer with a key of its own, that looks when it is told to."""

    def __init__(self, db, folder):
        self.key = Key.of(folder / "worker" / "key.pem")
        self._signer = Signer(db, KeptHeads(folder / "worker"), self.key)

    def look(self):
        return list(self._signer.look())


def opened(page, file):
    """Open the dialog; whatever is saved goes to this file."""
    page.reports.ask_where = lambda parent, suggested: str(file)
    page.reports.push.click()
    return page.reports.dialog


def begun(page, file, note=""):
    """Ask for a report, and return its dialog."""
    dialog = opened(page, file)
    dialog.note.setText(note)
    dialog.act.click()
    return dialog


def reaches(qtbot, dialog, stage):
    """Wait until the report has come so far: as long as that takes, but no longer than STILL without a step."""
    seen, since = None, time.monotonic()
    while dialog.job is None or dialog.job.stage != stage:
        qtbot.wait(10)
        moved = dialog.job and (dialog.job, dialog.job.stage, dialog.job.done)
        if moved != seen:
            seen, since = moved, time.monotonic()
        assert time.monotonic() - since < STILL, f"it stays at {seen}: {dialog.job and dialog.job.words}"


def names(folder):
    return sorted(each.name for each in folder.iterdir() if each.is_file())


def said(dialog):
    """What the dialog says at its end, without the signs at which a long word may break."""
    return dialog.end.words.text().replace("\u200b", "")


def pages(content):
    return len(re.findall(rb"/Type\s*/Page\b", content))
