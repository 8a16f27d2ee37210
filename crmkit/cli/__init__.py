"""The command line: `crmkit --help`."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from contextlib import suppress

from crmkit.errors import CallError, CrmkitError

#: Exit codes: all well; some client failed, or something that blocks was found; the call itself is wrong.
ALL_WELL, SOME_FAILED, WRONG_CALL = 0, 1, 2


def main(arguments: Sequence[str] | None = None) -> None:
    """Run a command and leave with its exit code.

    Parameters
    ----------
    arguments
        Without the program's name; None: those of this process.
    """
    given = list(sys.argv[1:] if arguments is None else arguments)
    debug = "--debug" in given
    _never_fail_to_print()
    try:
        from crmkit.cli.commands import app

        # the option may stand anywhere: whoever needs it repeats a command that failed
        app(args=[argument for argument in given if argument != "--debug"], prog_name="crmkit")
    except CrmkitError as error:
        if debug:
            raise
        _leave(str(error), WRONG_CALL if isinstance(error, CallError) else SOME_FAILED)
    except Exception as error:
        if debug:
            raise
        # the type alone: the message of somebody else's exception may quote a client's data
        _leave(
            f"{type(error).__name__}: this is a bug in crmkit. `--debug` shows where it happened; "
            "look through what it prints before you pass it on, it may quote the client's data.",
            SOME_FAILED,
        )


def _leave(message: str, code: int) -> None:
    print(f"error: {message}", file=sys.stderr)  # noqa: T201
    raise SystemExit(code)


def _never_fail_to_print() -> None:
    """Let a console that lacks a letter show a question mark instead of ending the program."""
    for stream in (sys.stdout, sys.stderr):
        with suppress(AttributeError, ValueError):
            stream.reconfigure(errors="replace")  # type: ignore[union-attr]
