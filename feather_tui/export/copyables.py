"""What of an entry, and of its session, can be copied: the originals, not what the screen shows of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from feather_tui.address import BaseUrl
from feather_tui.arrivals import SessionCopy
from feather_tui.export.curl import curl_line
from feather_tui.permalink import permalink
from feather_tui.session.entry_texts import texts_of
from feather_tui.session.identity import DocumentKind, SessionId
from feather_tui.session.timeline import CallEntry, Entry, MessageEntry, RetrievalEntry


@dataclass(frozen=True, slots=True)
class Copyable:
    """A text that can be copied, and what it is."""

    label: str
    text: str


def copyables(
    copy: SessionCopy,
    position: int,
    session_id: SessionId,
    base_url: BaseUrl | None,
    url_template: str | None,
) -> list[Copyable]:
    """Return what can be copied at an entry: its parts, then what names the session."""
    found = [item for item in _of_entry(copy.timeline[position]) if item.text]
    found.append(Copyable("session id", session_id))
    if url_template:
        found.append(Copyable("permalink", permalink(url_template, session_id)))
    if base_url is not None:
        found += [
            Copyable(f"curl for the {kind.label}", curl_line(base_url, kind, session_id))
            for kind in DocumentKind
        ]
    return found


def _of_entry(entry: Entry) -> Iterator[Copyable]:
    match entry:
        case MessageEntry(message=message):
            yield Copyable("this message", message.content)
            yield Copyable("turn id", message.turn_id)
        case CallEntry(call=call):
            yield Copyable("arguments", call.arguments)
            yield Copyable("error", call.error or "")
            yield Copyable("result", call.output or "")
            yield Copyable("tool call id", call.id)
        case RetrievalEntry(trace=trace):
            yield Copyable("query id", trace.rag_query_id)
            yield Copyable("chunk ids", "\n".join(chunk.chunk_id for chunk in trace.retrieved))
        case _:
            pass
    yield Copyable("everything of this entry", "\n".join(f"{name}: {text}" for name, text in texts_of(entry)))
