"""What several races need."""

import pytest

from core.staff import Role


@pytest.fixture
def owners(login, hire):
    """Two owners: calls of one person wait for each other, theirs do not."""
    return [login("owner"), hire("second.owner", Role.OWNER_ADMIN)]
