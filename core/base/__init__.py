"""What knows nothing of the rest: errors, ids, money, quantities, settings."""
