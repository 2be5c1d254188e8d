"""Promised: what each promise says, in the person's language.  The promises themselves: core/database/checks/*.sql, word for word."""

import re

from PySide6.QtCore import QCoreApplication

from core.health import Area

translate = QCoreApplication.translate


def titles() -> dict[str, str]:
    """Return what each promise says, by its name."""
    return _wallets() | _payments() | _refunds() | _limits() | _orders() | _guards()


def named(name: str, told: str = "") -> str:
    """Say what a promise says, with its name: "Each wallet's balance is the sum of its entries (I02)"."""
    title = title_of(name, told)
    return title if title == name else f"{title} ({name})"


def in_words(stored: str) -> str:
    """Say what is kept of why money was frozen ("I02 Each wallet's …; I03 No wallet …") in the person's language."""
    return "; ".join(named(name, title) if title else name for name, title in parts_of(stored))


def parts_of(stored: str) -> list[tuple[str, str]]:
    """Return name and title of each promise in such words, as app.freeze_money writes them; other words are a name without a title."""
    found = [re.fullmatch(r"(I\d+[a-z]?) (.+)|(.*)", part, re.S) for part in re.split(r"; (?=I\d+[a-z]? )", stored)]
    return [(each[1] or each[3], each[2] or "") for each in found if each]


def area_of(name: str) -> Area:
    """Say what a promise is about; one that is not known here, about money: nobody is to think that it stops nothing."""
    return Area.ORDERS if name in _orders() else Area.GUARDS if name in _guards() else Area.MONEY


def title_of(name: str, told: str = "") -> str:
    """Say what a promise says; one of a newer server, that has no words here yet, as it was told."""
    return titles().get(name) or told or name


def _wallets() -> dict[str, str]:
    return {
        "I01": translate("promises", "Each transfer has two entries or more, and they sum to zero; no entry is without its transfer"),
        "I02": translate("promises", "Each wallet's balance is the sum of its entries"),
        "I03": translate("promises", "No wallet is below zero, now or after any step of its history"),
        "I04": translate(
            "promises",
            "The steps of each wallet are numbered 1 to n without a gap, each balance is the one before plus the amount",
        ),
        "I05": translate("promises", "Each wallet's version is the number of its entries, and the company's accounts keep none"),
        "I06": translate("promises", "All entries together sum to zero"),
    }


def _payments() -> dict[str, str]:
    return {
        "I07": translate(
            "promises",
            "Each order was paid in full, once, from its customer's wallet, before a kitchen saw it; what waits for money or "
            "expired was not",
        ),
        "I17": translate("promises", "A payment is a success exactly when one top-up of its amount was credited to its customer"),
        "I17b": translate(
            "promises",
            "Each card order, and no other, has its payment: of its total, by its customer, and a success when the order is paid",
        ),
        "I18b": translate("promises", "Each transfer has an audit row of the same login and person in the same transaction"),
    }


def _refunds() -> dict[str, str]:
    return {
        "I08": translate(
            "promises",
            "What an order says was refunded is what its refund transfers gave back and what its lines say, and never more than was paid",
        ),
        "I08b": translate(
            "promises",
            "What is set aside on an order's line is what refunds under way will give back of it, and what was refunded is what "
            "they gave back",
        ),
        "I09": translate(
            "promises",
            "Each refund belongs to a confirmed proposal that lists its lines; what was given back, counts and totals agree both ways",
        ),
        "I10": translate(
            "promises",
            "What ran above the limits in force when it was confirmed, and what gives somebody more power, was approved by another person",
        ),
    }


def _limits() -> dict[str, str]:
    return {
        "I24": translate("promises", "Nothing ran that was confirmed after its expiry, or approved too late"),
        "I25": translate(
            "promises",
            "What a person refunded without a second one never came to more than the limit of that Lagos day, as it was at each "
            "confirmation",
        ),
        "I26": translate(
            "promises",
            "An order gave back at most what it paid; it was reversed once at most, to its customer, and exactly when cancelled "
            "before cooking",
        ),
        "I28": translate(
            "promises",
            "Nothing was posted while money was frozen, and each freeze began and ended in the trail, by two people or the administrator",
        ),
    }


def _orders() -> dict[str, str]:
    return {
        "I11": translate(
            "promises",
            "On hand and held equal the newest movement and are never below zero; the version counts the changes of the shelf",
        ),
        "I11b": translate("promises", "No sale was recorded that left less than nothing available"),
        "I12": translate(
            "promises",
            "The movements of an item follow each other without a gap, each figure is the one before plus the change of its kind",
        ),
        "I13": translate(
            "promises",
            "What an order holds is its lines times their recipes; cooking uses all of it, cancelling before gives all of it back",
        ),
        "I14": translate(
            "promises",
            "The history of each order is a path along allowed edges, from the beginning that its way to pay has; steps back say so",
        ),
        "I15": translate("promises", "State and version of each order are those of its last step"),
        "I16": translate("promises", "The total of each order is the sum of its lines"),
        "I18": translate(
            "promises",
            "Each movement of stock and each step of an order has the audit row of its command, by the same login and person",
        ),
    }


def _guards() -> dict[str, str]:
    return {
        "I14b": translate("promises", "The edges that orders may walk, and who may walk them, are those that were decided"),
        "I19": translate("promises", "Every command has its answer, and only a closed one has that of a closed one"),
        "I20": translate(
            "promises",
            "All triggers and row policies are on, nobody's setting switches them off, and all constraints hold for all rows",
        ),
        "I20b": translate("promises", "The triggers and constraints that money, stock and the trail rely on are all there"),
        "I21": translate(
            "promises",
            "No login owns anything, may use a table itself, may become a definer, or has a power of its own; only r_staff makes logins",
        ),
        "I21b": translate(
            "promises",
            "Only r_ledger moves money, only r_audit writes the trail, only r_api writes orders, payments and stock; nobody "
            "changes what is for ever",
        ),
        "I22": translate(
            "promises",
            "Each function that runs with its owner's rights fixes search_path, is closed to PUBLIC, and its owner owns no table",
        ),
        "I23": translate(
            "promises",
            "Each login that may sign in has an active row, in the group of its role, and each active row has its login",
        ),
    }
