"""Whether Textual's private parts are as this room takes them to be."""

from __future__ import annotations

import inspect
from collections.abc import Iterator

from textual.app import App
from textual.geometry import Region
from textual.strip import Strip


def obstacle() -> str:
    """Return what keeps differences from being written with the Textual that is installed, or ""."""
    try:
        return next(_differences(), "")
    except ImportError as error:
        return str(error)


def _differences() -> Iterator[str]:
    from rich.cells import split_graphemes
    from textual._compositor import ChopsUpdate, CompositorUpdate, LayoutUpdate

    for function, parameters in (
        (App._display, "self screen renderable"),  # noqa: SLF001 - the one part that is overridden
        (CompositorUpdate.render_segments, "self console"),
        (LayoutUpdate.__init__, "self strips region"),
        (ChopsUpdate.__init__, "self chops spans chop_ends"),
        (Strip.render_ansi, "style color_system"),
        (split_graphemes, "text unicode_version"),
    ):
        if " ".join(inspect.signature(function).parameters) != parameters:
            yield f"{function.__qualname__} takes other parameters"
    for update, attributes in (
        (LayoutUpdate([], Region(0, 0, 1, 1)), ("strips", "region")),
        (ChopsUpdate([], [], []), ("chops", "spans", "chop_ends")),
    ):
        for attribute in attributes:
            if not hasattr(update, attribute):
                yield f"{type(update).__name__} has no {attribute}"
