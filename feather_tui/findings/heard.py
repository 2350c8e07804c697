"""What the customer's messages say by their wording: each is split into its words once, for all rules."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from feather_tui.findings.repeats import Group, Repeats
from feather_tui.findings.rows import Said
from feather_tui.findings.thresholds import Thresholds
from feather_tui.findings.wording import lexicon, worded


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """By row: the phrase that asks for a person, the phrase that has had enough; and what was said again."""

    requests: dict[int, str]
    complaints: dict[int, str]
    repeated: tuple[Group, ...]


def hear(users: Iterable[Said], thresholds: Thresholds, is_courtesy: Callable[[Said], bool]) -> Heard:
    """Return what the customer's rows say, as far as the thresholds let wording be read.

    Time is linear in the rows; no more than a window of them is kept split into words.
    """
    wording = thresholds.wording
    human = lexicon(wording.human_words) if wording.human else None
    fed_up = lexicon(wording.frustration_words) if wording.frustration else None
    repeats = Repeats(thresholds, is_courtesy) if wording.repeats else None
    requests: dict[int, str] = {}
    complaints: dict[int, str] = {}
    for said in users:
        text = worded(said.message.content)
        if human is not None and (phrase := human.find_in(text)):
            requests[said.row] = phrase
        if fed_up is not None and (phrase := fed_up.find_in(text)):
            complaints[said.row] = phrase
        if repeats is not None:
            repeats.take(said, text)
    return Heard(requests=requests, complaints=complaints, repeated=repeats.groups if repeats else ())
