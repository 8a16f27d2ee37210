"""The commands: each calls one room and prints what it says. The order is that of `crmkit --help`."""

from crmkit.cli.commands import making, keeping, asking  # noqa: I001
from crmkit.cli.commands.program import app

__all__ = ["app", "asking", "keeping", "making"]
