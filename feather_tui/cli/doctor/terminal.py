"""The terminal: is it one, how large, which colours, which encoding, and how a copy leaves it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from feather_tui.cli.doctor.check import Check, ok, warn
from feather_tui.terminal import ALL_COLOURS, NO_COLOURS, colours, is_utf8, locale_in_force

if TYPE_CHECKING:
    import os
    from collections.abc import Callable, Iterator, Mapping

_SMALLEST: Final = (40, 10)
_COMFORTABLE: Final = (80, 24)
_LOCAL_TOOLS: Final = (  # the variable without which it does not work, and the program
    ("WAYLAND_DISPLAY", "wl-copy"),
    ("DISPLAY", "xclip"),
    ("DISPLAY", "xsel"),
    ("", "pbcopy"),
)


def check_terminal(
    environ: Mapping[str, str], size: os.terminal_size | None, find_program: Callable[[str], str | None]
) -> Iterator[Check]:
    """Look at the terminal through its environment.

    `size` is None where standard output is no terminal; `find_program` is `shutil.which`.
    """
    yield _size(size)
    yield _colour(environ)
    yield _encoding(environ)
    yield _multiplexer(environ, find_program)
    yield _clipboard(environ, find_program)


def _size(size: os.terminal_size | None) -> Check:
    name = "terminal size"
    if size is None:
        return warn(
            name, "standard output is no terminal", "The screens need one; feather-tui show does without."
        )
    found = f"{size.columns} columns, {size.lines} lines"
    if size.columns < _SMALLEST[0] or size.lines < _SMALLEST[1]:
        return warn(name, found, "Make the window at least 40 columns and 10 lines, or use feather-tui show.")
    if size.columns < _COMFORTABLE[0] or size.lines < _COMFORTABLE[1]:
        return warn(name, found, "It works; 80 columns and 24 lines show more.")
    return ok(name, found)


def _colour(environ: Mapping[str, str]) -> Check:
    name, term = "colours", environ.get("TERM", "")
    found = colours(environ)
    if found == NO_COLOURS:
        return warn(
            name,
            f"TERM is {term or 'not set'}",
            "Set it to what your terminal is, such as xterm-256color.",
        )
    if environ.get("NO_COLOR"):
        return ok(name, f"none, as NO_COLOR asks (TERM {term})")
    if found == ALL_COLOURS:
        return ok(name, f"16 million (COLORTERM {environ['COLORTERM']}, TERM {term})")
    return ok(name, f"{found} (TERM {term})")


def _encoding(environ: Mapping[str, str]) -> Check:
    name, found = "encoding", locale_in_force(environ)
    if found is None:
        return warn(name, "no locale is set", "Set LANG to one with UTF-8, such as C.UTF-8.")
    variable, locale = found
    if is_utf8(locale):
        return ok(name, f"UTF-8 ({variable}={locale})")
    return warn(
        name,
        f"not UTF-8 ({variable}={locale}): only ASCII is shown",
        f"Set {variable} to one with UTF-8, such as C.UTF-8, if your terminal has it.",
    )


def _multiplexer(environ: Mapping[str, str], find_program: Callable[[str], str | None]) -> Check:
    name, term = "tmux", environ.get("TERM", "")
    if environ.get("TMUX"):
        if find_program("tmux"):
            return ok(name, "inside tmux")
        return warn(name, "inside tmux, whose program is not in PATH", "Put tmux in PATH: copying needs it.")
    if environ.get("STY"):
        return warn(name, "inside GNU screen, which drops what is copied", "Use tmux to copy.")
    if term.startswith(("tmux", "screen")):
        return warn(
            name,
            f"TERM {term} without TMUX: it seems to run on the machine you came from",
            "To copy from here, run there: tmux set -g set-clipboard on",
        )
    return ok(name, "not inside tmux")


def _clipboard(environ: Mapping[str, str], find_program: Callable[[str], str | None]) -> Check:
    name = "clipboard"
    if environ.get("TMUX") and find_program("tmux"):
        return ok(name, "through tmux load-buffer -w, which hands it on to your terminal")
    tools = (tool for needs, tool in _LOCAL_TOOLS if not needs or environ.get(needs))
    tool = next(filter(find_program, tools), None)
    return ok(
        name, f"through OSC 52, if your terminal allows it{f'; {tool} is here as well' if tool else ''}"
    )
