"""Whether the private parts of Textual that this room stands on are what it takes them for."""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from types import ModuleType

from rich import cells
from textual.app import App
from textual.geometry import Region
from textual.strip import Strip


def obstacle() -> str:
    """Return what keeps differences from being written with the Textual and Rich installed here, or ""."""
    try:
        return next(_obstacles(), "")
    except ImportError as error:
        return str(error)


def _obstacles() -> Iterator[str]:
    from textual._compositor import ChopsUpdate, CompositorUpdate, LayoutUpdate  # they may be gone

    yield from _function(App, "_display", "self screen renderable")
    yield from _function(CompositorUpdate, "render_segments", "self console")
    yield from _function(LayoutUpdate, "__init__", "self strips region")
    yield from _function(ChopsUpdate, "__init__", "self chops spans chop_ends")
    yield from _function(Strip, "render_ansi", "style color_system")
    yield from _function(cells, "split_graphemes", "text unicode_version")
    yield from _attributes(LayoutUpdate([], Region(0, 0, 1, 1)), "strips", "region")
    yield from _attributes(ChopsUpdate([], [], []), "chops", "spans", "chop_ends")


def _function(owner: type | ModuleType, name: str, parameters: str) -> Iterator[str]:
    function = getattr(owner, name, None)
    if function is None:
        yield f"{owner.__name__} has no {name}"
    elif " ".join(inspect.signature(function).parameters) != parameters:
        yield f"{owner.__name__}.{name} takes other parameters"


def _attributes(update: object, *names: str) -> Iterator[str]:
    yield from (f"{type(update).__name__} has no {name}" for name in names if not hasattr(update, name))
