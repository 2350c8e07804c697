"""What a filter keeps of an export, and the sentence that says what it leaves out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from feather_tui.export.document import Shown
from feather_tui.export.masking.masker import Masker
from feather_tui.rendering.places import Places
from feather_tui.session.filter import EntryFilter
from feather_tui.session.kept import Kept
from feather_tui.session.timeline import Entry


def kept_of(shown: Shown, by: EntryFilter) -> Kept | None:
    """Return what a filter keeps of the transcript; None where there is none."""
    if shown.copy is None:
        return None
    found = shown.assessment.findings.found if shown.assessment else ()
    return Kept.of(shown.copy.timeline, by, Places(shown.copy.timeline).worst(found))


def kept_entries(timeline: Sequence[Entry], kept: Kept | None) -> Iterable[Entry]:
    """Return the entries that were kept, all without a filter."""
    return timeline if kept is None else [timeline[position] for position in kept.positions]


def left_out(kept: Kept) -> str:
    """Return filter and counts, such as `only errors: 12 of 240 entries are here, 228 are left out`."""
    number = len(kept.positions)
    return (
        f"{kept.by.description}: {number} of {kept.entries} entries {'is' if number == 1 else 'are'} here, "
        f"{kept.hidden} {'is' if kept.hidden == 1 else 'are'} left out; summary, findings and extraction "
        "are of the whole session"
    )


def masked_names(kept: Kept, masker: Masker) -> Kept:
    """Return what is kept with the names in its filter masked as those in the session are."""
    mask = masker.identifier
    roles, tools = frozenset(map(mask, kept.by.roles)), frozenset(map(mask, kept.by.tools))
    return replace(kept, by=replace(kept.by, roles=roles, tools=tools))
