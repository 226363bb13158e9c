"""`python -m segment_core`: the command line."""

import sys

try:
    from segment_core.cli import main

    code = main()
except KeyboardInterrupt:  # pressed while the program was still loading
    sys.stderr.write("\nStopped.\n")
    code = 130
sys.exit(code)
