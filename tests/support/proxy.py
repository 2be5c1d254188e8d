"""A bad line: a TCP proxy in front of the server that can lose answers, fall silent, be late, or be cut."""

import socket
import threading
from contextlib import suppress


class Proxy:
    """Passes bytes both ways until told otherwise. While `mute`, answers are lost."""

    def __init__(self, port: int, own_port: int = 0) -> None:
        self._target = port
        self._lines: list[socket.socket] = []
        self._stalled: set[socket.socket] = set()
        self._late: set[socket.socket] = set()
        self._flowing = threading.Event()
        self.late = 0  # pieces that wait to be let through
        self.mute = False
        self._door = socket.create_server(("127.0.0.1", own_port))
        self.port = self._door.getsockname()[1]
        threading.Thread(target=self._serve, daemon=True).start()

    def cut(self) -> None:
        """End every line that is open."""
        for line in self._lines:
            with suppress(OSError):
                line.shutdown(socket.SHUT_RDWR)
        self._lines.clear()

    def stall(self) -> None:
        """Let nothing more through on the lines that are open, without a word; new ones work."""
        self._stalled.update(self._lines)

    def hold_back(self) -> None:
        """Keep what comes on the lines that are open, to let it through later; new ones work."""
        self._flowing.clear()
        self._late.update(self._lines)

    def let_through(self) -> None:
        """Let through what was held back, also what somebody sent who has hung up since."""
        self._flowing.set()
        self._late.clear()

    def close(self) -> None:
        with suppress(OSError):
            self._door.shutdown(socket.SHUT_RDWR)  # wakes accept(), which close() does not
        self._door.close()
        self.let_through()
        self.cut()

    def _serve(self) -> None:
        with suppress(OSError):
            while True:
                client = self._door.accept()[0]
                try:
                    server = socket.create_connection(("127.0.0.1", self._target))
                except OSError:  # nobody is there now; whoever comes later may find somebody
                    client.close()
                    continue
                self._lines += [client, server]
                for source, target in ((client, server), (server, client)):
                    threading.Thread(target=self._carry, args=(source, target, source is server), daemon=True).start()

    def _carry(self, source: socket.socket, target: socket.socket, answers: bool) -> None:
        with suppress(OSError):
            while data := source.recv(65536):
                if source in self._late:
                    self.late += 1
                    self._flowing.wait()
                    self.late -= 1
                if source not in self._stalled and not (answers and self.mute):
                    target.sendall(data)
        with suppress(OSError):
            target.shutdown(socket.SHUT_RDWR)
