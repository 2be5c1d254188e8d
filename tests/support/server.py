"""One server for one test worker, with a template database that holds two kitchens and a login for every role."""

import itertools
import secrets
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field

import psycopg
from psycopg import sql

from core.base.config import SignIn
from core.base.identifiers import new_id
from core.database.embedded import Cluster
from core.database.gateway import Database
from core.database.install import init
from core.database.wire import address
from core.kitchens import create_kitchen
from core.staff import create_staff_login

TEMPLATE = "rachel"
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
    _number: Iterator[int] = field(default_factory=itertools.count)

    def database(self, who: str, name: str, **options) -> Database:
        it = self.sign_ins[who]
        return Database.connect(self.cluster.server(name), it.login, it.password, **options)

    def superuser(self, name: str) -> psycopg.Connection:
        return psycopg.connect(**address(self.cluster.server(name), self.cluster.superuser, "tests"))

    def bare(self, who: str, name: str) -> psycopg.Connection:
        """A driver's own connection, as somebody has who knows a password and does not use our programs."""
        return psycopg.connect(**address(self.cluster.server(name), self.sign_ins[who], "psql"), prepare_threshold=None)

    def copy(self) -> str:
        """Make a database like the template, its rights included: CREATE DATABASE forgets those."""
        name = f"test_{next(self._number)}"
        with self.superuser("postgres") as admin:
            admin.execute(f"CREATE DATABASE {name} TEMPLATE {TEMPLATE} STRATEGY file_copy")
            admin.execute(
                "UPDATE pg_database SET datacl = (SELECT datacl FROM pg_database WHERE datname = %s) WHERE datname = %s", [TEMPLATE, name]
            )
        return name

    def drop(self, name: str) -> None:
        """Drop a test's database and the logins made in it: those belong to the server, and no other database knows them."""
        known = [sign_in.login for sign_in in self.sign_ins.values()]
        with self.superuser("postgres") as admin:
            admin.execute(f"DROP DATABASE {name} WITH (FORCE)")
            strays = admin.execute(
                "SELECT rolname FROM pg_roles WHERE shobj_description(oid, 'pg_authid') = 'Rachel Foods: a login' AND rolname <> ALL (%s)",
                [known],
            ).fetchall()
            for (login,) in strays:
                admin.execute(sql.SQL("DROP ROLE {}").format(sql.Identifier(login)))


def furnish(cluster: Cluster) -> Workplace:
    """Install the product as `rachel init` does, hire one person for each role, and close the template."""
    workplace = Workplace(cluster, init(cluster.server(TEMPLATE), cluster.superuser, "ada", "Ada Eze"))
    with closing(workplace.database("owner", TEMPLATE)) as owner:
        kitchens = {name: create_kitchen(owner, new_id(), name, f"{name} district").id for name in ("Yaba", "Lekki")}
        for who, (login, name, role, places) in STAFF.items():
            workplace.sign_ins[who] = SignIn(login, secrets.token_urlsafe(12))
            verifier = owner.verifier(login, workplace.sign_ins[who].password)
            create_staff_login(owner, new_id(), login, name, role, [kitchens[place] for place in places], None, verifier)
    with workplace.superuser(TEMPLATE) as admin:  # they work here for a while already
        admin.execute("UPDATE app.staff SET secret_at = secret_at - interval '2 days'")
    with workplace.superuser("postgres") as admin:
        admin.execute(f"ALTER DATABASE {TEMPLATE} IS_TEMPLATE true ALLOW_CONNECTIONS false")
    return workplace
