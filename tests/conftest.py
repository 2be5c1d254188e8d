"""A real PostgreSQL for every test: one server per worker, a fresh copy of the template for each test, real logins.

The promises of the house (app.invariants) are checked after every test that had a database.
"""

import os
import random
import secrets
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from functools import partial
from pathlib import Path

import pytest

from core.audit import heads, seal_trail
from core.base.config import SignIn
from core.base.identifiers import new_id
from core.database.embedded import scratch_server
from core.database.pending import Pending
from core.staff import create_staff_login
from core.wallets import wallet
from tests.support.proxy import Proxy
from tests.support.races import let_loose
from tests.support.refunds import name_approvers
from tests.support.scene import Scene
from tests.support.server import furnish

if not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")  # as run.py does, for whoever starts pytest alone


def pytest_collection_modifyitems(items):
    """Begin with what takes longest: begun last, it would keep one worker busy while the others have nothing left to do."""
    items.sort(key=lambda item: item.get_closest_marker("long") is None)


@pytest.fixture(scope="session")
def workplace():
    """Start this worker's own server: logins, their limits and their ends are shared by all databases of a server."""
    with scratch_server(fast=True) as cluster, closing(furnish(cluster)) as workplace:
        yield workplace


@pytest.fixture(scope="session")
def invariants_hold():
    """Fail when a promise is broken, and say which: `invariants_hold(connection)`, a superuser's, to any database of ours."""

    def invariants_hold(connection):
        broken = connection.execute("SELECT name, title, violations FROM app.invariants WHERE violations > 0").fetchall()
        assert broken == []

    return invariants_hold


@pytest.fixture
def copy(request, workplace, invariants_hold):
    """Make this test's own database and return its name. When the test is over, what it promised must hold."""
    name = workplace.copy("town" in request.fixturenames)
    yield name
    try:
        with workplace.behind(name) as admin:
            invariants_hold(admin)
    finally:
        workplace.drop(name)


@pytest.fixture
def owner_connection(workplace, copy):
    """A superuser's connection to this test's database, to look behind the door; the promises are looked at through it, too."""
    return workplace.behind(copy)


@pytest.fixture
def login(workplace, copy):
    """Sign in: `login("cook")`. With the gateway's options, if need be: `login("cook", deadline=0.5)`."""
    opened = []

    def login(who, **options):
        opened.append(workplace.database(who, copy, **options))
        return opened[-1]

    yield login
    for database in opened:
        database.close()


@pytest.fixture
def hire(workplace, owner_connection, login):
    """Make a login of a new person (or of `person_id`) and sign in with it: `hire("tobi", Role.KITCHEN_STAFF, [town.yaba])`."""
    hired, owner = [], login("owner")

    def hire(name, role, kitchen_ids=(), person_id=None, **options):
        owner_connection.execute("UPDATE app.budgets SET full_at = '-infinity'")
        hired.append(name)
        workplace.sign_ins[name] = SignIn(name, secrets.token_urlsafe(12))
        verifier = owner.verifier(name, workplace.sign_ins[name].password)
        create_staff_login(owner, new_id(), name, name.title(), role, list(kitchen_ids), person_id, verifier)
        return login(name, **options)

    yield hire
    for name in hired:
        del workplace.sign_ins[name]


@pytest.fixture
def again(workplace, owner_connection, login):
    """Sign in as a second login of a service, with the password of the first: `again("worker", size=25)`."""
    made = []

    def again(service, **options):
        name, password = f"{service}_2", workplace.sign_ins[service].password
        owner_connection.execute(f"CREATE ROLE {name} LOGIN PASSWORD '{password}' IN ROLE svc_{service} CONNECTION LIMIT 30")
        owner_connection.execute(f"COMMENT ON ROLE {name} IS 'Rachel Foods: a login'")
        owner_connection.execute("INSERT INTO app.staff (login, role) VALUES (%s, %s)", [name, f"svc_{service}"])
        workplace.sign_ins[name] = SignIn(name, password)
        made.append(name)
        return login(name, **options)

    yield again
    for name in made:
        del workplace.sign_ins[name]


