"""The parser of `list`."""

from __future__ import annotations

import argparse
from typing import Final

from feather_tui.cli.parser import Parser

MOST_SESSIONS: Final = 10_000
"""How many sessions `list` prints at most."""


def list_parser() -> Parser:
    """`list`: `query` (list[str]), `format`, `limit` (int)."""
    parser = Parser(
        "list",
        "Print which sessions there are, as the API lists them.",
        "  feather-tui list status:error since:2h\n"
        "  feather-tui list 'channel:voice since:09:30 until:11:00 refund'\n"
        "  feather-tui list eval:any_failed since:7d --limit 500 --format jsonl | jq -r .session_id\n"
        "  feather-tui list worst:high since:24h",
        "a query has fields (status: channel: since: until: agent: email: phone: external: user: eval:\n"
        "priority: id: type: revision: outcome: worst:) and words that subject or summary must have.\n"
        "Times: 30m, 2h, 7d, 09:30, 2026-11-20, 2026-11-20T09:30+02:00; UTC unless said.\n"
        "outcome: and worst: know only sessions that were opened here.",
    )
    parser.add_argument(
        "query",
        nargs="*",
        metavar="QUERY",
        help="which sessions, such as 'status:error since:2h refund'; without it, all",
    )
    parser.add_argument(
        "--format",
        choices=("table", "json", "jsonl"),
        default="table",
        help="default: table; jsonl is one object a session and line",
    )
    parser.add_argument(
        "--limit", type=_count, default=50, metavar="N", help="at most so many sessions; default: 50"
    )
    parser.add_ascii_option()
    parser.add_profile_options()
    parser.add_argument(
        "--demo", action="store_true", help="a made-up incident: no network, no key, no files"
    )
    parser.add_argument("--no-cache", action="store_true", help="neither read nor write the cache on disk")
    parser.set_defaults(offline=False)
    return parser


def _count(text: str) -> int:
    if text.isascii() and text.isdigit() and 1 <= int(text[:9]) <= MOST_SESSIONS:
        return int(text)
    raise argparse.ArgumentTypeError(f"a number from 1 to {MOST_SESSIONS}")
