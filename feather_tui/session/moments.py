"""Times of documents, which may be of any zone and at the very ends of the calendar."""

from __future__ import annotations

from datetime import UTC, datetime


def in_utc(moment: datetime) -> datetime:
    """Return an aware moment in UTC."""
    try:
        return moment.astimezone(UTC)
    except OverflowError:  # the calendar's first and last hours, which stand for "never", have no other zone
        return moment.replace(tzinfo=UTC)
