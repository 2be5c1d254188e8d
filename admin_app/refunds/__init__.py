"""Refunds: money given back for orders, in three steps: choose, check, and the run as a document."""
