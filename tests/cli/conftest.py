"""A function that runs a command as the shell does."""

from typing import NamedTuple

import pytest

from crmkit.cli import main


class Done(NamedTuple):
    code: int
    out: str
    err: str


@pytest.fixture
def crmkit(capsys):
    """Return a function that runs a command and returns exit code, output and error output."""

    def run(*arguments) -> Done:
        with pytest.raises(SystemExit) as left:
            main([str(argument) for argument in arguments])
        said = capsys.readouterr()
        return Done(left.value.code or 0, said.out, said.err)

    return run
