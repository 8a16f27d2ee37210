"""The command: which clients, and where to."""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable
from pathlib import Path

from generator import closing, grossbau, harbourfinch, kleinod, musterbau, stadtwerke
from generator.writing import copy_folder

_HERE = Path(__file__).resolve().parent
_REPOSITORY = _HERE.parents[1]
_Write = Callable[[Path, Path], None]
#: Committed clients; `write(folder, truth)` makes everything that is not copied from `folders/`.
COMMITTED: dict[str, _Write] = {
    "musterbau": musterbau.write,
    "harbourfinch": harbourfinch.write,
    "kleinod": kleinod.write,
    "stadtwerke": stadtwerke.write,
}
#: Too large to commit.
BY_COMMAND: dict[str, _Write] = {"grossbau": grossbau.write}


def main(arguments: list[str] | None = None) -> int:
    """Make the clients that the command line names.

    Returns
    -------
    int
        0; wrong calls end with exit code 2.
    """
    parser = _parser()
    options = parser.parse_args(arguments)
    if options.client in BY_COMMAND and options.output is None:
        parser.error(f"{options.client} is not committed: say where to with --output DIR.")
    names = [options.client] if options.client else list(COMMITTED)
    samples = options.output or _REPOSITORY / "data" / "sample"
    truths = options.output / "truth" if options.output else _REPOSITORY / "tests" / "truth"
    for name in names:
        start = time.perf_counter()
        make(name, samples / name, truths / f"{name}.csv")
        if options.close and name in closing.CLOSED_ON:
            closing.write_history(name, samples / name)
            closing.freeze_baselines(name, samples / name)
        print(f"{name}: {samples / name} ({time.perf_counter() - start:.1f} s)")
    return 0


def make(name: str, folder: Path, truth: Path) -> None:
    """Make one client: its hand-written files, its exports, and the truth beside it."""
    copy_folder(_HERE / "folders" / name, folder)
    (COMMITTED | BY_COMMAND)[name](folder, truth)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python data/generator", description="Make the fictional clients.")
    parser.add_argument(
        "--client", choices=[*COMMITTED, *BY_COMMAND], help="one client only; default: the committed ones"
    )
    parser.add_argument("--output", type=Path, metavar="DIR", help="where to; default: data/sample and tests/truth")
    parser.add_argument("--close", action="store_true", help="close and freeze the history anew; needs crmkit")
    return parser
