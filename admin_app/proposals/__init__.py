"""Proposals: what destructive acts have in common on the screen: they are confirmed with a reason, a note and the figure typed."""
