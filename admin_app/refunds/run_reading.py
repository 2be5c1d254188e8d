"""Reading a refund that was confirmed: the proposal, how far its lines are, and the money that is still set aside."""

from dataclasses import dataclass
from uuid import UUID

from admin_app.refunds.lines_reading import Asked, read_all
from core.database.gateway import Database
from core.proposals import Progress, Proposal, proposal
from core.refunds import LineState, RefundProgress, refund_progress

WAITING = frozenset({Progress.AWAITING_APPROVAL, Progress.RUNNING, Progress.STOPPED})  # nothing has ended yet


@dataclass(frozen=True)
class Standing:
    """A refund as it stands. `failed` is what will not be given back after all, in kobo."""

    proposal: Proposal
    progress: RefundProgress
    failed: int

    @property
    def set_aside(self) -> int:
        """What is set aside for it and was not given back yet, in kobo."""
        goes_on = self.proposal.state in WAITING
        return self.proposal.total - self.progress.amount_done - self.failed if goes_on else 0

    @property
    def rest(self) -> int:
        """How many lines were not run to their end."""
        return self.progress.waiting + self.progress.sending + self.progress.unknown

    @property
    def handled(self) -> int:
        """How many lines do not wait to be run any more."""
        return self.proposal.lines - self.progress.waiting


def read_standing(db: Database, proposal_id: UUID) -> Standing | None:
    """Read it; None when there is no such refund, or it is not for this person. Blocks."""
    found = proposal(db, proposal_id)
    if found is None:
        return None
    progress = refund_progress(db, proposal_id) or RefundProgress(proposal_id, 0, 0, 0, 0, 0, 0, 0)
    failed = sum(row.amount for row in read_all(db, Asked(proposal_id, LineState.FAILED))) if progress.failed else 0
    return Standing(found, progress, failed)
