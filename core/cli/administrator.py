"""The server's administrator, as `rachel init` and `rachel upgrade` need one. A password never comes as an argument: `ps` shows those."""

import argparse
import getpass
import os
import sys
from dataclasses import replace
from pathlib import Path

from core.base.config import Server, SignIn, load
from core.cli.outcome import Usage
from core.cli.terminal import read_file


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Ask where the server is, and who runs it."""
    parser.add_argument("--host", help="of the server (else as the settings file says)")
    parser.add_argument("--port", type=int)
    parser.add_argument("--database", metavar="NAME")
    parser.add_argument("--user", default="postgres", metavar="LOGIN", help="the server's administrator (postgres)")
    parser.add_argument("--password-file", type=Path, metavar="FILE", help="holds their password, closed to others; else it is asked for")


def server_of(chosen: argparse.Namespace) -> Server:
    """Return the configured server, with what the arguments say otherwise."""
    named = {name: value for name in ("host", "port", "database") if (value := getattr(chosen, name)) is not None}
    return replace(load().server, **named)


def administrator_of(chosen: argparse.Namespace) -> SignIn:
    """Return the administrator's sign-in; the password comes from the file or the keyboard."""
    if chosen.password_file is None:
        if not sys.stdin.isatty():
            raise Usage("Nobody is here to be asked for the password: add --password-file FILE.")
        return SignIn(chosen.user, getpass.getpass(f"Password of {chosen.user}: "))
    content = read_file(chosen.password_file)
    if os.name != "nt" and chosen.password_file.stat().st_mode & 0o077:
        raise Usage(f"{chosen.password_file} holds a password and others may read it. Run: chmod 600 {chosen.password_file}")
    return SignIn(chosen.user, content.decode("utf-8").rstrip("\r\n"))
