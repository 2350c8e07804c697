"""A driver that writes a frame in one go."""

from __future__ import annotations

from typing import Final

from textual.drivers.linux_driver import LinuxDriver

_BEGIN: Final = "\x1b[?2026h"
_END: Final = "\x1b[?2026l"
"""Textual writes these marks of synchronized output around a frame, where the terminal knows them."""
_PACKET: Final = 400
"""Bytes that arrive together on any line, and that a terminal reads in one go before it draws."""


class WholeFrames(LinuxDriver):
    """Holds what is written between the marks of a frame, and writes it at once.

    Else the thread that writes sends marks and frame as up to three packets, and a slow line shows a frame
    in parts. A frame that fits a packet needs no marks: they would be a tenth of a line down.
    """

    _held: list[str] | None = None

    def write(self, data: str) -> None:
        """Write, or keep for the end of the frame."""
        if data == _BEGIN:
            self._held = []
        if self._held is None:
            super().write(data)
            return
        self._held.append(data)
        if data == _END:
            self._release()

    def stop_application_mode(self) -> None:
        """Write first what is held: a signal may come in the middle of a frame."""
        self._release()
        super().stop_application_mode()

    def _release(self) -> None:
        held, self._held = self._held, None
        if not held:
            return
        if held[-1] == _END and len("".join(held[1:-1]).encode(errors="replace")) <= _PACKET:
            held = held[1:-1]
        if held:
            super().write("".join(held))
