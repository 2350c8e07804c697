"""The README's table of keys: `python3 -m feather_tui.rendering.key_table` prints it."""

from __future__ import annotations

from feather_tui.commands import COMMANDS


def key_table() -> str:
    """Return the table in Markdown, a row a command."""
    rows = [f"| `{command.shown}` | {command.section.lower()}: {command.help} |" for command in COMMANDS]
    return "\n".join(["| Key | What it does |", "|---|---|", *rows])


if __name__ == "__main__":
    print(key_table())  # noqa: T201 - printing is what it is for
