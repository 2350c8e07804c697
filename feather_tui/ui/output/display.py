"""The application's side: frames are written as differences, if nothing stands in the way."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from textual import events, on
from textual.app import App

from feather_tui.ui.output.textual_parts import obstacle

if TYPE_CHECKING:
    from rich.console import RenderableType
    from textual.screen import Screen

    from feather_tui.ui.output.cells import Sight
    from feather_tui.ui.output.frames import Frame, Frames

Result = TypeVar("Result")


class DifferenceApp(App[Result]):
    """An application that writes only what changed, once `write_differences` was called.

    Textual goes on deciding when there is a frame, whether it is written, and where the cursor is put. Only
    the text of a frame is another one.
    """

    _frames: Frames | None = None
    _held = False
    _whole = False
    _offered = False
    _typed: tuple[events.Event, ...] = ()

    def write_differences(self, sight: Sight | None = None, *, whole: bool = False) -> None:
        """Write differences from now on, where Textual is as expected; to be called before the app runs.

        `sight` is what the terminal shows already. It stays until `show_frames`: what comes before is less,
        and who sees a page of text presses keys that are about a page of text. `whole`: it is such a page.
        """
        if not obstacle():
            from feather_tui.ui.output.frames import Frames  # the private parts just looked at are there

            self._frames = Frames(self.console, sight)
            self._held, self._whole = sight is not None, whole

    def offer_frames(self) -> None:
        """Show frames to whoever has nothing to read so far, or has pressed a key, or will."""
        self._offered = True
        if self._typed or not self._whole:
            self.show_frames()

    def show_frames(self) -> None:
        """Show what the screen has become by now, if that was held back."""
        if self._held:
            self._held = False
            self.screen.refresh()
            for event in self._typed:
                self.post_message(event)
            self._typed = ()

    async def on_event(self, event: events.Event) -> None:
        """Keep for later what is typed while frames are held back."""
        if self._held and isinstance(event, events.Key | events.Paste):
            self._typed += (event,)
            if self._offered:
                self.show_frames()
        else:
            await super().on_event(event)

    def action_redraw(self) -> None:
        """Write the whole screen again: another program may have written to the terminal."""
        if self._frames is not None:
            self._frames.forget()
        self.screen.refresh()

    @on(events.Mount)
    def _redraw_when_resumed(self) -> None:
        self.app_resume_signal.subscribe(self, lambda _: self.action_redraw())

    def _display(self, screen: Screen[object], renderable: RenderableType | None) -> None:
        frame = self._instead_of(screen, renderable)
        super()._display(screen, frame)  # type: ignore[arg-type] # all it asks for is a CompositorUpdate

    def _instead_of(self, screen: Screen[object], frame: RenderableType | None) -> Frame | None:
        """Return what is displayed instead of a frame."""
        if self._frames is None or frame is None or self.is_headless or self.is_inline:
            return frame
        if self._held:
            return None
        written = self._frames.instead_of(frame, self.cursor_position)
        if written is frame:
            screen.refresh()  # by a whole frame the screen is known again
        return written
