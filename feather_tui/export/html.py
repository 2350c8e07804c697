"""A session as one page to open in a browser: no script, no form, nothing to fetch.

Every text is escaped, and its control characters are replaced before that; the page's own policy forbids
whatever should slip through. Personal data is masked unless asked otherwise, and the page says how much.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from feather_tui.arrivals import ExtractionCopy, SessionCopy
from feather_tui.export.document import Shown
from feather_tui.export.filtered import left_out
from feather_tui.export.html_entries import Found, entry_markup
from feather_tui.export.html_parts import Fact, facts, fields_of, formatted, line, preformatted, time
from feather_tui.export.html_style import POLICY, STYLE
from feather_tui.export.masking.kind import counts_in, said
from feather_tui.export.masking.masker import Masker
from feather_tui.export.masking.session import masked
from feather_tui.findings.faults import faults_of
from feather_tui.findings.finding import Finding, TargetKind
from feather_tui.rendering.clock import duration, iso
from feather_tui.rendering.masthead import Place
from feather_tui.rendering.places import Places
from feather_tui.rendering.safe import only_ascii
from feather_tui.session.identity import DocumentKind
from feather_tui.session.kept import Kept
from feather_tui.session.shape import Aside

_TOLD_BY_THE_TRANSCRIPT = ("messages", "tool_calls", "rag_traces", "citations", "handoff_events")
_TOLD_ABOVE = ("extracted_data", "validation_errors", "missing_required_fields")


@only_ascii(when=False)
def html_page(shown: Shown, place: Place, kept: Kept | None = None, *, unmasked: bool = False) -> str:
    """Return the page; of the transcript what a filter kept. All times are UTC."""
    page = _Page(shown if unmasked else masked(shown, Masker()), place, kept)
    body = "\n".join(page.body())
    hidden = "nothing: personal data may stand in this page" if unmasked else said(counts_in(body))
    return f"{_HEAD.format(title=line(shown.session_id))}<p>Masked: {hidden}.</p>\n{body}\n</body>\n</html>\n"


_HEAD = f"""<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>Session {{title}}</title>
<style>{STYLE.replace("{", "{{").replace("}", "}}")}</style>
</head>
<body>
<h1>Session <code>{{title}}</code></h1>
"""


class _Page:
    """The parts of a page, in their order."""

    def __init__(self, shown: Shown, place: Place, kept: Kept | None) -> None:
        self.shown = shown
        self.place = place
        self.kept = kept
        found = shown.assessment.findings.found if shown.assessment else ()
        self.found: list[Found] = list(enumerate(found, start=1))
        self.places = Places(shown.copy.timeline if shown.copy else ())

    def body(self) -> Iterator[str]:
        yield facts(self._about())
        yield from (f'<p class="warn">{line(sentence)}</p>' for sentence in self.shown.notes())
        yield from self._verdict()
        if self.shown.copy is not None:
            yield from self._transcript(self.shown.copy)
        yield from self._extraction(self.shown.extraction)
        if self.shown.copy is not None:
            yield from self._details(self.shown.copy)

    def _about(self) -> Iterator[Fact]:
        yield "profile", f"{self.place.profile} ({self.place.host})"
        yield "reopen", f"feather-tui {self.shown.session_id}"
        if self.kept is not None:
            yield "filter", left_out(self.kept)
        copy = self.shown.copy
        if copy is None:
            return
        summary = copy.summary
        yield "outcome", f"{summary.outcome or 'not recorded'}, {summary.reason or 'no reason recorded'}"
        yield "channel", summary.channel or "not given"
        yield "started", iso(summary.started_at) or "not recorded"
        yield "ended", iso(summary.ended_at) or "not recorded"
        yield "duration", duration(summary.duration_seconds)
        yield "turns", str(summary.turns)
        yield (
            "tools",
            _counted(summary.tools, failed=summary.tools_failed, unanswered=summary.tools_unanswered),
        )
        yield "retrievals", _counted(summary.retrievals, missed=summary.retrievals_missed)
        if summary.gaps:
            yield "not captured", f"{', '.join(summary.gaps)} (absence proves nothing)"
        yield "fetched", f"{iso(copy.provenance.fetched_at)}, checked {iso(copy.provenance.checked_at)}"

    def _verdict(self) -> Iterator[str]:
        assessment = self.shown.assessment
        if assessment is None:
            return
        verdict = assessment.verdict
        label = "Suspected (a suspicion, not a proof)" if verdict.causes else "Verdict"
        yield f'<h2 id="suspicion">{label}</h2><p>{line(verdict.sentence)}</p>'
        yield '<h2 id="findings">Findings</h2>'
        yield (
            f'<ol class="findings">{"".join(map(self._finding, self.found))}</ol>'
            if self.found
            else "<p>none</p>"
        )
        cases = assessment.findings.not_evaluated
        yield facts(("not evaluated", f"{case.rule}, {case.because}") for case in cases)

    def _finding(self, found: Found) -> str:
        number, finding = found
        severity = finding.severity.label
        when = time(finding.at) if finding.at else ""
        guess = "heuristic: " if finding.heuristic else ""
        said = f"{guess}{line(finding.message)}"
        place = self._anchor(finding)
        linked = f'<a href="#{place}">{said}</a>' if place else said
        return f'<li id="f{number}"><span class="severity {severity}">{severity}</span> {when} {linked}</li>'

    def _anchor(self, finding: Finding) -> str:
        target = finding.targets[0]
        if target.kind is TargetKind.EXTRACTION_FIELD:
            return "extraction"
        position = self.places.of(target)
        hidden = position is None or (self.kept is not None and not self.kept.holds(position))
        return "" if hidden else f"e{position}"

    def _transcript(self, copy: SessionCopy) -> Iterator[str]:
        marks: dict[int, list[Found]] = {}
        for number, finding in self.found:
            position = self.places.of(finding.targets[0])
            if position is not None:
                marks.setdefault(position, []).append((number, finding))
        yield '<h2 id="transcript">Transcript</h2>'
        for position in range(len(copy.timeline)) if self.kept is None else self.kept.positions:
            yield from entry_markup(copy.timeline[position], position, marks.get(position, ()))

    def _extraction(self, copy: ExtractionCopy | None) -> Iterator[str]:
        yield '<h2 id="extraction">Extraction</h2>'
        if copy is None:
            failure = self.shown.failures.get(DocumentKind.EXTRACTION)
            yield f"<p>none to show{f': {line(failure.error.sentence)}' if failure else ''}</p>"
            return
        faults = [
            f'<li class="failed">{line(f"{fault.dotted}: {fault.text}")}</li>'
            for fault in faults_of(copy.extraction)
        ]
        if faults:
            yield f'<ul class="plain">{"".join(faults)}</ul>'
        yield preformatted("extracted data", formatted(copy.extraction.extracted_data))
        yield facts(fields_of(copy.extraction, without=_TOLD_ABOVE))
        yield facts([("fetched", iso(copy.provenance.fetched_at))])
        yield from _asides(copy.asides)

    def _details(self, copy: SessionCopy) -> Iterator[str]:
        yield '<h2 id="details">Details</h2>'
        yield facts(fields_of(copy.session, without=_TOLD_BY_THE_TRANSCRIPT))
        yield from _asides(copy.asides)


def _asides(asides: Iterable[Aside]) -> Iterator[str]:
    for aside in asides:
        yield preformatted(f"{aside.path}: {aside.why}, as received", formatted(aside.value), "warn")


def _counted(number: int | None, **parts: int) -> str:
    if number is None:
        return "not captured"
    said = ", ".join(f"{count} {what}" for what, count in parts.items() if count)
    return f"{number} ({said})" if said else str(number)
