"""Preparing a server: the owner and the services can sign in, nothing is made twice, and nothing half."""

from contextlib import closing

import pytest

from core.base.config import SignIn
from core.base.errors import Forbidden, Invalid
from core.base.identifiers import new_id
from core.database.embedded import scratch_server
from core.database.gateway import Database
from core.database.install import init
from core.database.limits import LIMITS
from core.database.scripts import VERSION
from core.database.wire import address, connect
from core.health import compat, invariants
from core.staff import Role, create_staff_login, me, revoke_staff


@pytest.fixture(scope="module")
def cluster():
    with scratch_server(fast=True) as cluster:
        yield cluster


@pytest.fixture(scope="module")
def foods(cluster):
    """A server prepared by `init`, and the sign-ins it made."""
    return cluster.server("foods"), init(cluster.server("foods"), cluster.superuser, "ada", "Ada Eze")


def sign_in(server, it):
    return closing(Database.connect(server, it.login, it.password))


def test_init_makes_a_database_where_the_owner_and_the_services_can_sign_in(foods):
    server, made = foods
    assert made.keys() == {"owner", "ordering", "webhook", "worker"}
    with sign_in(server, made["owner"]) as owner:
        assert (me(owner).name, me(owner).role) == ("Ada Eze", Role.OWNER_ADMIN)
        assert compat(owner).newest_client == VERSION
        assert [promise.name for promise in invariants(owner) if promise.violations] == []
    with sign_in(server, made["worker"]) as worker:
        assert me(worker).role is Role.SVC_WORKER


def test_init_limits_every_session_and_keeps_arguments_out_of_the_log(foods, cluster):
    with connect(address(foods[0], cluster.superuser, "tests")) as admin:
        [settings] = admin.execute(
            "SELECT setconfig FROM pg_db_role_setting JOIN pg_database ON setdatabase = oid WHERE datname = current_database()"
        ).fetchone()
    assert set(settings) == {f"{name}={value}" for name, value in LIMITS.items()}


def test_init_may_be_run_again_and_makes_nothing_twice(foods, cluster):
    assert init(foods[0], cluster.superuser, "ada", "Ada Eze") == {}


@pytest.mark.parametrize(
    ("login", "name", "field"), [("Robert'); --", "Robert", "login"), ("postgres", "Ada", "login"), ("bola", "", "name")]
)
def test_init_refuses_an_owner_whose_login_or_name_cannot_be_and_makes_nothing(foods, cluster, login, name, field):
    with pytest.raises(Invalid) as refused:
        init(foods[0], cluster.superuser, login, name)
    assert refused.value.facts == {"field": field}
    with connect(address(foods[0], cluster.superuser, "tests")) as admin:
        assert admin.execute("SELECT count(*) FROM pg_roles WHERE rolname = 'bola'").fetchone() == (0,)


def test_the_first_owner_can_be_ended_by_a_second_one(foods):
    server, made = foods
    second = SignIn("bola", "a long password")
    with sign_in(server, made["owner"]) as owner:
        create_staff_login(owner, new_id(), "bola", "Bola Ojo", Role.OWNER_ADMIN, [], None, owner.verifier("bola", second.password))
        with sign_in(server, second) as other:
            assert not revoke_staff(other, new_id(), "ada", "left the company").active
        with pytest.raises(Forbidden):
            me(owner)


def test_sign_ins_that_cannot_be_written_down_are_not_made():
    def full_disk(made):
        raise OSError("no space left")

    with scratch_server(fast=True) as cluster:
        server = cluster.server("foods")
        with pytest.raises(OSError, match="no space left"):
            init(server, cluster.superuser, "ada", "Ada Eze", keep=full_disk)
        assert init(server, cluster.superuser, "ada", "Ada Eze").keys() == {"owner", "ordering", "webhook", "worker"}


def test_init_needs_a_superuser_and_says_so(cluster):
    with connect(address(cluster.server(), cluster.superuser, "tests")) as admin:
        admin.execute("CREATE ROLE hosted LOGIN CREATEDB CREATEROLE PASSWORD 'of-a-hoster'")
        admin.execute("GRANT CONNECT ON DATABASE postgres TO hosted")
    with pytest.raises(Forbidden, match="hosted is no superuser of this server"):
        init(cluster.server("another"), SignIn("hosted", "of-a-hoster"), "ada", "Ada Eze")
