"""What a server answers that strangers have taken over: reason phrase, headers and body are hostile."""

from __future__ import annotations

import json
from random import Random

from hostile_texts import hostile_line
from loopback_answers import Answer, Close, Send


def hostile_failure(chance: Random) -> Answer:
    """Return an error of which strangers wrote every part."""
    phrase = "".join(sign for sign in hostile_line(chance) if sign not in "\r\n\0")
    words = {name: hostile_line(chance) for name in ("error", "message", "request_id")}
    body = json.dumps(words)
    head = f"HTTP/1.1 500 {phrase}\r\nRetry-After: {phrase}\r\nContent-Length: {len(body)}\r\n\r\n"
    return Answer((Send((head + body).encode("utf-8", "replace")), Close()))
