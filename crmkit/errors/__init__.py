"""Every error of the kit: one line that says what is wrong, where, and what to do."""

from crmkit.errors.base import CrmkitError, MethodError, PrivacyError, RenderError, did_you_mean, listed
from crmkit.errors.call import CallError
from crmkit.errors.goal import GoalError
from crmkit.errors.input import InputError
from crmkit.errors.kept import DeletionError, HistoryError
from crmkit.errors.settings import SettingsError
from crmkit.errors.survey import SurveyError

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
    "SurveyError",
    "did_you_mean",
    "listed",
]
