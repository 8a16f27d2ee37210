"""The readers by their names; `crmkit.readers` describes them."""

from __future__ import annotations

from crmkit.readers import Reader, readers

#: All readers, as `crmkit readers` lists them.
READERS = readers()

__all__ = ["READERS", "Reader"]
