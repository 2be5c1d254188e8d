"""One server for one test worker, with template databases: two kitchens and a login for every role, and the town built on them."""

import itertools
import secrets
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field

import psycopg
from psycopg import sql
from psycopg.pq import TransactionStatus

from core.audit import seal_trail
from core.base.config import SignIn
from core.base.identifiers import new_id
from core.database.embedded import Cluster
from core.database.gateway import Database
from core.database.install import init
from core.database.wire import address
from core.kitchens import create_kitchen
from core.staff import create_staff_login
from tests.support.town import Town, build

TEMPLATE, TOWN = "rachel", "rachel_town"
CATALOGS = """
SELECT oid::regclass::text FROM pg_class WHERE relnamespace = 'pg_catalog'::regnamespace AND relkind = 'r' AND NOT relisshared
"""
STAFF = {  # who: login, name, role, kitchens
    "manager": ("bisi", "Bisi Ojo", "kitchen_manager", ["Yaba"]),
    "cook": ("chidi", "Chidi Okoye", "kitchen_staff", ["Yaba"]),
    "cook2": ("dayo", "Dayo Balogun", "kitchen_staff", ["Yaba"]),
    "counter": ("yaba.counter", "", "counter_device", ["Yaba"]),
    "stranger": ("emeka", "Emeka Obi", "kitchen_staff", ["Lekki"]),
    "support": ("funmi", "Funmi Ade", "support", []),
    "finance": ("gbenga", "Gbenga Alabi", "finance_admin", []),
    "auditor": ("halima", "Halima Bello", "auditor", []),
}


@dataclass
class Workplace:
    """A running server, and the sign-ins of everybody who works there: owner, manager, cook …, ordering, worker, webhook."""

    cluster: Cluster
    sign_ins: dict[str, SignIn]
    admin: psycopg.Connection  # a superuser's, to the database "postgres": open as long as the server
    town: Town | None = None  # what the template TOWN holds
    _town_day: str = ""  # in Lagos
    _behind: tuple[str, psycopg.Connection | None] = ("", None)
    _number: Iterator[int] = field(default_factory=itertools.count)

    def database(self, who: str, name: str, **options) -> Database:
        it = self.sign_ins[who]
        return Database.connect(self.cluster.server(name), it.login, it.password, **options)

    def superuser(self, name: str) -> psycopg.Connection:
        return psycopg.connect(**address(self.cluster.server(name), self.cluster.superuser, "tests"))

    def behind(self, name: str) -> psycopg.Connection:
        """Give the one superuser's connection of a test: what the first caller read of the catalogs, the next need not read again."""
        known, connection = self._behind
        if connection is None or known != name or not _is_calm(connection):
            connection = self.superuser(name)
        self._behind = name, connection
        return connection

    def bare(self, who: str, name: str) -> psycopg.Connection:
        """A driver's own connection, as somebody has who knows a password and does not use our programs."""
        return psycopg.connect(**address(self.cluster.server(name), self.sign_ins[who], "psql"), prepare_threshold=None)

    def copy(self, with_town: bool = False) -> str:
        """Make a database like one of the templates, its rights included: CREATE DATABASE forgets those."""
        name = f"test_{next(self._number)}"
        if with_town:
            self._settle_town()
        self._copy(TOWN if with_town else TEMPLATE, name)
        return name

    def close(self) -> None:
        self.admin.close()

    def seal(self, template: str) -> None:
        """Write a template's catalogs anew without their gaps, for its copies to be quick, and keep everybody out: else it is not copied.

        Our own tables stay as they are: of what was vacuumed empty, the planner would know that it is.
        """
        with self.superuser(template) as inside:
            catalogs = inside.execute(CATALOGS).fetchall()
            inside.execute("VACUUM FULL " + ", ".join(name for (name,) in catalogs))
        self.superuser(template).close()  # it writes down what each new connection would look up
        self.admin.execute(f"ALTER DATABASE {template} IS_TEMPLATE true ALLOW_CONNECTIONS false")

    def _copy(self, template: str, name: str) -> None:
        self.admin.execute(f"CREATE DATABASE {name} TEMPLATE {template} STRATEGY file_copy")
        rights = "UPDATE pg_database SET datacl = (SELECT datacl FROM pg_database WHERE datname = %s) WHERE datname = %s"
        self.admin.execute(rights, [template, name])

    def _settle_town(self) -> None:
        """Have the town's template; it is built anew when a day begins in Lagos, for what was paid in belongs to a day."""
        [day] = self.admin.execute("SELECT (now() AT TIME ZONE 'Africa/Lagos')::date::text").fetchone()
        if day == self._town_day:
            return
        self.admin.execute(f"ALTER DATABASE {TOWN} IS_TEMPLATE false" if self.town else "SELECT")
        self.admin.execute(f"DROP DATABASE IF EXISTS {TOWN}")
        self._copy(TEMPLATE, TOWN)
        doors = [self.database(who, TOWN) for who in ("owner", "ordering", "worker")]
        self.town = build(*doors)
        while seal_trail(doors[-1]):  # as a worker does: nothing waits for it in a town where nothing happened yet
            pass
        for door in doors:
            door.close()
        with self.superuser(TOWN) as inside:
            inside.execute("UPDATE app.budgets SET full_at = '-infinity'; UPDATE app.day_counters SET cancels = 0")
        self.seal(TOWN)
        self._town_day = day

    def drop(self, name: str) -> None:
        """Drop a test's database and the logins made in it: those belong to the server, and no other database knows them."""
        known = [sign_in.login for sign_in in self.sign_ins.values()]
        self.admin.execute(f"DROP DATABASE {name} WITH (FORCE)")
        strays = self.admin.execute(
            "SELECT rolname FROM pg_roles WHERE shobj_description(oid, 'pg_authid') = 'Rachel Foods: a login' AND rolname <> ALL (%s)",
            [known],
        ).fetchall()
        for (login,) in strays:
            self.admin.execute(sql.SQL("DROP ROLE {}").format(sql.Identifier(login)))