@pytest.fixture
def proxy(workplace):
    """A line to the server that the test can spoil (tests/support/proxy.py)."""
    proxy = Proxy(workplace.cluster.port)
    yield proxy
    proxy.close()


def signed_in(who):
    """Return the fixture of a standing login, signed in."""
    return pytest.fixture(lambda login: login(who), name=who)


owner, manager, cook = signed_in("owner"), signed_in("manager"), signed_in("cook")
finance, support, auditor = signed_in("finance"), signed_in("support"), signed_in("auditor")
ordering, worker = signed_in("ordering"), signed_in("worker")


@pytest.fixture
def refill(owner_connection):
    """Give everybody a full budget of calls and a new day's cancels: `refill()`."""
    return lambda: owner_connection.execute("UPDATE app.budgets SET full_at = '-infinity'; UPDATE app.day_counters SET cancels = 0")


@pytest.fixture
def seal(worker):
    """Seal all there is, and return the head of each stream: `seal()["events"]`."""

    def seal():
        while seal_trail(worker):
            pass
        return {head.stream: head for head in heads(worker)}

    return seal


@pytest.fixture
def approvers(owner_connection):
    """The owner and Gbenga of finance have approved for two days."""
    name_approvers(owner_connection, "ada", "gbenga")


@pytest.fixture
def town(workplace, copy):
    """Two kitchens with stock and dishes, and one customer with money (tests/support/town.py says what): `copy` came with them."""
    return workplace.town


@pytest.fixture
def scene(town, owner, cook, ordering, worker, owner_connection, refill, login):
    """The town with somebody to prepare things in it (tests/support/scene.py): `scene.item(on_hand=5)`, `scene.order()`."""
    return Scene(town, owner, cook, ordering, worker, owner_connection, refill, login)


@pytest.fixture
def pending(tmp_path):
    """A place for commands that are not answered yet: `login("cook", pending=pending)`."""
    return Pending(tmp_path / "pending")


@pytest.fixture
def rice(owner_connection, town):
    """What is on hand: `rice()`, in grams."""
    return lambda: owner_connection.execute("SELECT on_hand FROM app.stock_items WHERE id = %s", [town.rice]).fetchone()[0]


@pytest.fixture
def balance(auditor):
    """What is in a wallet, in kobo: `balance(customer_id)`."""
    return lambda customer_id: wallet(auditor, customer_id).balance


@pytest.fixture
def held(workplace, copy, owner_connection):
    """Make the server slow on purpose: `with held("LOCK TABLE …") as wait`; wait(2) returns when two calls wait for the lock."""

    def wait(calls=1):
        for _ in range(1000):
            [waiting] = owner_connection.execute(
                "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
            ).fetchone()
            if waiting >= calls:
                return
            time.sleep(0.005)
        pytest.fail(f"{waiting} of {calls} calls wait for the lock")

    @contextmanager
    def held(statement):
        with workplace.superuser(copy) as holder, holder.transaction():
            holder.execute(statement)
            yield wait

    return held


@pytest.fixture
def aside():
    """Run one call beside the test: `aside(items, cook, kitchen_id).result(5)`."""
    with ThreadPoolExecutor(8) as pool:
        yield pool.submit


@pytest.fixture
def real_data():
    """Return the folder of other people's files (never part of the project), or skip the test."""
    if "RACHEL_REAL_DATA" not in os.environ:
        pytest.skip("RACHEL_REAL_DATA names no folder")
    return Path(os.environ["RACHEL_REAL_DATA"])


@pytest.fixture
def chance():
    """Everything a test leaves to chance comes from here; its seed is printed when the test fails."""
    seed = secrets.randbits(32)
    print(f"seed {seed}")
    return random.Random(seed)


@pytest.fixture
def race(chance):
    """Let `n` callers loose at the same moment: `race(10, work)` calls work(0) … work(9) and returns what each got or raised."""
    return partial(let_loose, chance)
