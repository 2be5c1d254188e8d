"""What the trail's page looks like: names, sizes, room for long reasons, and a language that takes more of it."""

from admin_app.audit import AuditPage
from admin_app.customers import CustomersPage
from core.base.identifiers import new_id
from core.orders import cancel_order
from tests.admin.conftest import choose, page
from tests.support.looks import whole

SIZES = (1366, 768), (1920, 1080)


def test_the_page_is_named_large_enough_uncut_and_free_of_markup(qtbot, sign_in, scene, lived, manager, seal):
    cancel_order(manager, new_id(), scene.order().id, 1, f"<b>Bold</b> & {{n}} %1 {'nochickenleft' * 12}")
    seal()
    session = sign_in("owner")
    session.frame.go("audit")
    trail = page(session, AuditPage)
    qtbot.waitUntil(lambda: trail.listing.has_rows and not session.watch.running)
    whole(session.frame, "office-audit", 40, *SIZES)
    for place in range(0, min(16, len(trail.model.rows)), 3):
        choose(trail, place)
        trail.listing.open_current()
        whole(session.frame, f"office-audit-details-{place}", 40, *SIZES)
    trail.detail.history.click()
    whole(session.frame, "office-audit-history", 40, *SIZES)
    trail.filters.clear()
    trail.filters.search.setText("nothing like this")
    qtbot.waitUntil(lambda: trail.listing.notice.title.text() == "Nothing found")
    whole(session.frame, "office-audit-nothing", 40, *SIZES)


def test_an_alarm_is_loud_on_every_page(qtbot, sign_in, lived, seal, rewrite):
    seal()
    rewrite("UPDATE app.audit_events SET reason = 'Because' WHERE action = 'cancel_order'")
    session = sign_in("support")
    qtbot.waitUntil(session.frame.alarm.isVisible)
    whole(session.frame, "office-audit-alarm-overview", 40, *SIZES)
    session.frame.alarm.act.click()
    trail = page(session, AuditPage)
    qtbot.waitUntil(lambda: trail.isVisible() and trail.listing.has_rows)
    whole(session.frame, "office-audit-alarm", 40, *SIZES)
    rewrite("UPDATE app.audit_events SET reason = 'Out of stock: no chicken left' WHERE action = 'cancel_order'")


def test_the_question_for_a_phone_is_named_large_enough_and_uncut(qtbot, open_at_desk, town):
    customers = open_at_desk(CustomersPage, "support")
    customers.look_at(town.customer)
    qtbot.waitUntil(customers.detail.isVisible)
    whole(customers, "office-phone-hidden", 40)
    customers.detail.phone.show_it.click()
    dialog = customers.detail.phone.dialog
    whole(customers, "office-phone", 40, sheet=dialog)
    dialog.reject()


def test_a_line_whose_time_is_none_is_whole_in_the_table_and_the_details(qtbot, sign_in, lived, owner_connection):
    values = "VALUES ('infinity', gen_random_uuid(), 'cancel_order', 'orders')"
    owner_connection.execute(f"INSERT INTO app.audit_events (at, command_id, action, noun) {values}")
    session = sign_in("owner")
    session.frame.go("audit")
    trail = page(session, AuditPage)
    qtbot.waitUntil(lambda: trail.listing.has_rows and not session.watch.running)
    choose(trail, 0)
    trail.listing.open_current()
    whole(session.frame, "office-audit-endless", 40, *SIZES)
