"""What of a client is deleted by the agreed day, and the record of it.

Read in this order: `record` (what was deleted), `files` (what there is to delete), `deleting`.
"""

from crmkit.deletion.deleting import LEAST_HASHED, delete
from crmkit.deletion.files import (
    EXPORTS,
    KEY_FILE,
    PREPARED,
    RAW_BESIDE,
    Deletable,
    agreed,
    deletable,
    overdue,
    told,
    unknown,
)
from crmkit.deletion.record import KINDS, MOST_LISTED, RECORD, Kind, deleted_on, deletions

__all__ = [
    "EXPORTS", "KEY_FILE", "KINDS", "LEAST_HASHED", "MOST_LISTED", "PREPARED", "RAW_BESIDE", "RECORD", "Deletable",
    "Kind", "agreed", "deletable", "delete", "deleted_on", "deletions", "overdue", "told", "unknown",
]  # fmt: skip
