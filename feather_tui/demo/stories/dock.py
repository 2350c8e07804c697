"""A call of two hours and 2,000 rows: a dock worker reads return labels to the assistant, hands free.

The rows are made from lists of phrases by a seeded generator, so that every run tells the same call.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import timedelta
from typing import Final, TypeVar

from feather_tui.demo.builder import SessionBuilder
from feather_tui.demo.knowledge import RETURN_POLICY, RETURNS, verdict
from feather_tui.demo.records import moment
from feather_tui.demo.reply import Replies
from feather_tui.demo.shop import Document
from feather_tui.demo.stories.dock_phrases import (
    ANSWERS,
    CORRECTIONS,
    GRADES,
    INTERLUDES,
    PRODUCTS,
    READINGS,
    REMARKS,
    SAVED,
    UNSAVED,
)
from feather_tui.session.identity import SessionId

Phrase = TypeVar("Phrase", str, tuple[str, str])

_START: Final = "12:18:30"
_TIMED_OUT: Final = "upstream timed out after 30000 ms"
_TIMEOUTS_BEGIN: Final = moment("13:58:00")
_PALLETS: Final = 39
_LINES_OF_A_PALLET: Final = 24
_PAUSE_SECONDS: Final = (3.1, 8.55)
"""How long the worker takes to the next parcel: at least, at most."""
_REMARK_SHARE: Final = 0.3
_CORRECTION_SHARE: Final = 0.06


def dock_check_in(session_id: SessionId) -> Replies:
    """A dock worker reads 900 return labels aloud; the last pallets are confirmed, and never saved.

    First cause: `shop_register_returns`, which books refunds, timed out from 13:58 on.
    """
    call = SessionBuilder(session_id, channel="voice", started=_START)
    dock = _Dock(call)
    dock.greet()
    for pallet in range(1, _PALLETS + 1):
        dock.read(pallet)
        if pallet % 2:
            dock.pass_the_time(*INTERLUDES[pallet // 2])
    dock.run_out_of_time()
    call.set(customer_metadata={"employee": True, "site": "dock-3", "line": "hands-free", "shift": "late"})
    call.extraction(
        "14:19:21.400",
        status="completed",
        data={
            "site": "dock-3",
            "pallets": _PALLETS,
            "labels": {"read": dock.labels_read, "saved": dock.labels_saved},
        },
        tokens=(41_873, 63),
        ms=31_480,
    )
    return call.end("14:18:30.050", outcome="unresolved", reason="max_call_duration").replies()


class _Dock:
    """The dock while the call goes on: what time it is, which labels were read, which are saved."""

    def __init__(self, call: SessionBuilder) -> None:
        self._call = call
        self._chance = random.Random("dock 3")  # noqa: S311 - the same call in every run, nothing secret
        self._now = moment(_START)
        self._labels = sorted(range(61_000, 65_000), key=lambda _: self._chance.random())
        self._label = ""
        self._grade = ""
        self._pallet: list[Document] = []
        self._unsaved: list[int] = []
        self.labels_read = 0
        self.labels_saved = 0

    def greet(self) -> None:
        self._call.event(_START, "Call connected.")
        self._reply(0.9, "Copperlane, this is Juno. How can I help?")
        self._say("Hi Juno, dock three again. My hands are full, so I'll read you today's returns.")
        answer = self._later(1.1)
        self._call.assistant(
            answer, "Ready when you are. A is as new, B was opened, C is damaged. Pallet one, please.", ms=930
        ).search(RETURNS, RETURN_POLICY.chunks({21: 0.9, 22: 0.84}), ms=128, gate=verdict(0.79))

    def read(self, pallet: int) -> None:
        self._pallet = []
        for _ in range(_LINES_OF_A_PALLET - 1):
            if self._pallet and self._chance.random() < _CORRECTION_SHARE:
                self._correct()
            else:
                self._read_label()
        self._say(f"{self._next_label()}, {self._grade}. That was pallet {pallet}.")
        self._save(pallet)

    def pass_the_time(self, question: str, answer: str, away_seconds: float) -> None:
        self._say(question)
        self._reply(self._between(0.9, 1.5), answer)
        self._later(away_seconds)

    def run_out_of_time(self) -> None:
        self._say(
            f"My screen says {self.labels_saved} parcels. That can't be right, are the last pallets in?"
        )
        self._call.assistant(self._later(1.2), "Not yet. I'm saving them now.", ms=940).tool(
            "shop_register_returns",
            {"site": "dock-3", "pallets": self._unsaved},
            error=_TIMED_OUT,
            ms=30_003,
        )
        self._later(30.1)
        self._reply(1.3, "That did not work. I'm keeping the numbers and will try again later.")
        self._say("Later when? You cut me off after two hours, you know tha")
        self._call.event("14:18:30.000", "Maximum call duration of 2 h reached.")

    def _read_label(self) -> None:
        label = self._next_label()
        if self._chance.random() < _REMARK_SHARE:
            self._say(f"{label}, {self._grade}, {self._one_of(REMARKS)}.")
        else:
            reading = self._one_of(READINGS).format(
                label=label, product=self._one_of(PRODUCTS), grade=self._grade
            )
            self._say(f"{reading}.")
        answer = self._one_of(ANSWERS).format(label=label, grade=self._grade, count=self.labels_read)
        self._reply(self._between(0.7, 1.3), answer)

    def _correct(self) -> None:
        wrong, right = self._grade, self._one_of([grade for grade in "ABC" if grade != self._grade])
        asked, answered = self._one_of(CORRECTIONS)
        self._grade = self._pallet[-1]["grade"] = right
        self._say(asked.format(label=self._label, right=right, wrong=wrong))
        self._reply(self._between(0.8, 1.4), answered.format(label=self._label, right=right))

    def _save(self, pallet: int) -> None:
        labels = {"site": "dock-3", "pallet": pallet, "labels": self._pallet}
        save = self._call.assistant(self._later(1.0), f"Saving pallet {pallet}.", ms=700)
        if self._now < _TIMEOUTS_BEGIN:
            self.labels_saved += len(self._pallet)
            ms, phrases = int(self._between(380, 900)), SAVED
            result = {"registered": len(self._pallet), "total_today": self.labels_saved}
            save.tool("shop_register_returns", labels, result=result, ms=ms)
        else:
            self._unsaved.append(pallet)
            ms, phrases = 30_000 + int(self._between(1, 9)), UNSAVED
            save.tool("shop_register_returns", labels, error=_TIMED_OUT, ms=ms)
        self._later(ms / 1_000)
        self._reply(1.0, self._one_of(phrases).format(pallet=pallet))

    def _next_label(self) -> str:
        self._label = str(self._labels[self.labels_read])
        self._grade = self._one_of(GRADES)
        self._pallet.append({"label": f"RT-{self._label}", "grade": self._grade})
        self.labels_read += 1
        return self._label

    def _say(self, text: str) -> None:
        self._call.user(self._later(self._between(*_PAUSE_SECONDS)), text)

    def _reply(self, seconds: float, text: str) -> None:
        self._call.assistant(self._later(seconds), text, ms=int(seconds * 700))

    def _later(self, seconds: float) -> str:
        self._now += timedelta(seconds=seconds)
        return self._now.time().isoformat(timespec="milliseconds")

    def _between(self, least: float, most: float) -> float:
        return least + (most - least) * self._chance.random()

    def _one_of(self, phrases: Sequence[Phrase]) -> Phrase:
        return phrases[int(self._chance.random() * len(phrases))]
