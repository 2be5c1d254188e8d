"""Freezing: break a promise about money as only a superuser can, let the worker's checks see it, and mend it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from uuid import UUID

import pytest

from core.base.errors import Frozen
from core.base.identifiers import new_id
from core.health import Freeze, freeze, record_checks
from core.proposals import Proposal, approve_proposal, confirm_proposal, preview_release
from tests.support.refunds import behind_the_guards
from tests.support.scene import Scene

WHY = ("repaired", "The balance was put right")


def tamper(scene: Scene, customer_id: UUID, kobo: int) -> None:
    """Change a balance past the ledger: I02 and, where it is below its entries, others are broken until it is taken back."""
    with behind_the_guards(scene.admin):
        scene.admin.execute("UPDATE app.accounts SET balance = balance + %s WHERE id = %s", [kobo, customer_id])


@contextmanager
def tampered(scene: Scene, *customers: UUID) -> Iterator[None]:
    """The wallets of these customers, or of a new one, hold a kobo that nobody paid in."""
    touched = customers or (scene.customer(1000),)
    for customer_id in touched:
        tamper(scene, customer_id, 1)
    try:
        yield
    finally:
        for customer_id in touched:
            tamper(scene, customer_id, -1)


@contextmanager
def skipped(scene: Scene, customer_id: UUID) -> Iterator[None]:
    """The number of this wallet's last step is not that of its entry: I05 is broken."""
    change = "UPDATE app.accounts SET version = version + %s WHERE id = %s"
    with behind_the_guards(scene.admin):
        scene.admin.execute(change, [1, customer_id])
    try:
        yield
    finally:
        with behind_the_guards(scene.admin):
            scene.admin.execute(change, [-1, customer_id])


def freeze_money(scene: Scene) -> Freeze:
    """Freeze money by a mistake that is mended again, as a later run sees: it stays frozen."""
    with tampered(scene):
        assert record_checks(scene.worker).froze
    record_checks(scene.worker)
    found = freeze(scene.desk("auditor"))
    assert found
    return found


def frozen(scene: Scene) -> Freeze:
    """The freeze in force, or a new one."""
    return freeze(scene.desk("auditor")) or freeze_money(scene)


def propose_release(scene: Scene, who: str = "finance") -> Proposal:
    """Preview the end of the freeze and confirm it: it waits for a second person."""
    desk = scene.desk(who)
    previewed = preview_release(desk, new_id(), frozen(scene).id)
    assert previewed.token
    return confirm_proposal(desk, new_id(), previewed.token, *WHY)


def release(scene: Scene) -> Proposal:
    """Gbenga proposes the end of the freeze, Ada agrees; both are approvers."""
    waiting = propose_release(scene)
    return approve_proposal(scene.owner, new_id(), waiting.id, waiting.digest)


def frozen_by(call: Callable[..., Any], *args: Any) -> Frozen:
    """Return how a call was refused because money is frozen."""
    with pytest.raises(Frozen) as refused:
        call(*args)
    return refused.value
