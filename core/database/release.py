"""Ends a freeze of all money as the server's administrator, where fewer than two approvers could."""

from typing import Any

import psycopg

from core.base.config import Server, SignIn
from core.base.errors import Forbidden
from core.database.wire import address, connect, translate


def release(server: Server, admin: SignIn, reason: str) -> dict[str, Any]:
    """Let money move again, loud in the trail, and return what preview_release calls the impact: which checks were broken, and are now.

    Raises Illegal (nothing is frozen), Invalid (no reason) and Forbidden (`admin` is no superuser, or two approvers are there to do it).
    """
    with connect(address(server, admin, "rachel-release")) as connection:
        if connection.execute("SELECT FROM pg_roles WHERE rolname = current_user AND rolsuper").fetchone() is None:
            raise Forbidden(f"{admin.login} is no superuser of this server. Ask whoever runs it.")
        try:
            [impact] = connection.execute("SELECT app.release_as_administrator(%s)", [reason]).fetchone() or [{}]
        except psycopg.Error as error:
            raise translate(error, connection.closed) from error
    return dict(impact)
