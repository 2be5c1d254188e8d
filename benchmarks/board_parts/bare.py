"""The yardstick of board.py: a bare window that reads the shelf once through the gateway and says how much is there."""

import sys

from PySide6.QtWidgets import QApplication, QLabel

from core.base import config
from core.database.gateway import Database
from core.stock import all_items


def main() -> int:
    app = QApplication(sys.argv)
    settings, sign_in = config.load(), config.sign_in("kitchen")
    assert sign_in
    db = Database.connect(settings.server, sign_in.login, sign_in.password)
    label = QLabel(f"{len(all_items(db))} items")
    label.resize(1366, 768)
    label.show()
    label.repaint()
    print("shown", flush=True)
    return app.exec()


if __name__ == "__main__":
    sys.exit(main())
