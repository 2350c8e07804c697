"""The parsers of the commands that look after the program rather than read sessions."""

from __future__ import annotations

from feather_tui.cli.parser import Parser

SHELLS = ("bash", "zsh", "fish")


def auth_parser() -> Parser:
    """`auth`: `action` is login, status or logout."""
    parser = Parser(
        "auth",
        "Store the API key of a profile, say which one is used, or remove it.",
        "  feather-tui auth login                      asks for the key, without showing it\n"
        "  feather-tui auth login --profile prod < key.txt\n"
        "  feather-tui auth status\n"
        "  feather-tui auth logout",
    )
    parser.add_word("action", "login", "status", "logout")
    parser.add_profile_options()
    return parser


def cache_parser() -> Parser:
    """`cache`: `action` is path, info or clear."""
    parser = Parser(
        "cache",
        "Show where sessions are kept and how many, or remove all of them.",
        "  feather-tui cache info\n  feather-tui cache clear\n  ls -l $(feather-tui cache path)",
    )
    parser.add_word("action", "path", "info", "clear")
    parser.add_profile_options()
    return parser


def config_parser() -> Parser:
    """`config`: `action` is path, show or edit."""
    parser = Parser(
        "config",
        "Show the settings in force and where each came from, where the file is, or open it in an editor.",
        "  feather-tui config show\n"
        "  feather-tui config edit                     $VISUAL or $EDITOR; checked afterwards\n"
        "  cat $(feather-tui config path)",
    )
    parser.add_word("action", "path", "show", "edit")
    parser.add_profile_options()
    return parser


def doctor_parser() -> Parser:
    """`doctor` takes nothing but the profile."""
    parser = Parser(
        "doctor",
        "Check configuration, key, network, cache and terminal; one line each, and what to do about it.",
        "  feather-tui doctor\n  feather-tui doctor --profile local",
    )
    parser.add_profile_options()
    return parser


def completion_parser() -> Parser:
    """`completion`: `shell` is one of SHELLS."""
    parser = Parser(
        "completion",
        "Print the completion of commands, options, profiles and cached session ids for a shell.",
        '  eval "$(feather-tui completion bash)"       in ~/.bashrc\n'
        '  eval "$(feather-tui completion zsh)"        in ~/.zshrc, after compinit\n'
        "  feather-tui completion fish > ~/.config/fish/completions/feather-tui.fish",
    )
    parser.add_word("shell", *SHELLS)
    return parser


def man_parser() -> Parser:
    """`man` takes nothing."""
    return Parser(
        "man",
        "Print the manual page, in roff.",
        "  feather-tui man | man -l -\n  feather-tui man > ~/.local/share/man/man1/feather-tui.1",
    )


def complete_parser() -> Parser:
    """`__complete`, which completions call: `what` is sessions or profiles."""
    parser = Parser(
        "__complete",
        "Print what a shell may complete, a line each.",
        "  feather-tui __complete sessions\n  feather-tui __complete profiles",
    )
    parser.add_word("what", "sessions", "profiles")
    parser.add_profile_options()
    return parser
