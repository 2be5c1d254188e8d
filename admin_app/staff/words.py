"""Words: how logins, what they may do, and the programs they are signed in with are said."""

from datetime import datetime

from PySide6.QtCore import QCoreApplication

from admin_app.roles import role_word
from core.qt.line import moment
from core.staff import ListedLogin, OpenSession, Role, Standing

IN_KITCHENS = frozenset({Role.KITCHEN_STAFF, Role.KITCHEN_MANAGER, Role.COUNTER_DEVICE})
OF_PEOPLE = (Role.KITCHEN_STAFF, Role.KITCHEN_MANAGER, Role.SUPPORT, Role.FINANCE_ADMIN, Role.OWNER_ADMIN, Role.AUDITOR)
SERVICES = frozenset({Role.SVC_ORDERING, Role.SVC_WEBHOOK, Role.SVC_WORKER})
ICONS = {Standing.ACTIVE: "circle-check", Standing.SUSPENDED: "lock", Standing.ENDED: "ban"}
TONES = {Standing.ACTIVE: "ok", Standing.SUSPENDED: "warn"}

translate = QCoreApplication.translate


def standing_word(state: Standing) -> str:
    return {
        Standing.ACTIVE: translate("staff", "In use"),
        Standing.SUSPENDED: translate("staff", "Suspended"),
        Standing.ENDED: translate("staff", "Ended"),
    }[state]


def place(role: Role, kitchens: str) -> str:
    """Say what a login is and where: "Kitchen staff, Yaba and Lekki"."""
    first, _, last = kitchens.rpartition(", ")
    where = translate("staff", "{first} and {last}").format(first=first, last=last) if first else last
    return f"{role_word(role)}, {where}" if where else role_word(role)


def also(login: ListedLogin) -> str:
    """Say what else the person signs in as; or that it is nobody."""
    if login.role is Role.COUNTER_DEVICE:
        return translate("staff", "a counter, no person")
    if login.role in SERVICES:
        return translate("staff", "a service, no person")
    return translate("staff", "also {logins}").format(logins=login.other_logins) if login.other_logins else ""


def how_it_ended(login: ListedLogin, now: datetime) -> str:
    """Say since when, by whom and why: "Ended yesterday 17:05 by Ada Eze: left"."""
    if login.ended_at is None:
        return translate("staff", "Ended")
    said = translate("staff", "Ended {time} by {name}: {why}")
    return said.format(time=moment(login.ended_at, now), name=login.ended_by, why=login.ended_why)


def only_owner() -> str:
    return translate("staff", "Then you are the only owner: nobody else can make logins, end them, or end yours.")


def program_word(program: str) -> str:
    """Name the program that calls itself "rachel-kitchen/0.1.0"; any other by what it calls itself."""
    known = {
        "rachel-kitchen": translate("staff", "Kitchen program {version}"),
        "rachel-admin": translate("staff", "Office program {version}"),
        "rachel-worker": translate("staff", "Worker {version}"),
    }
    name, _, version = program.partition("/")
    return known[name].format(version=version) if name in known else program or translate("staff", "A program without a name")


def signed_in(session: OpenSession, now: datetime) -> str:
    """Say from where and since when: "from 10.0.0.4, since 12:03"."""
    where = session.address or translate("staff", "the server itself")
    return translate("staff", "from {address}, since {time}").format(address=where, time=moment(session.since, now))


def may(role: Role) -> list[str]:
    """Say in plain words what a role may do. The rules themselves stand in the database."""
    return (_in_kitchens() | _in_the_office() | _services())[role]


def _in_kitchens() -> dict[Role, list[str]]:
    return {
        Role.KITCHEN_STAFF: [
            translate("staff", "Sees stock and orders of their kitchens; no customers, no money."),
            translate("staff", "Accepts orders, cooks them and hands them out."),
            translate("staff", "Writes down deliveries, waste and counts."),
        ],
        Role.KITCHEN_MANAGER: [
            translate("staff", "All that kitchen staff may."),
            translate("staff", "Corrects stock, adds items and recipes."),
            translate("staff", "Cancels orders: before cooking what was paid goes back."),
        ],
        Role.COUNTER_DEVICE: [
            translate("staff", "A shared computer: shows stock and orders of its kitchens."),
            translate("staff", "Changes nothing by itself."),
        ],
    }


def _in_the_office() -> dict[Role, list[str]]:
    sees_all = translate("staff", "Sees orders, customers, wallets and payments of all kitchens.")
    refunds = translate("staff", "Refunds within their limits; above them a second person must agree.")
    freezes = translate("staff", "Freezes wallets and releases them.")
    return {
        Role.SUPPORT: [sees_all, translate("staff", "Enters customers, and cancels orders before cooking."), refunds],
        Role.FINANCE_ADMIN: [sees_all, translate("staff", "Cancels orders, also while they are cooked."), freezes, refunds],
        Role.OWNER_ADMIN: [
            translate("staff", "Sees everything."), translate("staff", "Makes, changes and ends logins."),
            translate("staff", "Opens kitchens, sets menus and prices."), freezes, refunds,
        ],
        Role.AUDITOR: [translate("staff", "Sees everything, and changes nothing.")],
    }  # fmt: skip


def _services() -> dict[Role, list[str]]:
    at_server = translate("staff", "Made with the server, and not changed here.")
    return {
        Role.SVC_ORDERING: [translate("staff", "Places customers' orders, and cancels or delivers those it placed."), at_server],
        Role.SVC_WEBHOOK: [translate("staff", "Takes in what the payment provider reports."), at_server],
        Role.SVC_WORKER: [translate("staff", "Books payments, ends unpaid orders, tells programs what changed."), at_server],
    }
