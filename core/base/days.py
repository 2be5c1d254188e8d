"""Days: the company lives by Lagos's clock."""

from datetime import timedelta, timezone

LAGOS = timezone(timedelta(hours=1), "WAT")  # one hour ahead all the year round, so no table of zones is needed
