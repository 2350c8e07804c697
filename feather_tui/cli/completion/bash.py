"""The completion of bash, from 3.2 (macOS) on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from feather_tui.cli.completion.values import FILE, asked

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from feather_tui.cli.parser import Outline, Slot

# bash splits words at `=`, which is then a word of its own.
_FRAME = r"""# The completion of feather-tui for bash; in ~/.bashrc: eval "$(feather-tui completion bash)"
_feather_tui_ask() {
    command feather-tui __complete "$@" </dev/null 2>/dev/null
}

_feather_tui() {
    local IFS=$' \t\n' word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD - 1]}
    local command='' profile='' options='' words='' i
    COMPREPLY=()
    if [[ $word == = ]]; then
        word=''
    elif [[ $before == = ]]; then
        before=${COMP_WORDS[COMP_CWORD - 2]}
    fi
    if ((COMP_CWORD > 1)); then
        case ${COMP_WORDS[1]} in
            @commands@) command=${COMP_WORDS[1]} ;;
        esac
    fi
    for ((i = 1; i < COMP_CWORD - 1; i++)); do
        if [[ ${COMP_WORDS[i]} == --profile ]]; then
            profile=${COMP_WORDS[i + 1]}
            [[ $profile == = ]] && profile=${COMP_WORDS[i + 2]}
        fi
    done
    case "$command $before" in
@values@
    esac
    case $command in
@slots@
    esac
    [[ $word == -* ]] && words=$options
    COMPREPLY=($(compgen -W "$words" -- "$word"))
}
complete -o nosort -F _feather_tui feather-tui 2>/dev/null || complete -F _feather_tui feather-tui
"""
_SESSIONS = '$(_feather_tui_ask sessions ${profile:+--profile "$profile"})'


def script(outlines: Sequence[Outline]) -> str:
    """Write the script."""
    commands = [outline.name for outline in outlines if outline.name]
    values = [line for outline in outlines for line in _values(outline)]
    slots = [line for outline in outlines for line in _slots(outline, commands)]
    return (
        _FRAME.replace("@commands@", "|".join(commands))
        .replace("@values@", "\n".join(values))
        .replace("@slots@", "\n".join(slots))
    )


def _values(outline: Outline) -> Iterator[str]:
    """Complete the value of an option that has just been written."""
    for option in outline.options:
        if option.value:
            places = "|".join(f"'{outline.name} {name}'" for name in option.names)
            yield f"        {places}) {_value(option)} ;;"


def _value(option: Slot) -> str:
    if option.value == FILE:
        return "compopt -o default 2>/dev/null; return"
    words = f"$(_feather_tui_ask {asked(option)})" if asked(option) else " ".join(option.choices)
    return f'COMPREPLY=($(compgen -W "{words}" -- "$word")); return' if words else "return"


def _slots(outline: Outline, commands: Sequence[str]) -> Iterator[str]:
    """Complete options and words of a command."""
    yield f"        {outline.name or repr('')})"
    yield f"            options='{' '.join(name for option in outline.options for name in option.names)}'"
    if not outline.name:
        yield f"            ((COMP_CWORD == 1)) && words='{' '.join(commands)} '"
    for slot in outline.words:
        if asked(slot):
            yield f'            [[ $word == -* ]] || words+="{_SESSIONS}"'
        else:
            yield f"            words='{' '.join(slot.choices)}'"
    yield "            ;;"
