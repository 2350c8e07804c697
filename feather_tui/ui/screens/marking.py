"""The screen that narrows the transcript to what matters, and marks it for the incident note."""

from __future__ import annotations

from feather_tui.ui.screens.taking import TakingScreen


class MarkingScreen(TakingScreen):
    """Filters and marks entries; builds the incident note."""
