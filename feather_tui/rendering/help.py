"""The help page, made from the command records: where the reader is, every key, every sign."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, zip_longest

from feather_tui.command import Command, Overlay, Pane
from feather_tui.rendering.look import Glyphs, Look
from feather_tui.rendering.page.blocks import Block, RowsBlock
from feather_tui.rendering.row import BLANK, Row, cells, flow
from feather_tui.rendering.safe import safe
from feather_tui.rendering.wrap import wrap

_KEYS_WIDTH = 14


@dataclass(frozen=True, slots=True, kw_only=True)
class Topic:
    """A line of the help: keys or a sign, and what they do or mean. `also`: it is found by this as well."""

    lead: str
    text: str
    also: str = ""

    def says(self, words: Sequence[str]) -> bool:
        """Return whether each of the words, in lower case, is part of it."""
        said = f"{self.lead} {self.text} {self.also}".lower()
        return all(word in said for word in words)


@dataclass(frozen=True, slots=True, kw_only=True)
class HelpSection:
    """Topics under a title. `flowing`: side by side, as many to a line as there is room for."""

    title: str
    topics: tuple[Topic, ...]
    note: str = ""
    flowing: bool = False


def help_sections(place: Pane | Overlay, look: Look) -> list[HelpSection]:
    """Return the whole help for a reader who comes from `place`: what works there before what does not."""
    sections = [list(members) for _, members in groupby(look.commands, key=lambda command: command.section)]
    return [
        HelpSection(title="Where am I", note=f"in the {place}", topics=tuple(_panes(look))),
        HelpSection(title="Signs", topics=tuple(_signs(look.glyphs)), flowing=True),
        *(
            HelpSection(title=members[0].section, topics=tuple(map(_topic, members)))
            for members in sorted(sections, key=lambda members: _distance(members, place))
        ),
        HelpSection(title="What opens over the panes", topics=tuple(_overlays(look))),
    ]


def narrowed(sections: Sequence[HelpSection], typed: str) -> list[HelpSection]:
    """Return what of the help has every word that was typed; case does not count."""
    words = typed.lower().split()
    kept = (
        replace(section, topics=tuple(topic for topic in section.topics if topic.says(words)))
        for section in sections
    )
    return [section for section in kept if section.topics]


def count(sections: Sequence[HelpSection]) -> int:
    """Return the number of topics."""
    return sum(len(section.topics) for section in sections)


def help_blocks(sections: Sequence[HelpSection], look: Look) -> list[Block]:
    """Return sections as a page."""
    blocks: list[Block] = []
    for section in sections:
        note: Row = ((f"   {section.note}", "dim"),) if section.note else ()
        blocks.append(RowsBlock([((f" {section.title}", "strong"), *note)]))
        if section.flowing:
            parts: list[Row] = [
                ((topic.lead, "accent"), (f" {topic.text}", "text")) for topic in section.topics
            ]
            blocks.append(RowsBlock([((" " * 2, "text"), *row) for row in flow(parts, look.width - 4)]))
        else:
            blocks += [RowsBlock(_rows(topic, look)) for topic in section.topics]
        blocks.append(RowsBlock([BLANK]))
    return blocks


def _rows(topic: Topic, look: Look) -> list[Row]:
    keys = wrap(topic.lead, _KEYS_WIDTH)
    text = wrap(topic.text, look.width - _KEYS_WIDTH - 6)
    return [
        ((f"   {key}{' ' * (_KEYS_WIDTH - cells(key))} ", "accent"), (line, "text"))
        for key, line in zip_longest(keys, text, fillvalue="")
    ]


def _topic(command: Command) -> Topic:
    return Topic(lead=command.shown, text=command.help, also=f"{command.section} {command.id}")


def _distance(members: Sequence[Command], place: Pane | Overlay) -> int:
    """How far a section is from a place: about it alone, about it too, or about others."""
    if place is Overlay.FINDINGS:
        return 0 if any(command.id == "show_findings" for command in members) else 1
    if all(command.panes == {place} for command in members):
        return 0
    return 1 if any(place in command.places for command in members) else 2


def _panes(look: Look) -> Iterator[Topic]:
    texts = {
        look.key("show_lookup"): "lookup: the sessions known here, or status:error the API's; / searches",
        look.key("show_transcript"): "transcript: what was said and done, in order of time",
        look.key("show_extraction"): "extraction: the fields made of it, and where each was said",
        "above": "whose data, how it ended, the suspected first cause",
        "below": "what is loading, what failed, the place among findings",
    }
    for lead, text in texts.items():
        yield Topic(lead=lead, text=text)


def _signs(glyphs: Glyphs) -> Iterator[Topic]:
    meanings = {
        f"{glyphs.folded} {glyphs.unfolded}": "folded, unfolded",
        glyphs.good: "well",
        glyphs.bad: "failed, missing, wrong",
        glyphs.none: "neither, or not to be checked",
        glyphs.unknown: "not known, not found",
        glyphs.mark: "a finding: how bad",
        glyphs.flag: "marked by you",
        glyphs.warning: "mind this",
        glyphs.arrow: "leads to",
        glyphs.dash: "no value",
        glyphs.cursor: "the cursor",
        glyphs.thumb: "what part is in sight",
        "…": "cut",
        safe("\x1b <200B>"): "made harmless",
    }
    for sign, meaning in meanings.items():
        yield Topic(lead=sign, text=meaning)


def _overlays(look: Look) -> Iterator[Topic]:
    """What the keys do in each overlay, as its own footer says it."""
    for overlay in Overlay:
        here = [command for command in look.commands if command.word(overlay)]
        parts = [f"{look.key(command.id)} {command.word(overlay)}" for command in here]
        yield Topic(lead=overlay, text=", ".join(parts))
