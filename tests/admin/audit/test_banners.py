"""What everybody must know comes together: frozen, the trail's alarm and no line; said once, and the page is still used."""

from datetime import timedelta

import pytest

from admin_app.audit import AuditPage
from admin_app.overview import OverviewPage
from tests.admin.audit.test_alarm import BREAK, MEND
from tests.admin.conftest import page
from tests.support.freezing import freeze_money
from tests.support.looks import settle, whole

SIZES = (1366, 768), (1920, 1080)
LEFT = 600  # px of the smallest window's height that a page keeps


@pytest.fixture
def troubled(qtbot, sign_in, scene, lived, seal, rewrite):
    """Somebody's window when money is frozen, the trail is wrong, and the line is down: `troubled("owner")`."""

    def troubled(who):
        freeze_money(scene)
        seal()
        rewrite(BREAK)
        session = sign_in(who)
        qtbot.waitUntil(lambda: session.frame.alarm.isVisible() and session.frame.frozen.isVisible() and not session.watch.running)
        session.line._take("offline", session.line.now() - timedelta(minutes=4), None)
        settle()
        return session

    yield troubled
    rewrite(MEND)


@pytest.mark.parametrize("who", ["owner", "support"])
def test_they_stand_above_each_other_uncut_and_leave_room_for_the_page(qtbot, troubled, who):
    session = troubled(who)
    banners = [session.frame.frozen, session.frame.alarm, session.frame.line_banner]
    assert all(each.isVisible() for each in banners)
    for kind, name in ((OverviewPage, "overview"), (AuditPage, "audit")):
        session.frame.go(name)
        shown = page(session, kind)
        qtbot.waitUntil(shown.isVisible)
        session.frame.resize(1366, 768)
        settle()
        assert shown.height() >= LEFT
        whole(session.frame, f"office-banners-{who}-{name}", 40, *SIZES)


def test_the_trails_page_says_the_alarm_once_and_every_other_page_in_its_banner(qtbot, troubled):
    session = troubled("support")
    assert "Change nothing, and call whoever runs the server." in session.frame.alarm.words.text()
    session.frame.alarm.act.click()
    trail = page(session, AuditPage)
    assert trail.isVisible()
    assert session.frame.alarm.isHidden()
    assert trail.strip.words.text() == "The audit trail is not what was sealed: 1 thing is wrong."
    session.frame.go("overview")
    assert session.frame.alarm.isVisible()


def test_where_verifying_is_off_it_says_why(troubled):
    strip = page(troubled("support"), AuditPage).strip
    assert not strip.verify.isEnabled()
    assert strip.grey.text() == strip.everything.accessibleDescription() == "No connection, so nothing can be verified now."
    strip.watch.line._take("live", strip.watch.line.now(), None)
    assert strip.verify.isEnabled()
    assert strip.grey.isHidden()
