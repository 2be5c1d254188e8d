"""What the trail's page looks like: names, sizes, room for long reasons, and a language that takes more of it."""

import pytest

from admin_app.audit import AuditPage
from admin_app.customers import CustomersPage
from core.base.identifiers import new_id
from core.orders import cancel_order
from core.qt import theme
from tests.admin.conftest import choose, page
from tests.support.looks import draw, faults


@pytest.mark.parametrize("size", [(1366, 768), (1920, 1080)], ids=["smallest", "large"])
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_the_page_is_named_large_enough_uncut_and_free_of_markup(qtbot, qapp, sign_in, scene, lived, manager, seal, size, dark):
    theme.apply(qapp, dark)
    cancel_order(manager, new_id(), scene.order().id, 1, f"<b>Bold</b> & {{n}} %1 {'nochickenleft' * 12}")
    seal()
    session = sign_in("owner")
    session.frame.resize(*size)
    session.frame.go("audit")
    trail = page(session, AuditPage)
    qtbot.waitUntil(lambda: trail.listing.has_rows and not session.watch.running)
    name = f"office-audit-{size[0]}-{'dark' if dark else 'light'}"
    draw(session.frame, name)
    assert faults(session.frame, 40) == []
    for place in range(0, min(16, len(trail.model.rows)), 3):
        choose(trail, place)
        trail.listing.open_current()
        qtbot.wait(400)
        draw(session.frame, f"{name}-details-{place}")
        assert faults(session.frame, 40) == []
    trail.detail.history.click()
    qtbot.wait(400)
    draw(session.frame, f"{name}-history")
    assert faults(session.frame, 40) == []
    trail.filters.clear()
    trail.filters.search.setText("nothing like this")
    qtbot.waitUntil(lambda: trail.listing.notice.title.text() == "Nothing found")
    draw(session.frame, f"{name}-nothing")
    assert faults(session.frame, 40) == []


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_an_alarm_is_loud_on_every_page(qtbot, qapp, sign_in, lived, seal, rewrite, dark):
    theme.apply(qapp, dark)
    seal()
    rewrite("UPDATE app.audit_events SET reason = 'Because' WHERE action = 'cancel_order'")
    session = sign_in("support")
    qtbot.waitUntil(session.frame.alarm.isVisible)
    draw(session.frame, f"office-audit-alarm-overview-{'dark' if dark else 'light'}")
    session.frame.alarm.act.click()
    trail = page(session, AuditPage)
    qtbot.waitUntil(lambda: trail.isVisible() and trail.listing.has_rows)
    draw(session.frame, f"office-audit-alarm-{'dark' if dark else 'light'}")
    assert faults(session.frame, 40) == []
    rewrite("UPDATE app.audit_events SET reason = 'Out of stock: no chicken left' WHERE action = 'cancel_order'")


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_the_question_for_a_phone_is_named_large_enough_and_uncut(qtbot, qapp, open_at_desk, town, dark):
    theme.apply(qapp, dark)
    customers = open_at_desk(CustomersPage, "support")
    customers.look_at(town.customer)
    qtbot.waitUntil(customers.detail.isVisible)
    draw(customers, f"office-phone-hidden-{'dark' if dark else 'light'}")
    customers.detail.phone.show_it.click()
    dialog = customers.detail.phone.dialog
    draw(dialog, f"office-phone-{'dark' if dark else 'light'}")
    assert faults(dialog, 40) == []
    dialog.reject()
