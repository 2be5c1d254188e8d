"""Session: somebody signed in at a counter, what they asked and nobody answered, and their window.  Line and feed: core/qt/session.py."""

from dataclasses import dataclass
from uuid import UUID

from PySide6.QtCore import QCoreApplication

from core.base.config import Config, SignIn
from core.base.errors import Forbidden
from core.commands import settle_command
from core.database.pending import left_behind
from core.database.scripts import VERSION
from core.kitchens import Kitchen, kitchens
from core.orders import Order, orders_by_id
from core.qt import session
from core.qt.scanner import Scanner
from core.qt.session import signed_in
from core.qt.settle import Settler
from core.staff import Role
from core.stock import Item, all_items
from kitchen_app.orders import asked as asked_of_orders
from kitchen_app.stock import asked
from kitchen_app.window import KitchenWindow

APPLICATION = f"rachel-kitchen/{VERSION}"
MEMORY = "kitchen.ini"  # where the window stood, and who chose which kitchen

translate = QCoreApplication.translate


@dataclass(frozen=True)
class Entered(session.Entered):
    """Who came in, their kitchens, and what their unanswered commands are about."""

    kitchens: list[Kitchen]
    known: dict[UUID, Item]  # the items that unanswered commands may be about
    orders: dict[UUID, Order]  # the orders that they are about


def enter(config: Config, sign_in: SignIn) -> Entered:
    """Sign in. Blocks. Raises Forbidden (with facts["why"] where login and password are right, but not for a kitchen) or Offline."""
    with signed_in(config, sign_in, APPLICATION) as entered:
        db, who = entered.db, entered.me
        if who.role not in (Role.KITCHEN_STAFF, Role.KITCHEN_MANAGER):
            words = translate("session", "This is the kitchen program, and {name} does not work in a kitchen. Start the office program.")
            raise Forbidden(words.format(name=who.name), {"why": "role"})
        own = kitchens(db)
        if not own:
            raise Forbidden(translate("session", "This login belongs to no kitchen yet. Ask the owner."), {"why": "kitchen"})
        waiting = entered.pending.waiting()
        known = {item.id: item for item in all_items(db)} if waiting else {}
        about = [asked_of_orders.order_id(kept.args) for kept in waiting if kept.verb in asked_of_orders.KINDS]
        orders = {order.id: order for order in orders_by_id(db, about)} if about else {}
        return Entered(sign_in, db, who, entered.pending, own, known, orders)


class Session(session.Session):
    """Opens the window of one kitchen and keeps it up to date until close(); what is unanswered then stays on disk."""

    def __init__(self, config: Config, entered: Entered, kitchen: Kitchen) -> None:
        super().__init__(config.server, entered, APPLICATION)
        self.known, self.orders = entered.known, entered.orders
        self.settler = Settler(
            entered.pending, lambda command_id: settle_command(self.db, command_id), self._sentence, self.line, self, asked.KINDS
        )
        memory = config.data / MEMORY
        self.window = KitchenWindow(self.db, entered.me, kitchen, config.counter, self.line, self.settler, memory)
        self.window.remind(left_behind(config.data, entered.me.login))
        self.heard.connect(self.window.heard)
        for page in (self.window.orders, self.window.stock):
            page.restless.connect(self.feed.look_again)
        self.scanner = Scanner(self)
        self.scanner.scanned.connect(self.window.stock.scanned)
        _keys().installEventFilter(self.scanner)

    def close(self) -> None:
        _keys().removeEventFilter(self.scanner)
        self.window.deleteLater()
        super().close()

    def _sentence(self, verb: str, args: dict[str, object]) -> str:
        if verb in asked_of_orders.KINDS:
            found = {order_id: entry.order for order_id, entry in self.window.orders.book.entries.items()}
            return asked_of_orders.sentence(verb, args, (self.orders | found).get)
        return asked.sentence(verb, args, (self.known | self.window.stock.shelf.model.items).get)


def _keys() -> QCoreApplication:
    """Return what all keys of the program go through."""
    app = QCoreApplication.instance()
    assert app
    return app
