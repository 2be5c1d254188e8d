"""`rachel init`: prepare a server, and keep the sign-ins of the owner and the services in a file for you alone."""

import argparse
import itertools
import os
from functools import partial
from pathlib import Path
from typing import Any

import platformdirs

from core.base.config import APPLICATION, write_sign_ins
from core.cli.administrator import add_arguments, administrator_of, server_of
from core.cli.arguments import add_command, offer_json
from core.cli.outcome import DONE, Usage
from core.cli.terminal import tell
from core.database import install

DESCRIPTION = """Prepare a PostgreSQL server (15 to 18): the database, its roles and tables, the login of the owner and those of the
services. Their sign-ins are written once, to a file that you alone may read. May be run again: what is there stays."""


def add_to(commands: Any) -> None:
    """Add `init` to the command line."""
    parser = add_command(commands, "init", "prepare a server", DESCRIPTION, run)
    add_arguments(parser)
    parser.add_argument("--owner", default="owner", metavar="LOGIN", help="login of the owner (owner)")
    parser.add_argument("--owner-name", default="Owner", metavar="NAME", help="name of the owner, as others see it")
    parser.add_argument("--sign-ins", type=Path, metavar="FILE", help="where to write the sign-ins (else beside the settings file)")
    offer_json(parser)


def run(chosen: argparse.Namespace) -> int:
    """Prepare the server and write the sign-ins. Returns the exit code."""
    server, path = server_of(chosen), _path(chosen.sign_ins)
    made = install.init(server, administrator_of(chosen), chosen.owner, chosen.owner_name, keep=partial(write_sign_ins, path))
    where = f"{server.database} on {server.host}:{server.port}"
    written = [
        f"The sign-ins of {', '.join(made)} are in {path}. They cannot be read anywhere else: keep that file.",
        f"Services and this command line find it by RACHEL_SIGN_INS={path}",
    ]
    result = {"server": where, "made": list(made), "sign_ins": str(path) if made else None}
    tell(result, [f"{where} is ready.", *(written if made else ["Its logins were there already: no password was changed."])], chosen.json)
    return DONE


def _path(asked: Path | None) -> Path:
    """Return a new file for the sign-ins, before any is made: a password that cannot be written down would be lost."""
    path = (asked or Path(platformdirs.user_config_dir(APPLICATION)) / "sign-ins.toml").absolute()
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    if not os.access(path.parent, os.W_OK):
        raise Usage(f"{path.parent} cannot be written to. Name another file: --sign-ins FILE")
    names = (path.with_stem(f"{path.stem}-{number}") for number in itertools.count(2))
    return path if not path.exists() else next(name for name in names if not name.exists())
