"""The completion of zsh, with the help of each option beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from feather_tui.cli.completion.values import FILE, asked

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from feather_tui.cli.parser import Outline, Slot

# The end serves both ways of loading it: as a file in fpath, and by eval.
_FRAME = r"""#compdef feather-tui
# The completion of feather-tui for zsh; in ~/.zshrc, after compinit: eval "$(feather-tui completion zsh)"
_feather_tui_ask() {
    command feather-tui __complete "$@" </dev/null 2>/dev/null
}

_feather_tui() {
    local before=$words[CURRENT-1] command='' index
    local -a options commands candidates profile
    if [[ $PREFIX == --*=* ]]; then
        before=${PREFIX%%=*}
        compset -P '*='
    fi
    if (( CURRENT > 2 )); then
        case $words[2] in
            @commands@) command=$words[2] ;;
        esac
    fi
    for (( index = 2; index < CURRENT; index++ )); do
        case $words[index] in
            --profile) (( index + 1 < CURRENT )) && profile=(--profile "$words[index+1]") ;;
            --profile=*) profile=("$words[index]") ;;
        esac
    done
    case "$command $before" in
@values@
    esac
    case $command in
@slots@
    esac
    if [[ $PREFIX == -* ]]; then
        _describe -o option options
        return
    fi
    (( $#commands )) && _describe command commands
    (( $#candidates )) && compadd -V feather-tui -- $candidates
}

if [[ $funcstack[1] == _feather_tui ]]; then
    _feather_tui "$@"
else
    compdef _feather_tui feather-tui
fi
"""


def script(outlines: Sequence[Outline]) -> str:
    """Write the script."""
    commands = [outline for outline in outlines if outline.name]
    values = [line for outline in outlines for line in _values(outline)]
    slots = [line for outline in outlines for line in _slots(outline, commands)]
    return (
        _FRAME.replace("@commands@", "|".join(command.name for command in commands))
        .replace("@values@", "\n".join(values))
        .replace("@slots@", "\n".join(slots))
    )


def _values(outline: Outline) -> Iterator[str]:
    """Complete the value of an option that has just been written."""
    for option in outline.options:
        if option.value:
            places = "|".join(f"'{outline.name} {name}'" for name in option.names)
            yield f"        {places}) {_value(option)}; return ;;"


def _value(option: Slot) -> str:
    if option.value == FILE:
        return "_files"
    if asked(option):
        return f'compadd -- ${{(f)"$(_feather_tui_ask {asked(option)})"}}'
    return f"compadd -- {' '.join(option.choices)}" if option.choices else f"_message {option.value}"


def _slots(outline: Outline, commands: Sequence[Outline]) -> Iterator[str]:
    """Complete options and words of a command."""
    yield f"        {outline.name or repr('')})"
    described = " ".join(_described(name, option.help) for option in outline.options for name in option.names)
    yield f"            options=({described})"
    if not outline.name:
        named = " ".join(_described(command.name, command.description) for command in commands)
        yield f"            (( CURRENT == 2 )) && commands=({named})"
    for slot in outline.words:
        if asked(slot):
            yield (
                "            [[ $PREFIX == -* ]] ||"
                f' candidates=(${{(f)"$(_feather_tui_ask {asked(slot)} $profile)"}})'
            )
        else:
            yield f"            candidates=({' '.join(slot.choices)})"
    yield "            ;;"


def _described(name: str, text: str) -> str:
    """Write `name:text` as one word."""
    quoted = f"{name}:{text}".replace("'", "'\\''")
    return f"'{quoted}'"
