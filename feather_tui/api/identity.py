"""Who a key belongs to: `GET /v1/identity/whoami`."""

from __future__ import annotations

import json
from dataclasses import dataclass, fields

from feather_tui.errors import DocumentUnreadable


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """The user and the organization behind a key, named as the API names them.

    Each is None if the answer lacks it. `role` is an open set, such as `org:admin`.
    """

    user_id: str | None = None
    email: str | None = None
    role: str | None = None
    organization_id: str | None = None
    organization_name: str | None = None


def read_identity(body: bytes) -> Identity:
    """Read a whoami answer, leniently: a field that is no text counts as absent.

    Raises DocumentUnreadable if it is not a JSON object.
    """
    try:
        answer = json.loads(body)
    except (ValueError, RecursionError):
        answer = None
    if not isinstance(answer, dict):
        raise DocumentUnreadable("The identity of the key came as something that is not a JSON object.")
    values = {field.name: answer.get(field.name) for field in fields(Identity)}
    return Identity(**{name: value for name, value in values.items() if isinstance(value, str)})
