"""Which header means what, and which reader a file is for."""
