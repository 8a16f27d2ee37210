"""The readers by their names; `crmkit.readers` describes them."""

from __future__ import annotations

from crmkit.readers import Reader, reader_of, readers

#: All readers, as `crmkit readers` lists them.
READERS = readers()

__all__ = ["READERS", "Reader", "reader_of"]
