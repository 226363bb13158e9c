"""`python -m segment_core`: the command line."""

import sys

from segment_core.cli import main

sys.exit(main())
