"""A long trail: thousands of lines at once, as services, cooks and the office write them, from a moment on backwards."""

from datetime import UTC, datetime
from typing import Any

import psycopg

NEWEST = datetime(2026, 1, 1, tzinfo=UTC)
LINES = """
INSERT INTO app.audit_events (at, login, person_id, program, command_id, action, noun, object_id, kitchen_id, reason, before, after)
SELECT %(newest)s - n / 3 * interval '1 second', who.login, who.person_id, 'rachel-test/1.0.0', gen_random_uuid(),
    CASE WHEN who.person_id IS NULL THEN 'place_order' WHEN n %% 10 = 3 THEN 'cancel_order' ELSE 'advance_order' END, 'orders',
    gen_random_uuid(), CASE n %% 5 WHEN 0 THEN NULL WHEN 1 THEN %(lekki)s::uuid ELSE %(yaba)s::uuid END,
    CASE WHEN n %% 1000 = 3 THEN 'Ọ̀gbẹ́ni Ṣadé asked: charged_twice' WHEN n %% 10 = 3 THEN 'Out of stock: no chicken' END,
    CASE WHEN n %% 2 = 0 THEN '{"state": "placed", "version": 1}'::jsonb END, '{"state": "accepted", "version": 2, "total": 250000}'
FROM generate_series(1, %(many)s) AS n, LATERAL (
    SELECT s.login, s.person_id FROM app.staff AS s WHERE s.login = (ARRAY['ordering', 'chidi', 'ordering', 'funmi'])[1 + n %% 4]
) AS who
"""


def write_lines(admin: psycopg.Connection, town: Any, many: int, newest: datetime = NEWEST) -> None:
    """Write `many` lines, three at each second, the newest at `newest`: half of them the ordering service's.

    Where the town was sealed before, only lines of the last ten minutes are believed by whoever verifies.
    """
    admin.execute(LINES, {"newest": newest, "yaba": town.yaba, "lekki": town.lekki, "many": many})
    admin.execute("ANALYZE app.audit_events")
