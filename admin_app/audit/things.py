"""Things: what something was done to, and who did it, in the words of people. Customers are told by their id alone."""

from uuid import UUID

from PySide6.QtCore import QCoreApplication

from admin_app.promises.titles import in_words
from admin_app.proposals.words import reason_word as proposal_reason
from admin_app.refunds.words import reason_word as refund_reason
from admin_app.stock.correct_words import reason_word as stock_reason
from core.audit import TrailLine
from core.proposals import Kind
from core.qt.reasons import reason

SHORT = 8  # signs of an id where it is only to be told apart

translate = QCoreApplication.translate


def thing(line: TrailLine) -> str:
    """Name what it was done to: "Order 1042", "Rice", "Customer 0192a4f3…"; "" for nothing in particular."""
    if line.noun == "proposals":
        return _proposal(line.object)
    words = _named().get(line.noun, "{name}") if line.object else _unnamed().get(line.noun, "{id}")
    if line.object_id is None and not line.object:
        return ""
    return words.format(name=line.object, id=short(line.object_id))


def who(line: TrailLine) -> str:
    return line.person or translate("trail", "Service {login}").format(login=line.login)


def why(line: TrailLine) -> str:
    """Say the reason as the person gave it, or in their language where it is one of the list."""
    if line.action == "freeze_money":
        return in_words(line.reason or "")
    code = (line.after or {}).get("code")
    said = reason(line.reason or "")
    return translate("trail", "{code}: {words}").format(code=code_word(code), words=said) if code and said else said


def code_word(code: str) -> str:
    """Say the reason that was chosen for a proposal, of whatever kind; one that is new here, as it is."""
    return next((said for said in (word(code) for word in (refund_reason, stock_reason, proposal_reason)) if said != code), code)


def short(found: UUID | None) -> str:
    """Tell an id apart from others: its last signs, for the first ones are a time."""
    return f"…{str(found)[-SHORT:]}" if found else ""


def _named() -> dict[str, str]:
    return {
        "orders": translate("trail", "Order {name}"),
        "refunds": translate("trail", "Order {name}"),
        "kitchens": translate("trail", "Kitchen {name}"),
    }


def _unnamed() -> dict[str, str]:
    return {
        "customers": translate("trail", "Customer {id}"),
        "wallets": translate("trail", "Wallet {id}"),
        "payments": translate("trail", "Payment {id}"),
        "staff": translate("trail", "Person {id}"),
        "health": translate("trail", "All money"),
        "audit": translate("trail", "Report {id}"),
    }


def _proposal(kind: str | None) -> str:
    return {
        Kind.REFUND.value: translate("trail", "A refund"),
        Kind.STOCK.value: translate("trail", "A correction of stock"),
        Kind.SUSPENSION.value: translate("trail", "A suspension"),
        Kind.LIMITS.value: translate("trail", "Limits"),
        Kind.APPROVER.value: translate("trail", "An approver"),
        Kind.RELEASE.value: translate("trail", "The end of a freeze"),
    }.get(kind or "", translate("trail", "A proposal"))
