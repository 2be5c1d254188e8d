"""The Health page as it looks: in light and dark, small and large, offline, in a longer language; with what a person must see."""

from datetime import timedelta

import pytest
from PySide6.QtCore import QTranslator

from admin_app.health import HealthPage
from core.health import record_checks
from tests.admin.conftest import page
from tests.support.looks import cut, draw, whole

SIZES = [(911, 512), (1366, 768), (1920, 1080)]
MINUTES = """
INSERT INTO app.load_minutes (minute, samples, connections, listeners, active, on_lock, on_wal, processor, commit_time, commits, deadlocks)
SELECT date_trunc('minute', now()) - n * interval '1 minute', 60, 96 + n %% 7, 41, 130 + n %% 40, 1, 60 + n %% 9,
    CASE WHEN n / 60 %% 24 < 2 THEN 760 ELSE 210 + n %% 90 END, 2100 + 13 * (n %% 17), 2000000 - 60 * n, 4
FROM generate_series(0, %s) AS n
"""


@pytest.fixture
def watched(town, owner_connection, worker):
    """A server that was watched for eight days, busy for two hours of each, and whose promises were just checked."""
    record_checks(worker)
    owner_connection.execute(MINUTES, [8 * 1440 - 5])


def show(qtbot, sign_in, size, who="owner"):
    """Show the page to somebody; what the checks found is known by then."""
    session = sign_in(who)
    session.frame.resize(*size)
    shown = page(session, HealthPage)
    session.frame.show_page(shown)
    qtbot.waitUntil(lambda: shown.meter.has_rows and shown.checks.known.ran is not None)
    qtbot.wait(200)
    return session, shown


def test_the_page_is_named_large_enough_uncut_and_free_of_markup(qtbot, sign_in, watched):
    session, shown = show(qtbot, sign_in, SIZES[1])
    for place, sheet in enumerate(shown.sheets):
        shown.cards.cards[place].click()
        whole(session.frame, f"office-health-{place}", 40, *SIZES)
        sheet.open_first()
        whole(session.frame, f"office-health-{place}-open", 40, *SIZES)
        sheet.leave()
    shown.cards.cards[0].click()
    session.line._take("offline", session.line.now() - timedelta(minutes=4), None)
    whole(session.frame, "office-health-offline", 40, *SIZES, held=(shown,))


def test_what_is_not_there_yet_is_said(qtbot, sign_in, town):
    session, shown = show(qtbot, sign_in, SIZES[1])
    for place in range(len(shown.sheets)):
        shown.cards.cards[place].click()
        whole(session.frame, f"office-health-first-day-{place}", 40, *SIZES, held=(shown,))


def test_what_could_not_be_read_is_said_on_every_card_and_table(qtbot, sign_in, town, owner_connection):
    owner_connection.execute("REVOKE SELECT ON api.queues, api.check_runs FROM owner_admin")
    session = sign_in("owner")
    shown = page(session, HealthPage)
    session.frame.show_page(shown)
    qtbot.waitUntil(lambda: shown.error is not None and shown.checks.unread is not None)
    for place in range(len(shown.sheets)):
        shown.cards.cards[place].click()
        assert shown.sheets[place].notice.act.text() == "Try again"
        whole(session.frame, f"office-health-unread-{place}", 40, *SIZES[1:], held=(shown,))
    owner_connection.execute("GRANT SELECT ON api.queues, api.check_runs TO owner_admin")


class Longer(QTranslator):
    """Another language, as far as room is concerned: everything is a third longer, with marks above and below."""

    def translate(self, context, source, disambiguation=None, n=-1):
        return source + "Ọ̀" * (len(source) // 3)


def test_a_longer_language_is_not_cut(qtbot, qapp, sign_in, watched):
    longer = Longer()
    qapp.installTranslator(longer)
    try:
        session, shown = show(qtbot, sign_in, SIZES[1])
        shown.meter.open_first()
        qtbot.wait(200)
        draw(session.frame, "office-health-longer")
        assert cut(shown) == []
    finally:
        qapp.removeTranslator(longer)
