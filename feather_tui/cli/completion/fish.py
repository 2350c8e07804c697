"""The completion of fish, with the help of each option beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from feather_tui.cli.completion.values import FILE, asked

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from feather_tui.cli.parser import Outline, Slot

_FRAME = r"""# The completion of feather-tui for fish, for ~/.config/fish/completions/feather-tui.fish
function __feather_tui_ask
    command feather-tui __complete $argv </dev/null 2>/dev/null
end

function __feather_tui_in
    set -l words (commandline -opc)
    set -l command ''
    if set -q words[2]; and contains -- $words[2] @commands@
        set command $words[2]
    end
    test "$command" = "$argv[1]"
end

function __feather_tui_first
    test (count (commandline -opc)) -eq 1
end

function __feather_tui_profile
    set -l words (commandline -opc)
    for index in (seq (count $words))
        switch $words[$index]
            case --profile
                set -l next (math $index + 1)
                set -q words[$next]; and printf '%s\n' --profile $words[$next]
            case '--profile=*'
                printf '%s\n' $words[$index]
        end
    end
end

complete -c feather-tui -f
@lines@
"""


def script(outlines: Sequence[Outline]) -> str:
    """Write the script."""
    commands = [outline for outline in outlines if outline.name]
    lines = [
        f"complete -c feather-tui -n __feather_tui_first -a {command.name} -d {_quoted(command.description)}"
        for command in commands
    ]
    for outline in outlines:
        lines += _options(outline)
        lines += _words(outline)
    return _FRAME.replace("@commands@", " ".join(command.name for command in commands)).replace(
        "@lines@", "\n".join(lines)
    )


def _options(outline: Outline) -> Iterator[str]:
    for option in outline.options:
        names = " ".join(
            f"-l {name[2:]}" if name.startswith("--") else f"-s {name[1:]}" for name in option.names
        )
        yield f"{_here(outline)} {names}{_value(option)} -d {_quoted(option.help)}"


def _value(option: Slot) -> str:
    """Complete the value of an option."""
    if option.value == FILE:
        return " -r -F"
    if asked(option):
        return f" -x -a '(__feather_tui_ask {asked(option)})'"
    if option.choices:
        return f" -x -a {_quoted(' '.join(option.choices))}"
    return " -x" if option.value else ""


def _words(outline: Outline) -> Iterator[str]:
    for slot in outline.words:
        if asked(slot):
            yield f"{_here(outline)} -k -a '(__feather_tui_ask {asked(slot)} (__feather_tui_profile))'"
        else:
            yield f"{_here(outline)} -a {_quoted(' '.join(slot.choices))}"


def _here(outline: Outline) -> str:
    return f'complete -c feather-tui -n "__feather_tui_in {outline.name or repr("")}"'


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace("'", "\\'")
    return f"'{escaped}'"
