"""Which SQL files there are, and in which order they are installed."""

import hashlib
import importlib.metadata
from dataclasses import dataclass
from pathlib import Path

import psycopg

VERSION = importlib.metadata.version("rachel-foods")
OWNERS = ("r_audit", "r_ledger", "r_staff", "r_api", "r_owner")  # of private functions; later ones need those of earlier ones


@dataclass(frozen=True)
class Scripts:
    """The SQL below one folder: that of the package, unless a test brings its own."""

    core: Path = Path(__file__).parents[1]

    @property
    def roles(self) -> Path:
        return self.core / "database" / "roles.sql"

    @property
    def tables(self) -> Path:
        return self.core / "database" / "tables"

    @property
    def migrations(self) -> Path:
        return self.core / "database" / "migrations"

    def private(self) -> list[tuple[str, Path]]:
        """Return each owner with a file of its functions: private/<owner>.sql, or private/<owner>/*.sql."""
        folder = self.core / "database" / "private"
        scripts = [(script.relative_to(folder).with_suffix("").parts[0], script) for script in folder.rglob("*.sql")]
        return sorted(scripts, key=lambda owned: (OWNERS.index(owned[0]), owned[1]))

    def checks(self) -> list[Path]:
        return sorted((self.core / "database" / "checks").glob("*.sql"))

    def nouns(self) -> list[Path]:
        """Return the SQL twins: core/<noun>.sql, or core/<noun>/*.sql where one outgrew its file, its views first."""
        found = [*self.core.glob("*.sql"), *(script for script in self.core.glob("*/*.sql") if script.parent.name != "database")]
        return sorted(found, key=lambda script: (script.stem != "views", script))

    def mark(self) -> str:
        """Return what tells this state of the SQL from every other."""
        scripts = sorted(self.core.rglob("*.sql"))
        digest = hashlib.sha256(b"\0".join(script.read_bytes() for script in scripts)).hexdigest()
        return f"Rachel Foods {VERSION} {digest}"


PACKAGED = Scripts()


def send(connection: psycopg.Connection, script: Path, before: bytes = b"") -> None:
    """Send one file as it is (SQLAlchemy's text would trip over a colon in it, its driver layer over a percent sign).

    `before` goes in front of it. An error names the file.
    """
    try:
        connection.execute(before + script.read_bytes())
    except psycopg.Error as error:
        error.add_note(f"in {script}")
        raise
