"""Joins the rooms for the commands that read sessions: settings, key, client, cache, library."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from feather_tui.cli.display import Display, display_of
from feather_tui.command import Command
from feather_tui.commands import COMMANDS
from feather_tui.keymap import with_overrides
from feather_tui.list_paths import ListPaths
from feather_tui.locations import Locations
from feather_tui.mark_files import MarkFiles, marks_directory
from feather_tui.rendering.masthead import Place
from feather_tui.session.identity import SessionId
from feather_tui.settings import Profile, Settings, load, preferred
from feather_tui.store.records import Scope
from feather_tui.store.store import open_store

if TYPE_CHECKING:
    import argparse

    from feather_tui.address import BaseUrl
    from feather_tui.ahead import Ahead
    from feather_tui.api.client import ApiClient
    from feather_tui.api.conversations import ConversationList, PageSource
    from feather_tui.arrivals import SessionCopy
    from feather_tui.credentials import Key
    from feather_tui.findings.thresholds import Thresholds
    from feather_tui.library import Library
    from feather_tui.store.records import Stored
    from feather_tui.store.store import Store

_MEGABYTE = 1 << 20


@dataclass(kw_only=True)
class Desk:
    """What a command works with.

    `connect` makes the client, None offline. `thresholds` are those of the rules, None for the defaults.
    `state`: the directory for what was copied. `marks`: where those of the reader are, `list_paths`: where
    lists of sessions were found. `given`: the sessions that come with it (those of the demo). `recalled`:
    what was read from the cache before there was a library, and `ahead` what was asked for by then.
    """

    store: Store
    scope: Scope
    connect: Callable[[], ApiClient] | None
    place: Place
    time_mode: str
    state: Path
    display: Display
    commands: tuple[Command, ...] = COMMANDS
    marks: MarkFiles = field(default_factory=MarkFiles)
    list_paths: ListPaths = field(default_factory=ListPaths)
    given: tuple[SessionId, ...] = ()
    thresholds: Thresholds | None = None
    recalled: dict[SessionId, SessionCopy] = field(default_factory=dict)
    ahead: Ahead | None = None

    @cached_property
    def library(self) -> Library:
        """The sessions."""
        from feather_tui.library import Library  # start-up time: what is seen first does without

        return Library(
            store=self.store,
            scope=self.scope,
            connect=self.connect,
            list_of=self.conversations,
            thresholds=self.thresholds,
            recalled=self.recalled,
            ahead=self.ahead,
        )

    def recall(self, session_id: SessionId, stored: Stored) -> SessionCopy | None:
        """Read a session that is in the cache, if that is quick; the library will have it."""
        from feather_tui.copies import recall_at_once  # start-up time: for a session never opened here

        copy = recall_at_once(session_id, stored)
        if copy is not None:
            self.recalled[session_id] = copy
        return copy

    def ask_ahead(self, session_id: SessionId, seen: Callable[[SessionCopy], None] | None = None) -> None:
        """Ask the API for a session, unless that is forbidden; the library will have what comes.

        `seen` is told of the session, in another thread.
        """
        if self.connect is not None:
            from feather_tui.ahead import Ahead  # start-up time: for a session that is not here

            self.ahead = Ahead(session_id, self.connect, seen)
            self.ahead.wait_until_asked()

    def conversations(self, client: PageSource) -> ConversationList:
        """Return the list of sessions of the API, which is looked for where it was found before."""
        from feather_tui.api.conversations import ConversationList  # start-up time: hardly ever
        from feather_tui.api.questions import ListPath

        found = self.list_paths.get(self.scope.origin)
        return ConversationList(
            client,
            path=ListPath(found) if found in set(ListPath) else None,
            remember=lambda path: self.list_paths.put(self.scope.origin, path),
        )


@contextmanager
def desk(arguments: argparse.Namespace) -> Iterator[Desk]:
    """Set up what the command line asks for. Raises SettingsInvalid, KeyMissing, KeyUnusable."""
    if arguments.demo:
        with _demo_desk(arguments) as demo:
            yield demo
        return
    locations = Locations.default()
    settings = load(
        locations,
        os.environ,
        profile=arguments.profile,
        base_url=arguments.base_url,
        flags=vars(arguments),
    )
    yield _desk(arguments, settings, locations)


def _desk(arguments: argparse.Namespace, settings: Settings, locations: Locations) -> Desk:
    from feather_tui.credentials import KeyStore

    keys = KeyStore(locations.config)
    keys.sweep()
    base_url = settings.profile.base_url
    found = keys.find(settings.profile.name, base_url, os.environ)

    def connect() -> ApiClient:
        from feather_tui.api.client import ApiClient  # start-up time: httpx, only when the network is needed

        return ApiClient(
            base_url,
            found.key,
            deadline_seconds=settings.deadline_seconds,
            max_bytes=settings.max_document_megabytes * _MEGABYTE,
        )

    return Desk(
        store=open_store(
            None if arguments.no_cache else locations.cache_file,
            days=settings.cache_days,
            max_bytes=settings.cache_max_megabytes * _MEGABYTE,
            now=_now,
        ),
        scope=_scope(base_url, found.key),
        connect=None if arguments.offline else connect,
        thresholds=settings.thresholds,
        place=Place(
            profile=settings.profile.name,
            host=base_url.origin.partition("://")[2],
            foreign=base_url.environment == "other",
            offline=arguments.offline,
            base_url=base_url,
            url_template=settings.profile.url_template,
        ),
        time_mode=settings.time_mode,
        state=locations.state,
        display=display_of(settings, os.environ),
        commands=with_overrides(COMMANDS, settings.keys),
        marks=MarkFiles(
            None if arguments.no_cache else marks_directory(locations.state), days=settings.cache_days
        ),
        list_paths=ListPaths(None if arguments.no_cache else locations.state),
    )


@contextmanager
def _demo_desk(arguments: argparse.Namespace) -> Iterator[Desk]:
    """The demo: the real client, models and cache, over answers made in process and a temporary directory."""
    from tempfile import TemporaryDirectory

    from feather_tui.demo import incident

    def connect() -> ApiClient:
        from feather_tui.api.client import ApiClient
        from feather_tui.demo.transport import DemoTransport

        return ApiClient(incident.DEMO_BASE_URL, incident.demo_key(), transport=DemoTransport())

    profile = Profile(
        name="demo", base_url=incident.DEMO_BASE_URL, chosen_by="--demo", base_url_from="--demo"
    )
    preferences, _ = preferred(os.environ, vars(arguments), {})
    settings = Settings(profile=profile, **preferences)
    with TemporaryDirectory(prefix="feather-tui-demo-") as directory:
        path = Path(directory) / "cache" / "sessions.sqlite3"
        store = open_store(path, days=1, max_bytes=64 * _MEGABYTE, now=_now)
        scope = _scope(incident.DEMO_BASE_URL, incident.demo_key())
        yield Desk(
            store=store,
            scope=scope,
            connect=connect,
            place=Place(profile=profile.name, host="made-up sessions, no network"),
            time_mode=settings.time_mode,
            state=Path(directory) / "state",
            display=display_of(settings, os.environ),
            given=incident.session_ids(),
        )


def _scope(base_url: BaseUrl, key: Key) -> Scope:
    return Scope(origin=base_url.origin, key_fingerprint=key.fingerprint)


def _now() -> datetime:
    return datetime.now(UTC)
