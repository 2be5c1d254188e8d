"""How a refund is confirmed: its reasons, and the total that must be typed."""

from PySide6.QtCore import QCoreApplication

from admin_app.proposals.confirming_act import Manner
from admin_app.refunds.words import reason_word
from core.base.money import kobo
from core.proposals import REASONS, Kind

translate = QCoreApplication.translate


def manner() -> Manner:
    return Manner(
        reasons=[(reason_word(code), code) for code in REASONS[Kind.REFUND]],
        type_it=translate("refunds", "Type the total to confirm"),
        read=kobo,
        matches=translate("refunds", "Matches the total."),
        differs=translate("refunds", "This is not the total."),
        hold=translate("refunds", "If an order changes first, nothing is refunded and you check again."),
        nothing_done=translate("refunds", "Nothing was refunded. Check again before you confirm."),
        figure_help=translate("refunds", "₦ and commas are optional."),
    )
