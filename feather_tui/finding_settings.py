"""`[findings]` of config.toml: the thresholds of the rules, and whether wording is read."""

from __future__ import annotations

from dataclasses import MISSING, fields
from typing import TYPE_CHECKING, Any, Final

from feather_tui.findings.thresholds import Limit, Thresholds, Wording

if TYPE_CHECKING:
    from collections.abc import Mapping

    from feather_tui.toml_table import Table

WORDING: Final = "wording"
NUMBERS: Final[Mapping[str, float]] = {
    field.name: field.default
    for field in fields(Thresholds)
    if field.default is not MISSING and isinstance(field.default, int | float)
}
"""The thresholds that are one number each, with their defaults."""

_TABLES: Final = ("reply_ms", "wait_seconds", "pause_seconds")
_NO_WORDING: Final = Wording(
    repeats=False, frustration=False, human=False, admissions=False, courtesies=False
)
_PAIR: Final = "two numbers: from when on it is worth a look, and bad"


def threshold_keys() -> tuple[str, ...]:
    """Return the dotted keys of the table, for the help and for what is misspelt."""
    return tuple(f"findings.{name}" for name in (WORDING, "tool_ms", *_TABLES, *NUMBERS))


def thresholds_from(table: Table) -> Thresholds:
    """Return the thresholds as a table changes them. Raises SettingsInvalid, naming the key.

    Keys: each of `NUMBERS`; `tool_ms` = [slow, bad]; `reply_ms` and `wait_seconds`, by channel, the same;
    `pause_seconds` by channel; `wording` = false for rules that read no wording.
    """
    table.refuse_all_but(WORDING, "tool_ms", *_TABLES, *NUMBERS)
    changed: dict[str, Any] = {
        name: table.value(name, _is_number, "a number from 0 on") for name in NUMBERS if name in table.keys
    }
    if "tool_ms" in table.keys:
        changed["tool_ms"] = _limit(table, "tool_ms")
    for name in _TABLES:
        changed |= _by_channel(table, name)
    if table.value(WORDING, _is_switch, "true or false") is False:
        changed[WORDING] = _NO_WORDING
    return Thresholds(**changed)


def _by_channel(table: Table, name: str) -> dict[str, Mapping[str, Any]]:
    """Return one threshold whose numbers depend on the channel; channels that are not named keep theirs."""
    channels = table.table(name)
    if not channels.keys:
        return {}
    read = _number if name == "pause_seconds" else _limit
    defaults: Mapping[str, Any] = getattr(Thresholds(), name)
    return {name: {**defaults, **{channel: read(channels, channel) for channel in channels.keys}}}


def _limit(table: Table, key: str) -> Limit:
    slow, bad = table.value(key, _is_pair, _PAIR) or (0, 0)
    return Limit(float(slow), float(bad))


def _number(table: Table, key: str) -> float:
    return float(table.value(key, _is_number, "a number from 0 on") or 0)


def _is_number(value: object) -> bool:
    return type(value) in {int, float} and 0 <= value < float("inf")  # type: ignore[operator] # a number by now


def _is_pair(value: object) -> bool:
    return isinstance(value, list) and len(value) == len(("slow", "bad")) and all(map(_is_number, value))


def _is_switch(value: object) -> bool:
    return isinstance(value, bool)
