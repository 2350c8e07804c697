"""feather-tui: read one Feather session, and why it failed, in a terminal."""

__version__ = "0.1.0"
