"""What a query of a table could go on with: its columns, and what the sessions have of them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from typing import Final

from feather_tui.session.line_words import WORD
from feather_tui.triage.case import Case
from feather_tui.triage.table import COLUMNS, SEVERITIES

_MOST_VALUES: Final = 50
_PLAIN: Final = re.compile(r'[^\s"=!][^\s"]*')
_BEGUN: Final = re.compile(r'(!?)(?:([a-z_]+):)?"?([^"]*)')


def values_of(cases: Iterable[Case], column: str) -> tuple[str, ...]:
    """Return what sessions have of a column, the most frequent first; of severities, the worst first."""
    if column == "worst":
        return tuple(reversed(SEVERITIES))
    counted = Counter(value for case in cases for value in COLUMNS[column](case))
    return tuple(value for value, _ in counted.most_common(_MOST_VALUES))


def suggest(text: str, values: Callable[[str], Sequence[str]]) -> list[str]:
    """Return what the line could become by going on with its last word. `values`: those of a column."""
    words = list(WORD.finditer(text))
    last = words[-1][0] if words and words[-1].end() == len(text) else ""
    before = text[: len(text) - len(last)]
    begun = _BEGUN.fullmatch(last)
    if begun is None:
        return []
    negation, column, word = begun.groups()
    if column is None:
        return [f"{before}{negation}{name}:" for name in COLUMNS if name.startswith(word)]
    if column not in COLUMNS:
        return []
    found = [value for value in values(column) if word.casefold() in value.casefold() and value != word]
    return [f"{before}{negation}{column}:{_written(value)}" for value in found if '"' not in value]


def _written(value: str) -> str:
    return value if _PLAIN.fullmatch(value) else f'"{value}"'
