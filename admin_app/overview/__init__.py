"""The first page: how the day goes, and what needs somebody."""

from admin_app.overview.page import OverviewPage

__all__ = ["OverviewPage"]
