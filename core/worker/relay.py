"""The relay: one kick for everything that was committed since its last look.  Reads the views of core/live.sql.

Where it stands (core.live.Lookout) counts from the oldest transaction still running, not from the highest number: numbers
are not committed in order, and what commits late under a low one would never be announced. The kick is an empty hint, sent
on a connection that does not wait for the disk (what it speaks of is durable already), and never inside a verb: NOTIFY
takes one lock for the whole server.
"""

import threading

from core.database.wire import Wire
from core.live import CHANNEL, Lookout

KICK_EVERY = 0.1  # seconds: half of it costs throughput once a hundred desktops listen, twice of it is felt at the screen
KICK = "SELECT pg_notify(%(channel)s, %(mark)s)"


class Relay:
    """Announces on one connection. It keeps no mark on disk: its first look always kicks, and then everybody looks."""

    def __init__(self, wire: Wire) -> None:
        self._wire = wire
        self._lookout = Lookout()

    def look(self) -> None:
        """Kick if something was committed since the last look. Raises Offline."""
        news = self._lookout.look(self._wire)
        if news is None or news:
            self._wire.execute(KICK, {"channel": CHANNEL, "mark": str(self._lookout.mark)})

    def keep_looking(self, stopping: threading.Event) -> None:
        """Look until the event is set, with the whole pause after each look: never two kicks closer together."""
        while not stopping.wait(KICK_EVERY):
            self.look()
