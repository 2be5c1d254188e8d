"""Finding: who is meant by what somebody typed: parts of a name, a whole phone number, or the number of an order."""

import re
from dataclasses import dataclass
from uuid import UUID

from PySide6.QtCore import QCoreApplication

from core.base.identifiers import new_id
from core.customers import customer_of_order, find_customers, whole_number
from core.database.gateway import Database

ORDER = re.compile(r"#? ?([1-9][0-9]{0,8})")
BEGUN = re.compile(r"[+0][0-9 ().-]*")  # a phone number that is not whole: no name and no order begins so

translate = QCoreApplication.translate


@dataclass(frozen=True)
class Who:
    """The people who are meant: those whose name holds these words, or, where it is not None, these alone."""

    words: str = ""
    ids: tuple[UUID, ...] | None = None


def who(db: Database, typed: str) -> Who:
    """Find out who is meant. Blocks. A whole phone number is asked for by a verb that counts and keeps a trace of it: not again and again.

    Raises TooFast.
    """
    bare = typed.strip()
    if phone := whole_number(bare):
        return Who(ids=tuple(customer.id for customer in find_customers(db, new_id(), phone)))
    if number := ORDER.fullmatch(bare):
        customer_id = customer_of_order(db, int(number[1]))
        return Who(ids=(customer_id,) if customer_id else ())
    return Who(ids=()) if is_begun(bare) else Who(words=bare)


def is_begun(typed: str) -> bool:
    """Tell whether this is a phone number that is not whole."""
    bare = typed.strip()
    return bool(BEGUN.fullmatch(bare)) and whole_number(bare) is None


def why_nobody(typed: str) -> str:
    """Say why nobody was found; "" where there is nothing to say but that."""
    if is_begun(typed):
        return translate("finding", "A phone number is searched for when it is whole, such as 0803 123 4567 or +234 803 123 4567.")
    if whole_number(typed.strip()):
        return translate("finding", "No customer has this phone number.")
    if ORDER.fullmatch(typed.strip()):
        return translate("finding", "There is no order with this number.")
    return ""
