"""How many corrections of stock are confirmed: the reasons, and what must be typed where orders are left short."""

import re

from PySide6.QtCore import QCoreApplication

from admin_app.proposals.confirming_act import Manner
from admin_app.stock.correct_words import reason_word
from core.proposals import REASONS, Kind

translate = QCoreApplication.translate


def manner() -> Manner:
    return Manner(
        reasons=[(reason_word(code), code) for code in REASONS[Kind.STOCK]],
        type_it=translate("stock", "Type how many go short"),
        read=_read,
        matches=translate("stock", "Yes, so many orders."),
        differs=translate("stock", "This is not how many orders go short."),
        hold=translate("stock", "If a shelf or an order changes first, nothing is corrected and you check again."),
        nothing_done=translate("stock", "Nothing was corrected. Check again before you confirm."),
        figure_help=translate("stock", "The number stands in the warning."),
    )


def _read(text: str) -> int:
    """Read a whole number; commas for thousands are allowed. Raises ValueError with a sentence."""
    bare = text.strip().replace(",", "")
    if not re.fullmatch("[0-9]{1,9}", bare):
        raise ValueError(translate("stock", "Write a whole number, such as 12."))
    return int(bare)
