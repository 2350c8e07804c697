"""What a command lists on standard output: a label and a value a line, made safe for the terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from feather_tui.rendering.safe import safe_line

if TYPE_CHECKING:
    from collections.abc import Sequence


def print_rows(rows: Sequence[tuple[str, str]]) -> None:
    """Print label and value of each row, the values in one column; a label is ASCII and ours."""
    width = max((len(label) for label, _ in rows), default=0)
    for label, value in rows:
        print(f"{label:<{width}}  {safe_line(value)}")


def came_from(source: str) -> str:
    """Write where a setting came from, as the end of a line: `(default)`, `(from --profile)`."""
    return "(default)" if source == "default" else f"(from {source})"


def print_line(text: str) -> None:
    """Print one line of text, which may quote a file name or a server."""
    print(safe_line(text))
