"""Make the pictures of the README from the demo: `python3 screenshots/make.py`.

Needs the `test` extra installed. Each picture is the real app at a fixed size and time, driven by keys.
"""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Sequence
from pathlib import Path

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent / "tests"))

from robot import DESK, PHONE, demo_library, opened  # noqa: E402 - the path is set just above

from feather_tui.demo import incident  # noqa: E402 - as above
from feather_tui.rendering.masthead import Place  # noqa: E402 - as above
from feather_tui.ui.themes import THEMES  # noqa: E402 - as above

HEADSET = incident.session_id("headset-refund")
TO_THE_CALL = ("right_curly_bracket", *("j",) * 3)
PICTURES: dict[str, tuple[tuple[int, int], Sequence[str]]] = {
    "transcript": (DESK, ("right_square_bracket",)),
    "extraction": (DESK, ("3",)),
    "evidence": (DESK, ("right_curly_bracket", "right_curly_bracket", "x")),
    "lookup": (DESK, ("1", "down", "down", "down")),
    "board": (DESK, ("B", *("down",) * 9)),
    "small": (PHONE, TO_THE_CALL),
    "light": (DESK, ("right_square_bracket",)),
    "high-contrast": (PHONE, TO_THE_CALL),
}


async def make(name: str, size: tuple[int, int], keys: Sequence[str]) -> None:
    """Write one picture."""
    place = Place(profile="demo", host="made-up sessions, no network")
    listed = incident.session_ids() if name in {"lookup", "board"} else ()
    theme = name if name in THEMES else "ansi"
    async with opened(
        demo_library(), given=[HEADSET], listed=listed, size=size, place=place, theme=theme
    ) as robot:
        await robot.press(*keys)
        picture = robot.app.export_screenshot(title="feather-tui")
        (HERE / f"{name}.svg").write_text(picture, encoding="utf-8")


async def main() -> None:
    """Write all pictures."""
    for name, (size, keys) in PICTURES.items():
        await make(name, size, keys)


if __name__ == "__main__":
    asyncio.run(main())
