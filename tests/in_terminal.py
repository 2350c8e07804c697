"""What the fixtures of tests/terminal give to a test."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import TypeAlias

from loopback import LoopbackApi
from pty_terminal import Terminal

SECRET = "fth_live_4T8zQmWn3RkXyB7cVhJd2LsPf9"
"""The API key of every terminal test."""

Start: TypeAlias = Callable[..., Terminal]
Serving: TypeAlias = Callable[[], AbstractContextManager[LoopbackApi]]
