"""The kitchen's program: what lies on the shelves, changed and seen at every counter at once."""
