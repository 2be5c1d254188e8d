"""Approvers: who in the made-up town agrees to what others propose. The owner names them; that they may already, time alone could tell."""

from contextlib import closing

from core.base.config import Server, SignIn
from core.base.identifiers import new_id
from core.database.gateway import Database
from core.database.wire import Wire
from core.demo.opening import SignIns
from core.demo.town import APPROVERS, OWNER, SUPPORT
from core.proposals import confirm_proposal, preview_approver, preview_limits
from core.staff import staff

ALONE, A_DAY = 600_000, 10_000_000  # kobo: what support refunds alone, at once and in a day
A_WHILE_AGO = "UPDATE app.people SET approver_since = approver_since - interval '2 days' WHERE approver_since IS NOT NULL"
HIRED_A_WHILE_AGO = "UPDATE app.staff SET secret_at = secret_at - interval '2 days'"


def name_approvers(server: Server, administrator: SignIn, sign_ins: SignIns) -> None:
    """Let the owner name them, and the administrator's clock say that it was two days ago: whoever is named may approve a day later."""
    it = sign_ins[OWNER.login]
    with closing(Database.connect(server, it.login, it.password, application="rachel-demo")) as owner:
        people = {found.login: found.person_id for found in staff(owner)}
        for login in APPROVERS:
            person_id = people[login]
            assert person_id
            proposed = preview_approver(owner, new_id(), person_id, True)
            assert proposed.token
            confirm_proposal(owner, new_id(), proposed.token, "trust", "Knows the business")
        lowered = preview_limits(owner, new_id(), people[SUPPORT], ALONE, A_DAY)  # so that there is something to approve
        assert lowered.token
        confirm_proposal(owner, new_id(), lowered.token, "new_work", "New in support")
    with closing(Wire.open(server, administrator.login, administrator.password, "rachel-demo")) as clock:
        clock.execute(A_WHILE_AGO)
        clock.execute(HIRED_A_WHILE_AGO)
