"""Every action that any verb writes into the trail has words."""

import re
from pathlib import Path

from admin_app.audit.deeds import deeds
from admin_app.audit.facts import value

HOME = Path(__file__).parents[3]
WRITES = re.compile(
    r"app\.(?:record|append_audit|end_proposal)\(\s*me(?:\.person_id)?,\s*(?:[\w.]+|\w+\([^()]*\)),\s*(CASE .*? END|'\w+')", re.S
)
NAMED = re.compile(r"(?:THEN |ELSE |^)'(\w+)'")
NOT_WRITTEN = {"settle_command"}  # it closes an id, and does nothing


def test_every_action_that_a_verb_writes_has_words(owner_connection):
    scripts = "".join(script.read_text(encoding="utf-8") for script in (HOME / "core").rglob("*.sql"))
    literal = {name for found in WRITES.findall(scripts) for name in NAMED.findall(found)}
    verbs = owner_connection.execute(
        "SELECT p.proname FROM pg_proc AS p WHERE p.pronamespace = 'api'::regnamespace AND 'command_id' = ANY (p.proargnames)"
    ).fetchall()
    known = {"refund_order", "set_limits", "suspend_staff", "lapse_proposals", "find_customers", "resume_proposal", "release_money"}
    assert known <= literal
    written = literal | {name for (name,) in verbs} - NOT_WRITTEN
    assert written - deeds().keys() == set()
    assert deeds().keys() - written == set(), "words for what nobody writes"


def test_no_two_actions_have_the_same_words():
    assert len(set(deeds().values())) == len(deeds())


def test_every_rule_by_which_a_connection_is_ended_has_words():
    script = (HOME / "core" / "database" / "private" / "r_staff.sql").read_text(encoding="utf-8")
    rules = re.findall(r"THEN '(\w+)'", script.split("CREATE FUNCTION app.end_backends")[1].split("END;")[0])
    assert len(set(rules)) == 3
    assert all(value("rule", rule) != rule for rule in rules)
