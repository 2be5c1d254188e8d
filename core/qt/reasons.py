"""Reasons: why an order is cancelled, as it is stored and as it is said in the person's language."""

from PySide6.QtCore import QCoreApplication

# As it is stored; a note may follow. OTHER is never stored: its note is the whole reason.
OUT_OF_STOCK, CANNOT_COOK, SPOILED = "Out of stock", "Kitchen cannot cook it now", "Spoiled while cooking"
CUSTOMER_ASKED, DUPLICATE, OTHER = "Customer asked", "Duplicate order", "Other"
REASONS = (OUT_OF_STOCK, CANNOT_COOK, SPOILED, CUSTOMER_ASKED, DUPLICATE)

translate = QCoreApplication.translate


def reason(stored: str) -> str:
    """Say why an order was cancelled in the person's language; it is stored in ours, and a note after it stays as it was typed."""
    code, colon, note = stored.partition(": ")
    return f"{reason_word(code).lower()}{colon}{note}" if code in REASONS else stored


def reason_word(code: str) -> str:
    """Name a reason as its choice does."""
    return {
        OUT_OF_STOCK: translate("orders", "Out of stock"),
        CANNOT_COOK: translate("orders", "Kitchen cannot cook it now"),
        SPOILED: translate("orders", "Spoiled while cooking"),
        CUSTOMER_ASKED: translate("orders", "Customer asked"),
        DUPLICATE: translate("orders", "Duplicate order"),
        OTHER: translate("orders", "Other"),
    }[code]
