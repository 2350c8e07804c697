"""One question on its way: counts its tries, and reports them."""

from __future__ import annotations

from contextlib import nullcontext
from typing import TYPE_CHECKING

from feather_tui.api.progress import Progress, Stage
from feather_tui.errors import TimedOut

if TYPE_CHECKING:
    from contextlib import AbstractAsyncContextManager

    from feather_tui.address import BaseUrl
    from feather_tui.api.pace import Pace
    from feather_tui.api.progress import Report
    from feather_tui.api.questions import Question


class Errand:
    """A question, how often it was asked, and how far the answer has come.

    Without a `report`, or for a question that is no document, nobody is told. With a `pace`, it takes a
    turn of it, and its tries are as far apart.
    """

    def __init__(self, question: Question, report: Report | None = None, *, pace: Pace | None = None) -> None:
        self.question = question
        self._pace = pace
        self.attempt = 0
        self._report = report
        self._received = 0
        self._last_reason = ""

    def turn(self) -> AbstractAsyncContextManager[None]:
        """Wait until it may be asked, and keep others of its sort from being asked meanwhile."""
        return nullcontext() if self._pace is None else self._pace.turn()

    @property
    def least_pause(self) -> float:
        """Seconds between two tries at least."""
        return 0.0 if self._pace is None else self._pace.seconds

    def asking(self) -> None:
        """Begin the next try."""
        self.attempt += 1
        self._tell(Stage.ASKING)

    def receiving(self, received: int) -> None:
        """Note the decoded bytes that this try has brought."""
        self._received = received
        self._tell(Stage.RECEIVING)

    def waiting(self, seconds: float, reason: str) -> None:
        """Begin the pause before the next try."""
        self._received = 0
        self._last_reason = reason
        self._tell(Stage.WAITING, attempt=self.attempt + 1, wait_seconds=seconds, reason=reason)

    def timed_out(self, base_url: BaseUrl, deadline: float) -> TimedOut:
        """Say that the deadline (seconds) has passed, and how far the errand had come."""
        came = f"{self._received:,} bytes had come" if self._received else "nothing had come"
        last = f", after {self._last_reason}" if self._last_reason else ""
        return TimedOut(
            f"The {self.question.subject} did not come from {base_url.origin} within {deadline:g} s: "
            f"{came} on try {self.attempt}{last}.",
            "Try again; for a slow network raise deadline_seconds under [network] in config.toml.",
        )

    def _tell(
        self, stage: Stage, *, attempt: int | None = None, wait_seconds: float = 0.0, reason: str = ""
    ) -> None:
        if self._report is None or self.question.kind is None:
            return
        self._report(
            Progress(
                kind=self.question.kind,
                stage=stage,
                received=self._received,
                attempt=attempt or self.attempt,
                wait_seconds=wait_seconds,
                reason=reason,
            )
        )
