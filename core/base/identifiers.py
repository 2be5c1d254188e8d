"""Ids made by the client before it asks (UUIDv7: the time, then chance), so that a repeat can be known as one."""

import secrets
import threading
import time
from uuid import UUID

_lock = threading.Lock()
_last = 0


def new_id() -> UUID:
    """Return a UUIDv7, greater than every one this process made before, also when the clock was set back."""
    global _last
    with _lock:
        _last = max(time.time_ns() // 1_000_000 << 74 | secrets.randbits(74), _last + 1)
        clock, high, low = _last >> 74, _last >> 62 & 0xFFF, _last & (1 << 62) - 1
    return UUID(int=clock << 80 | 7 << 76 | high << 64 | 2 << 62 | low)
