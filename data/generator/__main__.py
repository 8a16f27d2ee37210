"""Entry point: ``python data/generator [--client NAME] [--output DIR]``."""

from __future__ import annotations

import sys
from pathlib import Path


def run() -> int:
    """Make the package importable from wherever the command is called, then hand over."""
    sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
    from generator.cli import main

    return main()


if __name__ == "__main__":
    sys.exit(run())
