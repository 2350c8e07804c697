"""The API key: a type that does not show it, and the private file that keeps it.

A key is read from `FEATHER_API_KEY` or from `keys/<profile>.key` under the configuration directory. That
file has mode 0600 and two lines, the origin the key was stored for and the key, so that a changed base
URL never carries a stored key to another host.
"""

from __future__ import annotations

import hashlib
import hmac
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NoReturn

from feather_tui.address import BaseUrl
from feather_tui.errors import KeyMissing, KeyUnusable, SettingsInvalid
from feather_tui.key_forms import ENVIRONMENT_VARIABLE, looks_like_key
from feather_tui.private_files import ensure_private_directory, read_private, sweep, write_private

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

_PREFIX: Final = "fth_live_"
_LISTED: Final = len(_PREFIX) + 4  # what the API's own listing of keys shows, `fth_live_4T8z`
_SHORTEST, _LONGEST = 8, 512
_COPY_AGAIN: Final = "Copy the whole key again, without quotes around it."
_PRINTABLE: Final = re.compile(r"[!-~]*")
_LONGEST_NAME: Final = 64
_PROFILE_NAME: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]*")


def without_key(environ: Mapping[str, str]) -> dict[str, str]:
    """Give the environment for a program that is started from here and has no need of the key."""
    return {name: value for name, value in environ.items() if name != ENVIRONMENT_VARIABLE}


def check_profile_name(name: str, *, found_in: str = "") -> str:
    """Give `name` back if it can be the name of a profile, and so of its key file.

    `found_in` names the place for the sentence of SettingsInvalid, raised unless the name is up to 64
    ASCII letters, digits, `-` and `_` that begin with a letter or digit: no path in disguise.
    """
    if _PROFILE_NAME.fullmatch(name) and len(name) <= _LONGEST_NAME and not looks_like_key(name):
        return name
    subject = "Something that looks like an API key" if looks_like_key(name) else f"“{name[:_LONGEST_NAME]}”"
    place = f" (from {found_in})" if found_in else ""
    raise SettingsInvalid(
        f"{subject}{place} cannot be the name of a profile.",
        "A name has up to 64 letters, digits, - or _, and begins with a letter or digit.",
    )


class Key:
    """An API key that shows itself to nobody but the caller of `reveal`.

    Its repr and str are masked, it cannot be pickled or copied, and it compares in constant time.
    """

    __slots__ = ("_text",)

    def __init__(self, text: str) -> None:
        self._text = text

    @classmethod
    def parse(cls, text: str, *, found_in: str = "") -> Key:
        """Read a key that was typed, piped or stored; white space around it is dropped.

        `found_in` names the place for the sentence of KeyUnusable, which never quotes the key: raised
        unless it is 8 to 512 printable ASCII characters without spaces, as an HTTP header needs.
        """
        key = cls(text.strip())
        subject = f"The API key in {found_in}" if found_in else "The API key"
        if not _PRINTABLE.fullmatch(key.reveal()):
            raise KeyUnusable(
                f"{subject} has a space or a character that is not printable ASCII in it.", _COPY_AGAIN
            )
        if not _SHORTEST <= len(key.reveal()) <= _LONGEST:
            raise KeyUnusable(f"{subject} is not {_SHORTEST} to {_LONGEST} characters long.", _COPY_AGAIN)
        return key

    def reveal(self) -> str:
        """Give the key itself: for a request header or its private file, never for a variable."""
        return self._text

    @property
    def masked(self) -> str:
        """The beginning of the key as the API lists it (`fth_live_4T8z…`), at most a third of it."""
        shown = _LISTED if self._text.startswith(_PREFIX) else 4
        return f"{self._text[: min(shown, len(self._text) // 3)]}…"

    @property
    def fingerprint(self) -> str:
        """16 hex digits that tell two keys apart in the cache and do not lead back to the key."""
        return hashlib.blake2b(self._text.encode(), digest_size=8, key=b"feather-tui cache").hexdigest()

    def __repr__(self) -> str:
        return f"<Key {self.masked}>"

    def __str__(self) -> str:
        return self.masked

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Key):
            return NotImplemented
        return hmac.compare_digest(self._text.encode(), other._text.encode())

    def __hash__(self) -> int:
        return hash(self.fingerprint)

    def __reduce__(self) -> NoReturn:
        raise TypeError("an API key cannot be pickled or copied")


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundKey:
    """A key and where it was found: `FEATHER_API_KEY`, or the path of its file as text."""

    key: Key
    source: str


