"""Numbers → numbers that may be shown: suppression, audit, and the gate on every file that leaves."""

from crmkit.privacy.audit import audit
from crmkit.privacy.lens import lens
from crmkit.privacy.protected import ProtectedTable
from crmkit.privacy.suppress import protect

__all__ = ["ProtectedTable", "audit", "lens", "protect"]