def _is_calm(connection: psycopg.Connection) -> bool:
    """Leave what a test may have left behind on its connection; False when there is none any more."""
    try:
        if connection.info.transaction_status is not TransactionStatus.IDLE:
            connection.execute("ROLLBACK")
        connection.execute("RESET ALL")
    except psycopg.OperationalError:
        return False
    return True


def furnish(cluster: Cluster) -> Workplace:
    """Install the product as `rachel init` does, hire one person for each role, and seal the template."""
    sign_ins = init(cluster.server(TEMPLATE), cluster.superuser, "ada", "Ada Eze")
    workplace = Workplace(cluster, sign_ins, psycopg.connect(**address(cluster.server(), cluster.superuser, "tests")))
    with closing(workplace.database("owner", TEMPLATE)) as owner:
        kitchens = {name: create_kitchen(owner, new_id(), name, f"{name} district").id for name in ("Yaba", "Lekki")}
        for who, (login, name, role, places) in STAFF.items():
            workplace.sign_ins[who] = SignIn(login, secrets.token_urlsafe(12))
            verifier = owner.verifier(login, workplace.sign_ins[who].password)
            create_staff_login(owner, new_id(), login, name, role, [kitchens[place] for place in places], None, verifier)
    with workplace.superuser(TEMPLATE) as inside:  # they work here for a while already
        inside.execute("UPDATE app.staff SET secret_at = secret_at - interval '2 days'")
    _ease(workplace.admin, [cluster.superuser, *workplace.sign_ins.values()])
    workplace.seal(TEMPLATE)
    return workplace


def _ease(admin: psycopg.Connection, sign_ins: list[SignIn]) -> None:
    """Have a password proved in one round instead of 4096: tests sign in ten thousand times, and these passwords are nobody's."""
    admin.execute("SET scram_iterations = 1")
    for it in sign_ins:
        admin.execute(sql.SQL("ALTER ROLE {} PASSWORD {}").format(sql.Identifier(it.login), it.password))