class KeyStore:
    """The keys of all profiles, one private file each, under the configuration directory."""

    def __init__(self, config_dir: Path) -> None:
        self._config_dir = config_dir
        self._directory = config_dir / "keys"

    def path(self, profile: str) -> Path:
        """Give the file of this profile, which may not exist; SettingsInvalid for an unusable name."""
        return self._directory / f"{check_profile_name(profile)}.key"

    def find(self, profile: str, base_url: BaseUrl, environ: Mapping[str, str]) -> FoundKey:
        """Give the key to send to `base_url`: FEATHER_API_KEY if it is set, else the stored one.

        The variable goes with whatever base URL is in force, a stored key only to the origin it was
        stored for. Raises KeyMissing, or KeyUnusable for a key that is malformed, stored where others
        can read it, or meant for another origin.
        """
        if environ.get(ENVIRONMENT_VARIABLE):
            found = Key.parse(environ[ENVIRONMENT_VARIABLE], found_in=ENVIRONMENT_VARIABLE)
            return FoundKey(key=found, source=ENVIRONMENT_VARIABLE)
        path = self.path(profile)
        origin, key = self._read(path, profile)
        if origin != base_url.origin:
            raise KeyUnusable(
                f"The key of profile “{profile}” is for {origin} and is not sent to {base_url.origin}.",
                f"Correct the base URL, or run `feather-tui auth login --profile {profile}` "
                "with a key for that host.",
            )
        return FoundKey(key=key, source=str(path))

    def save(self, profile: str, base_url: BaseUrl, key: Key) -> Path:
        """Store `key` for the origin of `base_url`, replacing the profile's earlier one; give its file.

        Raises SettingsInvalid if the directory cannot be made or is not the user's alone.
        """
        path = self.path(profile)
        ensure_private_directory(self._config_dir)
        ensure_private_directory(self._directory)
        write_private(path, f"{base_url.origin}\n{key.reveal()}\n".encode())
        return path

    def remove(self, profile: str) -> bool:
        """Delete the stored key of this profile; False if there was none.

        Raises KeyUnusable if it is there and cannot be deleted.
        """
        path = self.path(profile)
        try:
            path.unlink()
        except FileNotFoundError:
            return False
        except OSError as error:
            raise KeyUnusable(
                f"{path} cannot be removed: {error.strerror}.", "Remove it by hand: it holds the key."
            ) from None
        return True

    def sweep(self) -> None:
        """Delete half-written files that a killed `auth login` or `config edit` left behind."""
        for directory in (self._config_dir, self._directory):
            sweep(directory)

    def _read(self, path: Path, profile: str) -> tuple[str, Key]:
        """Give the origin and the key that are stored in `path`."""
        again = f"Run `feather-tui auth login --profile {profile}`"
        try:
            stored = Key(read_private(path).decode("ascii", "replace"))  # no str: a traceback may show locals
        except FileNotFoundError:
            raise KeyMissing(
                f"There is no API key for profile “{profile}”.", f"{again}, or set {ENVIRONMENT_VARIABLE}."
            ) from None
        except SettingsInvalid as error:
            raise KeyUnusable(error.sentence, error.advice) from None
        try:
            origin = BaseUrl.parse(stored.reveal().partition("\n")[0]).origin
        except SettingsInvalid:
            raise KeyUnusable(
                f"{path} does not begin with the address its key is for.", f"{again}."
            ) from None
        return origin, Key.parse(stored.reveal().partition("\n")[2], found_in=str(path))
