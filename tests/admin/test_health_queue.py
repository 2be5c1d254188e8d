"""Work that waits, on the Health page: the reason names the queue in which something waits longest."""

import re

from admin_app.health.words import todo
from core.base.identifiers import new_id
from core.health.meter import look, read_meter
from core.stock import receive_stock

OLD = """
BEGIN;
SET LOCAL session_replication_role = replica;
UPDATE app.audit_events SET at = at - interval '3 minutes' WHERE id = (SELECT max(id) FROM app.audit_events);
COMMIT
"""


def test_the_reason_names_the_queue_that_is_oldest(qapp, seal, town, cook, auditor, owner_connection):
    def why():
        [work] = [each for each in read_meter(look(auditor)) if each.trigger.key == "T8"]
        return todo(work)[1]

    seal()
    receive_stock(cook, new_id(), town.rice, 5, "")
    owner_connection.execute("DELETE FROM app.outbox")
    assert why() == ""
    owner_connection.execute(OLD)
    assert re.fullmatch(r"The oldest is \d+ s overdue \(seals\)\.", why())
    seal()
    assert why() == ""
