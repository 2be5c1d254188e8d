"""Wallets: what customers have, explained step by step, and frozen where need be."""

from admin_app.wallets.page import WalletsPage

__all__ = ["WalletsPage"]
