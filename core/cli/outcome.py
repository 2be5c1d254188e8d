"""How a command of `rachel` ends: its exit code, and the reasons for which it does not even begin."""

DONE, WRONG, USAGE, NOT_READY, STOPPED = 0, 1, 2, 3, 130

EXIT_CODES = """exit codes:
  0    done
  1    finished, and something is wrong: it says what
  2    wrong arguments, or a file that cannot be read
  3    cannot begin or go on: no server, no sign-in, or the server refused
  130  stopped by Ctrl-C: it says what was kept"""


class Usage(Exception):
    """What was asked for makes no sense as it stands; the message says what to write instead."""


class NotReady(Exception):
    """This machine does not know a server, or has no sign-in for it; the message says what to do."""
