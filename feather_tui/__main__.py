"""`python -m feather_tui` is the same as `feather-tui`."""

import sys

from feather_tui.cli import main

sys.exit(main())
