"""`feather-tui common REFERENCE...`: print what failing sessions share that others do not, and since when."""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from feather_tui.cli.gathering import chosen, gather
from feather_tui.cli.wiring import desk
from feather_tui.export.common import onset_json, shared_json
from feather_tui.many import Loaded, Missing
from feather_tui.rendering.clock import Clock
from feather_tui.rendering.common import Commonality, common_blocks
from feather_tui.rendering.look import Look
from feather_tui.rendering.onset import onset_blocks
from feather_tui.rendering.page.blocks import Block, RowsBlock
from feather_tui.rendering.row import BLANK, text_of
from feather_tui.triage.common import tallied
from feather_tui.triage.features import Feature, features_asked
from feather_tui.triage.onset import Onset, frequent, onset
from feather_tui.triage.table import Narrowing

if TYPE_CHECKING:
    import argparse

    from feather_tui.triage.case import Case

_UNCUT: Final = 1 << 20
_MOST_ONSETS: Final = 3
_LEAST_SESSIONS: Final = 2


def run(arguments: argparse.Namespace) -> int:
    """Print the comparison of those that came; return as `gathering.gather` does.

    Raises ReferenceUnreadable, UsageError, SettingsInvalid, KeyMissing, KeyUnusable.
    """
    narrowing = Narrowing.parse(arguments.where) if arguments.where else None
    cases: list[Case] = []

    def take(outcome: Loaded | Missing) -> None:
        if isinstance(outcome, Loaded):
            cases.append(outcome.case)

    with desk(arguments) as on_desk:
        status = gather(arguments, on_desk, chosen(arguments, on_desk), take)
        compared = _Compared(cases, narrowing)
        if arguments.format == "json":
            print(json.dumps(compared.as_json(), indent=2))
        else:
            print(on_desk.display.text_of(compared.as_text))
    return status


class _Compared:
    """Some sessions beside the others: those that failed, or those that were asked for.

    What was asked for in a column is not told as something in common.
    """

    def __init__(self, cases: list[Case], narrowing: Narrowing | None) -> None:
        self.cases = cases
        self.chosen = [case for case in cases if (narrowing.keeps(case) if narrowing else case.failed)]
        members = {case.session_id for case in self.chosen}
        others = [case for case in cases if case.session_id not in members]
        asked = features_asked(narrowing.columns if narrowing else ())
        verb = "are kept by --where" if narrowing else "failed"
        self.found = Commonality.of(self.chosen, others, verb, asked)
        self.onsets = list(self._onsets())

    def _onsets(self) -> Iterator[Onset]:
        """Yield those of the errors that stand out; with nothing to compare, of the most frequent ones."""
        claimed = {row.value for row in self.found.claimed if row.feature is Feature.TOOL_ERROR}
        several = [each for each, number in frequent(self.cases) if number >= _LEAST_SESSIONS]
        telling = [each for each in several if each.text in claimed] if self.found.others else several
        for signature in telling[:_MOST_ONSETS]:
            found = onset(self.cases, signature)
            if found is not None:
                yield found

    def as_json(self) -> dict[str, object]:
        """Return everything that was compared, claimed or not, and what several of the chosen have."""
        return {
            "sessions": len(self.cases),
            "chosen": len(self.chosen),
            "shared": [shared_json(row) for row in self.found.rows],
            "chosen_have": [
                {"feature": feature.value, "value": value, "n": number}
                for feature, value, number in tallied(self.chosen)
            ],
            "onsets": [onset_json(each) for each in self.onsets],
        }

    def as_text(self) -> str:
        """Return the pages of both questions, one below the other."""
        width = shutil.get_terminal_size().columns if sys.stdout.isatty() else _UNCUT
        look = Look(width=width, clock=Clock(now=datetime.now(UTC)))
        rows = (row for block in self._blocks(look) for row in block.rows(look, expanded=False, parts=1))
        return "\n".join(map(text_of, rows))

    def _blocks(self, look: Look) -> Iterator[Block]:
        yield from common_blocks(self.found, look)
        for each in self.onsets:
            yield from (RowsBlock([BLANK]), *onset_blocks(each, look))
