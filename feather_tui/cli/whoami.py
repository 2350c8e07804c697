"""Asking the API whose key this is, for the commands that check one."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from feather_tui.address import BaseUrl
    from feather_tui.api.identity import Identity
    from feather_tui.credentials import Key


def whoami(base_url: BaseUrl, key: Key, *, deadline_seconds: float) -> Identity:
    """Ask the API at `base_url` whom `key` belongs to; raises what `ApiClient.whoami` raises."""
    return asyncio.run(_ask(base_url, key, deadline_seconds))


async def _ask(base_url: BaseUrl, key: Key, deadline_seconds: float) -> Identity:
    from feather_tui.api.client import ApiClient  # start-up time: httpx

    async with ApiClient(base_url, key, deadline_seconds=deadline_seconds) as client:
        return await client.whoami()


def describe(identity: Identity) -> str:
    """Name organization and role, as far as the API told them."""
    organization = identity.organization_name or identity.organization_id or "not named by the API"
    return f"organization {organization}, role {identity.role or 'not named by the API'}"
