"""Settings of one machine (TOML), and the file of sign-ins that services and the demo read. Secrets never come as arguments."""

import ipaddress
import json
import os
import tomllib
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import Any, Literal, TypeVar, get_args

import platformdirs

APPLICATION = "rachel-foods"
Made = TypeVar("Made")
Theme = Literal["system", "light", "dark"]


class Misconfigured(Exception):
    """A settings file cannot be used; the message says which and why."""


@dataclass(frozen=True)
class Server:
    """Where the database is. Without `sslmode`: no TLS to this machine itself, verify-full to any other."""

    host: str = "127.0.0.1"
    port: int = 5432
    database: str = "rachel"
    sslmode: str | None = None
    sslrootcert: str | None = None

    def __post_init__(self) -> None:
        if self.sslmode not in (None, "verify-full", "disable"):
            raise Misconfigured(f'sslmode = "{self.sslmode}" does not check who answers. Use "verify-full".')
        if self.sslmode == "disable" and not self.is_this_machine:
            raise Misconfigured(f'sslmode = "disable" is for this machine only, and {self.host} is another.')

    @property
    def is_this_machine(self) -> bool:
        try:
            return ipaddress.ip_address(self.host).is_loopback
        except ValueError:
            return self.host == "localhost"


@dataclass(frozen=True)
class Config:
    """What one machine is told: the server, the name of its counter, how it looks, where it keeps its files."""

    server: Server = field(default_factory=Server)
    counter: str = "Counter 1"
    theme: Theme = "system"
    data: Path = field(default_factory=lambda: Path(platformdirs.user_data_dir(APPLICATION)))

    def __post_init__(self) -> None:
        if self.theme not in get_args(Theme):
            raise Misconfigured(f'theme = "{self.theme}" is none of {", ".join(get_args(Theme))}.')


@dataclass(frozen=True)
class SignIn:
    """A login and its password; the password is never shown."""

    login: str
    password: str = field(repr=False)


def load() -> Config:
    """Read the settings file (RACHEL_CONFIG, else the user's own; none means defaults), then RACHEL_HOST, _PORT, _DATABASE, _DATA."""
    path = Path(os.environ.get("RACHEL_CONFIG") or Path(platformdirs.user_config_dir(APPLICATION)) / "config.toml")
    table = _read(path) if path.exists() or "RACHEL_CONFIG" in os.environ else {}
    server = table.pop("server", {})
    for name in ("host", "port", "database"):
        if value := os.environ.get(f"RACHEL_{name.upper()}"):
            server[name] = value
    if data := os.environ.get("RACHEL_DATA"):
        table["data"] = data
    try:
        server = _made(Server, server | ({"port": int(server["port"])} if "port" in server else {}))
        config = _made(Config, table | ({"data": Path(table["data"])} if "data" in table else {}))
    except (TypeError, ValueError, Misconfigured) as error:
        raise Misconfigured(f"{path}: {error}") from error
    return replace(config, server=server)


def sign_in(purpose: str) -> SignIn | None:
    """Return the sign-in for kitchen, admin, ordering, worker, webhook or owner, from the file named by RACHEL_SIGN_INS."""
    if "RACHEL_SIGN_INS" not in os.environ:
        return None
    path = Path(os.environ["RACHEL_SIGN_INS"])
    table = _read(path)
    if os.name != "nt" and path.stat().st_mode & 0o077:
        raise Misconfigured(f"{path} holds passwords and others may read it. Run: chmod 600 {path}")
    return _made(SignIn, table[purpose]) if purpose in table else None


def write_sign_ins(path: Path, sign_ins: dict[str, SignIn]) -> None:
    """Write the file that sign_in() reads, closed to others from its first moment on. Refuses to replace one."""
    lines = [f"[{purpose}]\nlogin = {json.dumps(it.login)}\npassword = {json.dumps(it.password)}\n" for purpose, it in sign_ins.items()]
    with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
        file.write("\n".join(lines))


def _read(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise Misconfigured(f"{path} cannot be read: {error}") from error


def _made(kind: type[Made], table: dict[str, Any]) -> Made:
    """Make one dataclass; a misspelt or unknown setting is an error, not silence."""
    if unknown := table.keys() - {known.name for known in fields(kind)}:  # type: ignore[arg-type]
        raise Misconfigured(f"unknown setting {', '.join(sorted(unknown))}.")
    return kind(**table)
