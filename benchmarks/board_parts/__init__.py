"""The parts of board.py: the yardstick, the program beside it, and the load. None of them says anything alone."""
