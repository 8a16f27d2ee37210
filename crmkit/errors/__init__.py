"""Every error of the kit: one line that says what is wrong, where, and what to do."""

from crmkit.errors.base import (
    CallError,
    CrmkitError,
    DeletionError,
    HistoryError,
    InputError,
    MethodError,
    PrivacyError,
    RenderError,
    SettingsError,
    did_you_mean,
    listed,
)
from crmkit.errors.goal import GoalError

__all__ = [
    "CallError",
    "CrmkitError",
    "DeletionError",
    "GoalError",
    "HistoryError",
    "InputError",
    "MethodError",
    "PrivacyError",
    "RenderError",
    "SettingsError",
    "did_you_mean",
    "listed",
]
