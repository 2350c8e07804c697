"""A screen that is shown over another one, for a while."""

from __future__ import annotations

from typing import TypeVar

from textual.await_complete import AwaitComplete
from textual.screen import Screen

Result = TypeVar("Result")


class PassingScreen(Screen[Result]):
    """Is left once, however fast keys come: Textual would leave whichever screen is on top by then."""

    def dismiss(self, result: Result | None = None) -> AwaitComplete:
        """Leave with a result, unless that has happened."""
        if self.app.screen is self:
            return super().dismiss(result)
        done: AwaitComplete = AwaitComplete.nothing()  # type: ignore[no-untyped-call] # Textual's own
        return done
