"""`feather-tui common REFERENCE...`: print what failing sessions share that others do not, and since when."""

from __future__ import annotations

import json
import shutil
import sys
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from feather_tui.cli.gathering import chosen, gather
from feather_tui.cli.wiring import desk
from feather_tui.export.common import onset_json, shared_json
from feather_tui.many import Loaded, Missing
from feather_tui.rendering.clock import Clock, count
from feather_tui.rendering.common import onset_rows, shared_rows, tally_rows
from feather_tui.rendering.look import Look
from feather_tui.rendering.row import BLANK, Row, text_of
from feather_tui.triage.common import Shared, shared, tallied
from feather_tui.triage.features import Feature
from feather_tui.triage.onset import Onset, onset
from feather_tui.triage.table import Narrowing

if TYPE_CHECKING:
    import argparse

    from feather_tui.triage.case import Case

_UNCUT: Final = 1 << 20
_MOST_ONSETS: Final = 3
_LEAST_SESSIONS: Final = 2
_COLUMNS_OF: Final = {
    Feature.TOOL_ERROR: {"tool", "error"},
    Feature.DOCUMENT: {"document"},
    Feature.KB: {"kb"},
    Feature.MODEL: {"model"},
    Feature.AGENT: {"agent"},
    Feature.GATE: {"gate"},
    Feature.CHANNEL: {"channel"},
    Feature.FIRST_CAUSE: {"cause"},
    Feature.REASON: {"reason"},
    Feature.HOUR: {"hour"},
}
"""By which columns of a query a feature is asked for."""


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
        self.others = [case for case in cases if case.session_id not in members]
        asked = narrowing.columns if narrowing else frozenset()
        self.shared: list[Shared] = shared(
            self.chosen,
            self.others,
            but={feature for feature, columns in _COLUMNS_OF.items() if columns & asked},
        )
        self.verb = "are kept by --where" if narrowing else "failed"
        self.onsets = list(self._onsets())

    def _onsets(self) -> Iterator[Onset]:
        """Yield those of the errors that stand out; with nothing to compare, of the most frequent ones."""
        counted = Counter(signature for case in self.cases for signature in case.errors)
        claimed = {row.value for row in self.shared if row.claimed and row.feature is Feature.TOOL_ERROR}
        several = [each for each, number in counted.most_common() if number >= _LEAST_SESSIONS]
        telling = [each for each in several if each.text in claimed] if self.others else several
        for signature in telling[:_MOST_ONSETS]:
            found = onset(self.cases, signature)
            if found is not None:
                yield found

    def as_json(self) -> dict[str, object]:
        """Return everything that was compared, claimed or not, and what several of the chosen have."""
        return {
            "sessions": len(self.cases),
            "chosen": len(self.chosen),
            "shared": [shared_json(row) for row in self.shared],
            "chosen_have": [
                {"feature": feature.value, "value": value, "n": number}
                for feature, value, number in tallied(self.chosen)
            ],
            "onsets": [onset_json(each) for each in self.onsets],
        }

    def as_text(self) -> str:
        width = shutil.get_terminal_size().columns if sys.stdout.isatty() else _UNCUT
        return "\n".join(map(text_of, self._rows(Look(width=width, clock=Clock(now=datetime.now(UTC))))))

    def _rows(self, look: Look) -> Iterator[Row]:
        chosen, total = count(len(self.chosen)), count(len(self.cases))
        if not self.chosen:
            yield (
                (f"None of {total} sessions {self.verb}: there is nothing that they could share.", "text"),
            )
            return
        if self.others:
            said = f"{chosen} of {total} sessions {self.verb}. What these share that the others do not:"
            yield ((said, "text"),)
            yield BLANK
            yield from shared_rows(self.shared, look)
        else:
            said = f"All of {total} sessions {self.verb}, so that there is nothing to compare them with."
            yield ((said, "text"),)
            yield (("Give other sessions of the same time too. What several have:", "text"),)
            yield BLANK
            yield from tally_rows(tallied(self.chosen), len(self.chosen), look)
        for each in self.onsets:
            yield BLANK
            yield from onset_rows(each, look)
