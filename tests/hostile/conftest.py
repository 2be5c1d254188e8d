"""What somebody tries with a valid password and a driver of their own, and how the server answers."""

import psycopg
import pytest


@pytest.fixture
def attempt(workplace, copy):
    """Try statements as somebody on one connection, one after the other, and return which SQLSTATEs they ended with; None: it went through.

    A statement that is refused leaves the connection as it is, also within a transaction that somebody left open.
    """

    def attempt(who, statements):
        ended = set()
        with workplace.bare(who, copy) as connection:
            connection.autocommit = True
            for statement in statements:
                try:
                    connection.execute(statement)
                    ended.add(None)
                except psycopg.Error as error:
                    ended.add(error.sqlstate)
        return ended

    return attempt


@pytest.fixture
def bare(workplace, copy):
    """Sign in with a driver of one's own: `with bare("worker") as connection`."""

    def bare(who):
        connection = workplace.bare(who, copy)
        connection.autocommit = True
        return connection

    return bare


@pytest.fixture
def ended():
    """Return the SQLSTATE that a statement ends with; None: it went through. `ended(connection, "SELECT …", …)`."""

    def ended(connection, statement, *arguments):
        try:
            connection.execute(statement, arguments or None)
        except psycopg.Error as error:
            return error.sqlstate
        return None

    return ended
