"""How a test says what must be refused, and with which facts."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from core.base.errors import Refused


@contextmanager
def refused(kind: type[Refused], **facts) -> Iterator[pytest.ExceptionInfo]:
    """Expect a refusal of this kind with exactly these facts: `with refused(Invalid, field="name"): …`."""
    with pytest.raises(kind) as caught:
        yield caught
    assert caught.value.facts == facts
    assert str(caught.value).endswith((".", "?")), "a sentence for a person"
