"""`python -m core.cli`: the command line, for programs that start it with their own Python."""

import sys

from core.cli import main

sys.exit(main())
