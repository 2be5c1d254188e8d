"""What several races need."""

import pytest

from core.staff import Role


@pytest.fixture(autouse=True)
def ends_with_every_promise_kept(copy):
    """Let no race go without a database of its own: `copy` ends with the invariants, and a race that breaks one has failed."""


@pytest.fixture
def owners(login, hire):
    """Two owners: calls of one person wait for each other, theirs do not."""
    return [login("owner"), hire("second.owner", Role.OWNER_ADMIN)]
