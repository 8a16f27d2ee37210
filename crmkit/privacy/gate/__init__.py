"""The gate: what no file that leaves may hold, whoever wrote the file.

Every kind of file has its rules; what is found is named by rule and place, never shown.
"""

from crmkit.privacy.gate.checking import INTERNAL_MARK, check_file, check_line, kind_of
from crmkit.privacy.gate.content import Finding, Kind, Severity
from crmkit.privacy.gate.identities import Identities

__all__ = ["INTERNAL_MARK", "Finding", "Identities", "Kind", "Severity", "check_file", "check_line", "kind_of"]
