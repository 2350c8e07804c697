"""The command line: the first word chooses the command, and a failure leaves as one sentence and a status.

The exit status is 0, the one of the failure (`feather_tui.errors` lists them), 130 after Ctrl-C, or 141 when
the reader of standard output went away (`feather-tui show … | head`), which is what a shell reports for
a program that SIGPIPE ended.
"""

from __future__ import annotations

import os
import sys

TYPE_CHECKING = False  # start-up time: `typing` would be half of what `--version` costs
if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence

_MODULES = {
    "open": "open_app",
    "show": "show",
    "findings": "findings",
    "list": "conversations",
    "triage": "triage",
    "common": "common",
    "diff": "diff",
    "export": "export",
    "auth": "auth",
    "cache": "cache",
    "config": "config",
    "doctor": "doctor.command",
    "completion": "completion.command",
    "man": "man",
    "__complete": "completion.candidates",
}
_INTERRUPTED = 130
_READER_GONE = 141


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command line (of this process, unless `argv` is given) and return its exit status.

    Data goes to standard output and messages to standard error. FEATHER_DEBUG=1 adds a traceback, without
    the values of variables, to the sentence about an unexpected failure.
    """
    words = sys.argv[1:] if argv is None else list(argv)
    if words[:1] == ["--version"]:  # answered before anything else is imported
        from feather_tui import __version__

        print(f"feather-tui {__version__}")
        return 0
    try:
        _keep_secrets_in_memory()
        status = _answer(words)
        if sys.stdout is not None:  # None: the shell closed it (`>&-`)
            sys.stdout.flush()
    except KeyboardInterrupt:
        return _INTERRUPTED
    except OSError as error:
        return _output_failed(error)
    return status


def _keep_secrets_in_memory() -> None:
    """Keep new files to the user, a crash from dumping memory, and TLS secrets from being written down."""
    import resource  # start-up time: not for `--version`

    os.umask(0o077)
    # One byte holds no core file, and is the one limit at which Linux does not pipe the memory to a program
    # either (core_pattern): 0 does not stop that.
    _, hard = resource.getrlimit(resource.RLIMIT_CORE)
    most = 0 if hard == 0 else 1
    resource.setrlimit(resource.RLIMIT_CORE, (most, most))
    os.environ.pop("SSLKEYLOGFILE", None)


def _output_failed(error: OSError) -> int:
    from feather_tui.cli import messages  # start-up time: not for `--version`
    from feather_tui.errors import FeatherError

    # What is still buffered would fail once more, and loudly, when the interpreter flushes it.
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    if isinstance(error, BrokenPipeError):
        return _READER_GONE
    messages.say(f"Standard output cannot be written: {error.strerror}.")
    return FeatherError.exit_status


def _answer(words: list[str]) -> int:
    from feather_tui.cli import arguments, messages  # start-up time: not for `--version`
    from feather_tui.cli.parser import HelpGiven
    from feather_tui.errors import FeatherError
    from feather_tui.rendering.safe import only_ascii
    from feather_tui.terminal import lacks_utf8

    messages.use_any_encoding()
    with only_ascii(when=lacks_utf8(os.environ)):
        try:
            return _dispatch(arguments.parse(words))
        except HelpGiven:
            return 0
        except FeatherError as error:
            messages.say(str(error))
            return error.exit_status
        except OSError as error:
            if error.filename is None:  # no file: standard output is full, or its reader has gone
                raise
            messages.say(
                f"{error.filename} cannot be used: {error.strerror}. Check its permissions and disk."
            )
            return FeatherError.exit_status
        except Exception as error:  # noqa: BLE001 - the outermost door: whatever comes leaves as a sentence
            asked_to_end = _status_asked_for(error)
            if asked_to_end is not None:
                return asked_to_end
            messages.say_unexpected(error, with_traceback=os.environ.get("FEATHER_DEBUG") == "1")
            return FeatherError.exit_status


def _status_asked_for(error: BaseException | None) -> int | None:
    """Return the status of Ctrl-C or a signal, where somebody on the way made another exception of it."""
    while error is not None:
        if isinstance(error, KeyboardInterrupt):
            return _INTERRUPTED
        if isinstance(error, SystemExit) and isinstance(error.code, int):
            return error.code
        error = error.__context__
    return None


def _dispatch(chosen: argparse.Namespace) -> int:
    """Import the chosen command, and no other one: each brings what the others do without."""
    from importlib import import_module

    status: int = import_module(f"feather_tui.cli.{_MODULES[chosen.command]}").run(chosen)
    return status
