"""People's pages in a test: customers, staff and approvals, and the sheets in which something is proposed about people."""

from dataclasses import replace

import pytest

from admin_app.customers import CustomersPage
from admin_app.proposals.page import ApprovalsPage
from admin_app.proposals.sheet import ProposalSheet
from admin_app.staff import StaffPage
from admin_app.staff.limits_sheet import LimitsSheet
from admin_app.staff.question import Question
from core.base.identifiers import new_id
from core.database.gateway import Database
from core.proposals import Progress, preview_limits, preview_suspension, reject_proposal
from core.staff import Role, Standing, me
from tests.admin.conftest import choose
from tests.admin.sheets import sheet
from tests.support.people import NGOZI, confirmed, seen
from tests.support.refunds import name_approvers


@pytest.fixture
def kemi(hire):
    """Somebody of finance, signed in: a login is the whole server's, so that the standing ones must stay as they are."""
    return hire("kemi", Role.FINANCE_ADMIN, application="rachel-admin/7.7.7")


@pytest.fixture
def funmi(login):
    """Funmi Ade of support, and her id."""
    return me(login("support")).person_id


@pytest.fixture
def two(owner_connection):
    """Ada Eze and Gbenga Alabi approve."""
    name_approvers(owner_connection, "ada", "gbenga")


@pytest.fixture
def shown(qtbot, open_at_desk, scene):
    """Show the customers with Ngozi's details open: `shown("finance")`."""

    def shown(who="finance", **options):
        page = open_at_desk(CustomersPage, who, **options)
        choose(page, [row.name for row in page.model.rows].index(NGOZI))
        page.listing.open_current()
        scene.refill()
        return page

    return shown


@pytest.fixture
def suspend(qtbot, shown):
    """Ask what the suspension of Ngozi would do: `suspend()` returns the page and the sheet."""

    def suspend(who="finance", **options):
        page = shown(who, **options)
        page.detail.suspend.click()
        return page, seen(qtbot, sheet(qtbot, ProposalSheet))

    return suspend


@pytest.fixture
def staff(qtbot, open_at_desk, scene):
    """Show the staff with somebody's details open: `staff("kemi")`; `state` as in Question."""

    def staff(login, who="owner", state=Standing.ACTIVE, **options):
        page = open_at_desk(StaffPage, who, **options)
        if state is not Standing.ACTIVE:
            page.filters.ask(Question(state=state))
            page.load()
        qtbot.waitUntil(lambda: login in [row.login for row in page.model.rows])
        choose(page, [row.login for row in page.model.rows].index(login))
        page.listing.open_current()
        scene.refill()
        return page

    return staff


@pytest.fixture
def shut_out(qtbot, staff):
    """Ask what the suspension of somebody, or its end, would do: `shut_out("kemi")` returns the page and the sheet."""

    def shut_out(login, **options):
        page = staff(login, **options)
        qtbot.waitUntil(page.detail.foot.isVisible)
        page.detail.foot.suspend_button.click()
        return page, seen(qtbot, sheet(qtbot, ProposalSheet))

    return shut_out


@pytest.fixture
def change(qtbot, open_at_desk, scene):
    """Open the sheet of somebody's limits: `change("funmi")`; of everybody's: `change(None)`. Returns the page and the sheet."""

    def change(login, who="owner", **options):
        page = open_at_desk(StaffPage, who, **options)
        if login:
            choose(page, [row.login for row in page.model.rows].index(login))
            page.listing.open_current()
            qtbot.waitUntil(page.detail.powers.isVisible)
            page.detail.powers.change_button.click()
        else:
            page.everybody.click()
        scene.refill()
        asked = sheet(qtbot, LimitsSheet)
        qtbot.waitUntil(lambda: asked.fields.was is not None)
        return page, asked

    return change


@pytest.fixture
def raised(owner, funmi, two, scene):
    """Ada's proposal to let Funmi refund ₦60,000.00 at once, which waits for Gbenga."""
    waiting = confirmed(owner, preview_limits(owner, new_id(), funmi, 6_000_000, 20_000_000))
    assert waiting.state is Progress.AWAITING_APPROVAL
    scene.refill()
    return waiting


@pytest.fixture
def approvals(qtbot, open_at_desk):
    """Show the approvals to somebody, and a proposal that waits: `approvals(raised, "finance")`."""

    def approvals(found=None, who="finance", **options):
        page = open_at_desk(ApprovalsPage, who, pages={"refunds", "approvals"}, **options)
        if found:
            page.look_at(found.id)
            qtbot.waitUntil(lambda: page.decide.case is not None)
        return page

    return approvals


@pytest.fixture
def past(owner, login, raised, scene, town):
    """A suspension, its end, limits that were lowered, and limits that were rejected: newest last."""
    why = "fraud", "Paid with stolen cards"
    made = [confirmed(owner, preview_suspension(owner, new_id(), [town.customer], [], on), *why) for on in (True, False)]
    scene.refill()
    made.append(confirmed(owner, preview_limits(owner, new_id(), None, 4_000_000, 10_000_000), "other", "Less until the audit is over"))
    reject_proposal(login("finance"), new_id(), raised.id, "Not before the audit")
    preview_limits(owner, new_id(), raised.impact["person"], 1, 1)  # somebody looked, and that was all
    scene.refill()
    return [raised, *made]


@pytest.fixture
def far(workplace, copy, proxy, pending):
    """Gbenga's login through a line that can be spoiled, with little patience."""
    it, server = workplace.sign_ins["finance"], workplace.cluster.server(copy)
    db = Database.connect(replace(server, port=proxy.port), it.login, it.password, pending=pending, size=1, deadline=1.5)
    yield db
    db.close()


@pytest.fixture
def name(qtbot, staff, kemi, owner, scene):
    """Ask to name somebody an approver, or to end that: `name("kemi")` returns the page and the sheet; `suspend` shuts another one out."""

    def name(login, suspend="", **options):
        if suspend:
            [person_id] = scene.admin.execute("SELECT person_id FROM app.staff WHERE login = %s", [suspend]).fetchone()
            confirmed(owner, preview_suspension(owner, new_id(), [], [person_id], True), "fraud")
        page = staff(login, **options)
        qtbot.waitUntil(page.detail.powers.isVisible)
        page.detail.powers.approver_button.click()
        return page, seen(qtbot, sheet(qtbot, ProposalSheet))

    return name
