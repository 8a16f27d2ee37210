"""Linear programmes, solved by HiGHS: one model, many questions, each from where the last one ended."""

from __future__ import annotations

from typing import Any

import highspy
import numpy as np
from scipy import sparse

from crmkit.errors import PrivacyError

#: Numbers of people are whole; programmes are solved to about 1e-7.
TOLERANCE = 1e-6


class Programme:
    """Unknowns between bounds that keep equations.

    Parameters
    ----------
    sums
        Equations × unknowns.
    rest
        Right-hand side of the equations.
    lower, upper
        Bounds of each unknown.
    """

    def __init__(self, sums: sparse.csr_array, rest: np.ndarray, lower: np.ndarray, upper: np.ndarray) -> None:
        model: Any = highspy.HighsLp()
        model.num_row_, model.num_col_ = len(rest), len(lower)
        model.col_cost_ = np.zeros(len(lower))
        model.col_lower_, model.col_upper_ = lower, upper
        model.row_lower_ = model.row_upper_ = np.asarray(rest, dtype=float)
        model.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
        model.a_matrix_.start_, model.a_matrix_.index_ = sums.indptr, sums.indices
        model.a_matrix_.value_ = sums.data
        self._highs = highspy.Highs()
        self._highs.silent()
        # one thread, so that the same numbers are masked every time
        self._highs.setOptionValue("threads", 1)
        self._highs.passModel(model)
        self._n = len(lower)

    def least(self, costs: np.ndarray) -> np.ndarray | None:
        """Return the unknowns of the least total cost, or None if nothing fits or it has no end."""
        self._highs.changeColsCost(self._n, np.arange(self._n, dtype=np.int32), np.asarray(costs, dtype=float))
        self._highs.run()
        status = self._highs.getModelStatus()
        if status == highspy.HighsModelStatus.kOptimal:
            return np.array(self._highs.getSolution().col_value)
        endless = (highspy.HighsModelStatus.kUnbounded, highspy.HighsModelStatus.kUnboundedOrInfeasible)
        if status in (highspy.HighsModelStatus.kInfeasible, *endless):
            return None
        raise PrivacyError(f"the bounds of masked numbers could not be worked out (HiGHS: {status.name}).")

    def widen(self, position: int, lower: float, upper: float) -> None:
        """Set the bounds of one unknown."""
        self._highs.changeColBounds(position, lower, upper)
