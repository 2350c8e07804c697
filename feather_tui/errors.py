"""Every failure this program explains to a person, as one tree.

Each class knows the exit status of the command line (README, "Exit codes") and carries a sentence
(what happened and what it means) and an advice (what to do). Both may quote text of a server or a
file: they are untrusted until made safe where they are shown.

    FeatherError                    1  unexpected
    ├── UsageError                  2  the command or a setting cannot be understood
    │   ├── ReferenceUnreadable        pasted text holds no session id
    │   ├── QueryUnreadable            a query of the list is not understood
    │   └── SettingsInvalid            config.toml, an environment variable or a path is unusable
    ├── KeyProblem                  3
    │   ├── KeyMissing                 no API key for this profile
    │   ├── KeyUnusable                the key, or the file that holds it, must not be used
    │   ├── KeyRefused                 401
    │   └── AccessDenied               403: the key is valid, this document is not for it
    ├── NotFound                    4  404: absent, or another organization's
    ├── SessionLive                 5  409: the session has not ended
    ├── Unavailable                 6
    │   ├── Unreachable                no connection: DNS, TCP, TLS, proxy, cut off
    │   ├── TimedOut                   the deadline passed
    │   ├── RateLimited                429 after every try
    │   ├── ServerFailed               5xx after every try
    │   └── NotCached                  offline, and this session is not in the cache
    └── AnswerUnreadable            7  an answer came and cannot be used
        ├── DocumentUnreadable         not the JSON document it should be
        ├── AnswerTooLarge             more bytes than the cap
        ├── RequestRejected            400, 422 and other 4xx
        └── RedirectRefused            3xx: the key is not sent to another address
"""

from __future__ import annotations

from typing import ClassVar


class FeatherError(Exception):
    """A failure with a sentence for people.

    `sentence` says what happened and what it means, `advice` what to do about it (may be empty),
    `status` is the HTTP status that caused it, if one did.
    """

    exit_status: ClassVar[int] = 1
    brief: ClassVar[str] = "failed"
    """The failure in a word or two, for lists."""

    def __init__(self, sentence: str, advice: str = "", *, status: int | None = None) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.advice = advice
        self.status = status

    def __str__(self) -> str:
        return f"{self.sentence} {self.advice}".rstrip()


class UsageError(FeatherError):
    """The command line or a setting cannot be understood."""

    exit_status = 2


class ReferenceUnreadable(UsageError):
    """Text was given, and no session id is in it. `secret`: it may be a key, so it is shown nowhere."""

    def __init__(self, sentence: str, advice: str = "", *, secret: bool = False) -> None:
        super().__init__(sentence, advice)
        self.secret = secret


class QueryUnreadable(UsageError):
    """A query of the list is not understood at the word from `start` to `end`, counted in characters."""

    def __init__(self, sentence: str, advice: str = "", *, start: int, end: int) -> None:
        super().__init__(sentence, advice)
        self.start = start
        self.end = end


class SettingsInvalid(UsageError):
    """config.toml, an environment variable or a directory cannot be used."""


class KeyProblem(FeatherError):
    """No usable API key."""

    exit_status = 3


class KeyMissing(KeyProblem):
    """No key was found for this profile."""

    brief = "no key"


class KeyUnusable(KeyProblem):
    """A key was found and must not be used: malformed, badly stored, or made for another host."""


class KeyRefused(KeyProblem):
    """HTTP 401: the key is missing, malformed, revoked or expired."""

    brief = "key refused"


class AccessDenied(KeyProblem):
    """HTTP 403: the key is valid but may not read this."""

    brief = "not for this key"


class NotFound(FeatherError):
    """HTTP 404: absent, or another organization's."""

    exit_status = 4
    brief = "not found"


class SessionLive(FeatherError):
    """HTTP 409: the session has not ended, so its analysis does not exist yet."""

    exit_status = 5
    brief = "still live"


class Unavailable(FeatherError):
    """The API could not answer now; the same call may work later."""

    exit_status = 6
    brief = "unavailable"


class Unreachable(Unavailable):
    """No connection, or it broke: DNS, TCP, TLS, proxy, cut off in the middle."""

    brief = "unreachable"


class TimedOut(Unavailable):
    """The deadline for one document passed."""

    brief = "timed out"


class RateLimited(Unavailable):
    """HTTP 429 on every try."""

    brief = "rate limited"


class ServerFailed(Unavailable):
    """HTTP 5xx on every try."""

    brief = "server failed"


class NotCached(Unavailable):
    """Offline was asked for, and the cache does not hold this session."""

    brief = "not cached"


class AnswerUnreadable(FeatherError):
    """An answer came and cannot be used."""

    exit_status = 7
    brief = "unreadable"


class DocumentUnreadable(AnswerUnreadable):
    """The body is not the JSON document it should be.

    `path` is where the first offence is, such as `messages[3].timestamp`; empty for the whole body.
    """

    def __init__(self, sentence: str, advice: str = "", *, path: str = "") -> None:
        super().__init__(sentence, advice)
        self.path = path


class AnswerTooLarge(AnswerUnreadable):
    """The body is larger than the cap."""


class RequestRejected(AnswerUnreadable):
    """HTTP 400, 422 or another 4xx: the API did not accept the request."""


class RedirectRefused(AnswerUnreadable):
    """HTTP 3xx: following it could send the key elsewhere."""
