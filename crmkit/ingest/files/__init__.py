"""Bytes as clients send them → a frame in which every cell is text: the one way in for all readers."""

from crmkit.ingest.files.opening import Opened, open_file

__all__ = ["Opened", "open_file"]
