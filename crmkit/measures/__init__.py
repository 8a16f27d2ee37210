"""Measures against what holds people back from working with a CRM, as data; no client's data are seen here."""

from crmkit.measures.catalogue import Measure, hurdle_of, hurdles, measure_of, measures, measures_against

__all__ = ["Measure", "hurdle_of", "hurdles", "measure_of", "measures", "measures_against"]
