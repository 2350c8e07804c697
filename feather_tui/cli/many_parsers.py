"""The parsers of the commands that read many sessions, or compare two."""

from __future__ import annotations

from feather_tui.cli.list_options import add_list_options
from feather_tui.cli.parser import Parser


def triage_parser() -> Parser:
    """`triage`: `references`, `format`, `where`, `sort`, `group` (str | None), `rate` (int)."""
    parser = Parser(
        "triage",
        "Print what each of many sessions came to, a row each: outcome, tool errors, findings, first cause.",
        "  grep 'handoff failed' app.log | feather-tui triage -\n"
        "  feather-tui triage --since 2h --status error\n"
        "  feather-tui triage - --format jsonl < ids.txt > cases.jsonl\n"
        "  feather-tui triage - --format csv --offline < ids.txt\n"
        "  feather-tui triage --demo --where 'failed:yes channel:chat' --group cause",
    )
    _add_references(parser)
    parser.add_argument(
        "--format",
        choices=("table", "json", "jsonl", "csv"),
        default="table",
        help="default: table; jsonl and csv are printed as sessions come, one a line",
    )
    _add_where(parser, "print only these")
    from feather_tui.triage.table import GROUPS, ORDERS  # start-up time: other commands do without

    parser.add_argument(
        "--sort",
        choices=tuple(ORDERS),
        default="start",
        metavar="COLUMN",
        help=f"of a table, by {', '.join(ORDERS)}; default: start",
    )
    parser.add_argument("--group", choices=GROUPS, help="count sessions by a column, instead of a row each")
    _add_loading_options(parser)
    return parser


def common_parser() -> Parser:
    """`common`: `references`, `format`, `where` (str | None), `rate` (int)."""
    parser = Parser(
        "common",
        "Print what the failing ones of many sessions share that the others do not, and since when.",
        "  grep session_id= app.log | feather-tui common -\n"
        "  feather-tui common --since 2h --channel voice\n"
        "  feather-tui common - --format json < ids.txt\n"
        "  feather-tui common --demo",
        "A session counts as failed if it ended badly, or if a finding is high or critical. Give sessions\n"
        "that went well too: what all sessions have in common says nothing.",
    )
    _add_references(parser)
    parser.add_argument("--format", choices=("text", "json"), default="text", help="default: text")
    _add_where(parser, "what these share, instead of those that failed")
    _add_loading_options(parser)
    return parser


def diff_parser() -> Parser:
    """`diff`: `references`, `format`."""
    parser = Parser(
        "diff",
        "Print where two sessions part, and what is different in them.",
        "  feather-tui diff 3f6c1a90-8d27-4c1b-9e54-6b0f2d7a83c5 42f05282-d3e5-4f22-90e0-1944bb7741d4\n"
        "  feather-tui diff 3f6c1a90-8d27-4c1b-9e54-6b0f2d7a83c5 --demo\n"
        "  feather-tui diff - --format json < two-ids.txt",
        "With one session, the other is the one in the cache that went well and has most in common with it,\n"
        "of those that `triage` or `common` have read.",
    )
    parser.add_argument(
        "references",
        nargs="+",
        metavar="REFERENCE",
        help="two sessions, or one: ids, URLs or log lines that contain them, or - for standard input",
    )
    parser.add_argument("--format", choices=("text", "json"), default="text", help="default: text")
    parser.add_ascii_option()
    parser.add_session_options()
    return parser


def _add_references(parser: Parser) -> None:
    parser.add_argument(
        "references",
        nargs="*",
        metavar="REFERENCE",
        help="session ids, URLs or log lines that contain them, or - for standard input",
    )


def _add_where(parser: Parser, help_: str) -> None:
    from feather_tui.triage.table import COLUMNS  # as above

    parser.add_argument(
        "--where",
        metavar="QUERY",
        help=f"{help_}: words and column:value, such as 'agent:7c2e worst:high !channel:voice'; columns: "
        f"{', '.join(COLUMNS)}",
    )


def _add_loading_options(parser: Parser) -> None:
    parser.add_rate_option()
    add_list_options(parser)
    parser.add_ascii_option()
    parser.add_session_options()
