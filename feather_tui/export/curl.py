"""The command that asks the API for one document without this program."""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING

from feather_tui.api.questions import document
from feather_tui.key_forms import ENVIRONMENT_VARIABLE

if TYPE_CHECKING:
    from feather_tui.address import BaseUrl
    from feather_tui.session.identity import DocumentKind, SessionId


def curl_line(base_url: BaseUrl, kind: DocumentKind, session_id: SessionId) -> str:
    """Return a line for a POSIX shell that prints the document as the API answers.

    The key is not in it: the shell of whoever runs it reads FEATHER_API_KEY, and gives it to curl on standard
    input, because arguments can be read by everybody on the machine.
    """
    url = f"{base_url.text}{document(kind, session_id).path}"
    header = f"printf 'x-api-key: %s' \"${ENVIRONMENT_VARIABLE}\""
    return f"{header} | curl -sS -H @- {shlex.quote(url)}"
