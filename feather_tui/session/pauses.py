"""From when on nobody saying anything is worth a line, by channel, in seconds."""

from __future__ import annotations

from typing import Final

LONG_WAIT_SECONDS: Final = {"voice": 5.0, "chat": 30.0, "sms": 120.0, "email": 4 * 3600.0}
"""A customer's wait for a reply."""
LONG_PAUSE_SECONDS: Final = {"voice": 15.0, "chat": 600.0, "sms": 3600.0, "email": 24 * 3600.0}
"""A customer's pause."""
OTHER_WAIT_SECONDS: Final = 60.0
OTHER_PAUSE_SECONDS: Final = 600.0
"""The same in channels that are not known here."""
