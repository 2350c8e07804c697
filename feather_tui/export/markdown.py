"""A session as Markdown fit for an incident channel: the verdict, then what was said and done.

Text of the session is quoted and its markup escaped; a fence is longer than any run of backticks in it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime

from feather_tui.arrivals import SessionCopy
from feather_tui.export.document import Shown
from feather_tui.export.filtered import kept_entries, left_out
from feather_tui.rendering.clock import Clock, duration, iso, latency
from feather_tui.rendering.extraction import extraction_blocks
from feather_tui.rendering.header import verdict_rows
from feather_tui.rendering.look import Look
from feather_tui.rendering.row import text_of
from feather_tui.rendering.safe import only_ascii, safe, safe_line
from feather_tui.session.kept import Kept
from feather_tui.session.timeline import (
    CallEntry,
    EndEntry,
    Entry,
    ExposureEntry,
    HandoffEntry,
    MessageEntry,
    RetrievalEntry,
    SilenceEntry,
    UnlinkedEntry,
)

_MARKUP = re.compile(
    r"[\\`*\[\]<|~]"  # has a meaning anywhere
    r"|(?<![^\W_])_|_(?![^\W_])"  # but within a word
    r"|&(?=#?\w+;)"  # an entity
    r"|^\s*[#>+=-]|(?<=\d)[.)](?=\s|$)"  # where a line begins, or a number ends
)
_BACKTICKS = re.compile("`+")
_LOOK = Look(width=100, clock=Clock(now=datetime(1970, 1, 1, tzinfo=UTC)))
_FENCED_CHARACTERS = 4_000
_KINDS: dict[str, tuple[type[Entry], ...]] = {
    "tools": (CallEntry,),
    "rag": (RetrievalEntry, ExposureEntry),
}


@only_ascii(when=False)
def markdown(shown: Shown, only: str | None, kept: Kept | None = None) -> str:
    """Return the session, or the part of it that `only` names; of the transcript what a filter kept."""
    return "\n".join(_lines(shown, only, kept)) + "\n"


def _lines(shown: Shown, only: str | None, kept: Kept | None) -> Iterator[str]:
    if shown.copy is not None:
        if only in {None, "summary"}:
            yield from summary_lines(shown, shown.copy)
        if kept is not None:
            yield f"**Filter:** {escaped(safe_line(left_out(kept)))}"
            yield ""
        if only in {None, "findings"}:
            yield from findings_lines(shown)
        if only not in {"summary", "findings", "extraction"}:
            kinds = _KINDS.get(only or "")
            entries = kept_entries(shown.copy.timeline, kept)
            yield from _transcript([e for e in entries if kinds is None or isinstance(e, kinds)])
    if only in {None, "extraction"}:
        yield from _extraction(shown)


def summary_lines(shown: Shown, copy: SessionCopy) -> Iterator[str]:
    """Yield which session this is, how it went, how old the copy is, and how to open it."""
    summary = copy.summary
    yield f"## Session `{shown.session_id}`"
    yield ""
    for row in verdict_rows(summary, _LOOK):
        yield f"{escaped(text_of(row).strip())}  "
    if summary.gaps:
        yield f"**Not captured:** {escaped(safe_line(', '.join(summary.gaps)))} (absence proves nothing)  "
    yield f"fetched {iso(copy.provenance.fetched_at)} · `feather-tui {shown.session_id}` opens it"
    yield ""


def findings_lines(shown: Shown) -> Iterator[str]:
    """Yield the suspicion and the findings, nothing if the rules have not looked."""
    if shown.assessment is None:
        return
    findings, verdict = shown.assessment.findings, shown.assessment.verdict
    label = "Suspected (a suspicion, not a proof)" if verdict.causes else "Verdict"
    yield f"**{label}:** {escaped(safe_line(verdict.sentence))}"
    yield ""
    for finding in findings.found:
        when = f"{iso(finding.at)} " if finding.at else ""
        heuristic = "*heuristic* " if finding.heuristic else ""
        yield f"- **{finding.severity.label}** {when}{heuristic}{escaped(safe_line(finding.message))}"
    for case in findings.not_evaluated:
        yield f"- not evaluated: {escaped(safe_line(f'{case.rule}, {case.because}'))}"
    yield ""


def _transcript(entries: list[Entry]) -> Iterator[str]:
    if not entries:
        yield "*none to show*"
    for entry in entries:
        yield from entry_lines(entry)


def entry_lines(entry: Entry) -> Iterator[str]:
    """Yield one entry of the timeline, with a blank line behind it."""
    match entry:
        case MessageEntry(message=message):
            yield f"**{iso(message.timestamp)} {escaped(safe_line(message.role))}**"
            yield from (f"> {escaped(line)}" for line in safe(message.content).split("\n"))
            if message.truncated:
                yield "> *(cut by the platform)*"
            yield ""
        case CallEntry():
            yield from _call(entry)
        case RetrievalEntry() | ExposureEntry() | HandoffEntry():
            yield f"- {escaped(_one_line(entry))}"
            yield ""
        case SilenceEntry(seconds=seconds, waiting=waiting):
            yield f"*{'customer waited' if waiting else 'silence of'} {duration(seconds)}*"
            yield ""
        case EndEntry(at=at, outcome=outcome, reason=reason):
            when = iso(at) or "at a time not recorded"
            said = f"ended {when}: {outcome or 'no outcome'} / {reason or 'no reason'}"
            yield f"*{escaped(safe_line(said))}*"
            yield ""
        case UnlinkedEntry(count=count):
            yield f"*unlinked records: {count}*"
            yield ""


def _call(entry: CallEntry) -> Iterator[str]:
    call = entry.call
    took = f", {latency(call.latency_ms)}" if call.latency_ms is not None else ""
    yield f"- tool **{escaped(safe_line(call.name))}**: {call.state}{took}"
    yield from _fenced("arguments", call.arguments)
    if call.error is not None:
        yield from _fenced("error", call.error)
    if call.output is not None:
        yield from _fenced("result", call.output)
    yield ""


def _fenced(label: str, text: str) -> Iterator[str]:
    shown = safe(text[:_FENCED_CHARACTERS])
    fence = "`" * max(3, 1 + max((len(run) for run in _BACKTICKS.findall(shown)), default=0))
    yield f"  {label}"
    yield f"  {fence}"
    yield from (f"  {line}" for line in shown.split("\n"))
    yield f"  {fence}"
    if len(text) > _FENCED_CHARACTERS:
        left = len(text) - _FENCED_CHARACTERS
        yield f"  *({left} of {len(text)} characters left out; `--format text` has all)*"


def _one_line(entry: RetrievalEntry | ExposureEntry | HandoffEntry) -> str:
    from feather_tui.rendering.transcript import EntryBlock

    rows = EntryBlock(entry, spaced=False).rows(_LOOK, expanded=False, parts=1)
    return " ".join(text_of(rows[0]).split()).removeprefix(f"{_LOOK.glyphs.folded} ")


def _extraction(shown: Shown) -> Iterator[str]:
    yield "### Extraction"
    yield ""
    if shown.extraction is None:
        yield "none to show"
        return
    copy = shown.extraction
    freshness = f"fetched {iso(copy.provenance.fetched_at)}"
    yield "```"
    for block in extraction_blocks(copy.extraction, copy.asides, _LOOK, freshness):
        rows = block.rows(_LOOK, expanded=False, parts=1)
        yield from (text_of(row).replace("```", "'''") for row in rows)
    yield "```"


def escaped(text: str) -> str:
    """Return safe text so that Markdown shows it as it is."""
    return _MARKUP.sub(lambda found: f"{found[0][:-1]}\\{found[0][-1]}", text)
