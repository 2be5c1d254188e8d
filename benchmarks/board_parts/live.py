"""What board.py starts beside the yardstick: the kitchen program, which says when its cards show the live stock."""

import sys

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from core.base import config
from core.qt import theme
from kitchen_app.__main__ import Program


def main() -> int:
    app = QApplication(sys.argv)
    settings = config.load()
    theme.follow(app, settings.theme)
    program = Program(settings)  # its page is filled in from the file of sign-ins
    look = QTimer()

    def say_when_live() -> None:
        session = program.session
        if session and session.line.state == "live" and session.window.stock.shelf.model.items:
            look.stop()
            session.window.repaint()
            session.window.stock.shelf.cards.viewport().repaint()
            print("shown", flush=True)

    look.timeout.connect(say_when_live)
    look.start(1)
    program.page.go.click()
    return app.exec()


if __name__ == "__main__":
    sys.exit(main())
