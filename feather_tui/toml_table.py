"""A table of a TOML file that knows its place, for the sentence about what is wrong in it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NoReturn

from feather_tui.errors import SettingsInvalid
from feather_tui.quoting import nearest, quoted

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from pathlib import Path


class Table:
    """One table of `file`. `place` is its dotted name, empty for the whole file.

    `vocabulary` tells the dotted keys of the whole file that are known, for a suggestion.
    """

    def __init__(
        self, file: Path, values: dict[str, Any], vocabulary: Callable[[], Sequence[str]], place: str = ""
    ) -> None:
        self.file = file
        self.place = place
        self._values = values
        self._vocabulary = vocabulary

    @property
    def keys(self) -> Iterable[str]:
        """The keys that are there."""
        return self._values.keys()

    def value(self, key: str, accepts: Callable[[object], bool], expected: str) -> Any | None:
        """Give the value of `key`, None if it is absent; SettingsInvalid if it is not acceptable."""
        found = self._values.get(key)
        if found is None or accepts(found):
            return found
        return self._refuse(f"{self._dotted(key)} is {quoted(found)}, expected {expected}.")

    def text(self, key: str, expected: str) -> str | None:
        """Give the text under `key`, None if it is absent; SettingsInvalid if it is something else."""
        return self.value(key, lambda value: isinstance(value, str), expected)

    def table(self, key: str) -> Table:
        """Give the table under `key`, empty if it is absent; SettingsInvalid if it is something else."""
        found = self._values.get(key, {})
        if not isinstance(found, dict):
            self._refuse(f"{self._dotted(key)} is {quoted(found)}, expected a table.")
        return Table(self.file, found, self._vocabulary, self._dotted(key))

    def refuse_all_but(self, *known: str) -> None:
        """Raise SettingsInvalid for the first key that is not one of `known`."""
        for key in self._values:
            if key not in known:
                dotted = self._dotted(key)
                near = nearest(dotted, self._vocabulary())
                self._refuse(f"unknown key {quoted(dotted)}; the nearest known key is {near}.")

    def _dotted(self, key: str) -> str:
        return f"{self.place}.{key}" if self.place else key

    def _refuse(self, reason: str) -> NoReturn:
        raise SettingsInvalid(f"{self.file}: {reason}", "Correct or remove it.")
