"""`python -m crmkit.cli`, where the command is not on the path."""

from crmkit.cli import main

main()
