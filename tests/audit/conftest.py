"""The trail in a test: sealed, tampered with behind the guards as a superuser can, and verified by both verifiers."""

import pytest

from core.audit import STREAMS, check
from core.orders import State


@pytest.fixture
def spoiled(workplace):
    """This test's own database, as `copy`; what is done to it breaks promises, on purpose, so they are not looked at afterwards."""
    name = workplace.copy(with_town=True)
    yield name
    workplace.drop(name)


@pytest.fixture
def lived(scene, seal):
    """A day with orders, sealed in two parts; the heads of the first."""
    for _ in range(3):
        scene.order(State.ACCEPTED, State.PREPARING)
    first = seal()
    scene.order()
    seal()
    assert first["events"].position > 13
    return first


@pytest.fixture
def tamper(owner_connection):
    """Change what is for ever, as a superuser can: `tamper("UPDATE …", …)`."""

    def tamper(*statements):
        with owner_connection.transaction():
            owner_connection.execute("SET LOCAL session_replication_role = replica")
            for statement in statements:
                owner_connection.execute(statement)

    return tamper


@pytest.fixture
def wrong(auditor):
    """Verify from `since` on, and return what is wrong as (kind, position, row): both verifiers must find the same."""

    def wrong(stream="events", kept=(), since=None):
        found = [{(each.kind, each.row_id) for each in _last(auditor, stream, kept, since, by_reader).wrong} for by_reader in (False, True)]
        assert found[0] == found[1]
        return found[0]

    return wrong


@pytest.fixture
def all_right(auditor):
    """Both streams verify from the first row on, by both verifiers, and have so many rows: `all_right()`."""

    def all_right(kept=()):
        last = [_last(auditor, stream, kept, None, by_reader) for stream in STREAMS for by_reader in (False, True)]
        assert [verdict.wrong for verdict in last] == [[]] * 4
        assert [verdict.rows for verdict in last] == [verdict.end for verdict in last]
        return {verdict.stream: verdict.rows for verdict in last}

    return all_right


def _last(db, stream, kept, since, by_reader):
    *_, last = check(db, stream, kept, since=since, by_reader=by_reader)
    return last
