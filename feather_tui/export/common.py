"""What failing sessions share, and since when, as JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING

from feather_tui.rendering.clock import iso

if TYPE_CHECKING:
    from feather_tui.session.model import JsonValue
    from feather_tui.triage.common import Shared
    from feather_tui.triage.onset import Onset


def shared_json(row: Shared) -> dict[str, JsonValue]:
    """Return one object; `lift` is null where no other session has it."""
    return {
        "feature": row.feature.value,
        "value": row.value,
        "n_with": row.n_with,
        "of_with": row.of_with,
        "n_without": row.n_without,
        "of_without": row.of_without,
        "lift": row.lift,
        "p": row.p,
        "p_corrected": row.p_corrected,
        "claimed": row.claimed,
        "small": row.small,
        "by_definition": row.feature.by_definition,
    }


def onset_json(onset: Onset) -> dict[str, JsonValue]:
    """Return one object; `healthy` is null where no session before went well. Times are UTC."""
    signature = onset.signature
    return {
        "tool": signature and signature.tool,
        "error": signature and signature.error,
        "sudden": onset.sudden,
        "since": iso(onset.first.started_at),
        "first": onset.first.session_id,
        "healthy": onset.healthy and onset.healthy.session_id,
        "changes": [
            {"feature": change.feature.value, "before": change.before, "after": change.after}
            for change in onset.changes
        ],
        "bucket_seconds": int(onset.width.total_seconds()),
        "buckets": [
            {"start": iso(bucket.start), "hits": bucket.hits, "sessions": bucket.total}
            for bucket in onset.buckets
        ],
    }
