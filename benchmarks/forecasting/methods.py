"""The methods side by side, each from the same readings, and what to do where one fails."""

from __future__ import annotations

import warnings
from collections.abc import Callable
from statistics import NormalDist

import numpy as np

from crmkit.method.goals import forecast
from crmkit.method.goals.components import PRIOR, Prior
from forecasting import classics
from forecasting.outlooks import HORIZON, Normal, Outlook, between_months
from forecasting.series import Series

Method = Callable[[np.ndarray, np.ndarray, Series], Outlook]
#: Half width of an 80 % interval in standard deviations.
_WIDTH_80 = NormalDist().inv_cdf(0.9)


def kit(prior: Prior = PRIOR) -> Method:
    """Return the kit's forecast under some prior."""

    def method(at: np.ndarray, values: np.ndarray, series: Series) -> Outlook:
        found = forecast.fit(at.tolist(), values.tolist(), low=series.low, high=series.high, prior=prior)
        assert found is not None
        return found

    return method


def monthly(at: np.ndarray, values: np.ndarray) -> np.ndarray:
    """Return one reading a month, for methods that know no gaps: missing ones lie on a line.

    A last reading inside a month takes the place of the next month end.
    """
    whole = np.ceil(at - 1e-6)
    return np.interp(np.arange(whole[0], whole[-1] + 1), whole, values)


def local_level(at: np.ndarray, values: np.ndarray, series: Series) -> Outlook:
    """Return statsmodels' local level by maximum likelihood."""
    from statsmodels.tsa.statespace.structural import UnobservedComponents

    fitted = UnobservedComponents(monthly(at, values), "llevel").fit(disp=0)
    found = fitted.get_forecast(HORIZON)
    return Normal(between_months(values[-1], found.predicted_mean, found.se_mean), series.low, series.high)


def damped_trend(at: np.ndarray, values: np.ndarray, series: Series) -> Outlook:
    """Return statsmodels' exponential smoothing with a damped trend, ETS(A,Ad,N)."""
    import pandas as pd
    from statsmodels.tsa.exponential_smoothing.ets import ETSModel

    readings = pd.Series(monthly(at, values))
    fitted = ETSModel(readings, trend="add", damped_trend=True).fit(disp=False)
    rows = fitted.get_prediction(len(readings), len(readings) + HORIZON - 1).summary_frame(alpha=0.2)
    spreads = (rows["pi_upper"] - rows["pi_lower"]).to_numpy() / (2 * _WIDTH_80)
    return Normal(between_months(values[-1], rows["mean"].to_numpy(), spreads), series.low, series.high)


def outside(name: str, season: int) -> Method:
    """Return a model of statsforecast by its name and length of season."""

    def method(at: np.ndarray, values: np.ndarray, series: Series) -> Outlook:
        import statsforecast.models

        model = getattr(statsforecast.models, name)(season_length=season)
        found = model.forecast(y=monthly(at, values), h=HORIZON, level=[80])
        spreads = (found["hi-80"] - found["lo-80"]) / (2 * _WIDTH_80)
        return Normal(between_months(values[-1], found["mean"], spreads), series.low, series.high)

    return method


#: The kit's own prior, and what becomes of it without one of its parts.
_BARE = Prior(noise=(0.0,), season=(0.0,), rough=(0.0,))
DEFAULT, FORMER = "kit (default)", "kit, former default"
METHODS: dict[str, Method] = {
    DEFAULT: kit(),
    "kit without a course of the year": kit(Prior(season=(0.0,))),
    "kit without slopes": kit(Prior(slope=(0.0, 0.0))),
    "kit without noise of behaviour": kit(Prior(noise=(0.0,), rough=(0.0,))),
    "kit, one model: walk and slope": kit(_BARE),
    "kit, full evidence": kit(Prior(trust=1.0)),
    FORMER: classics.former,
    "random walk": classics.walk,
    "random walk of windows": classics.walk_of_windows,
    "year before plus change": classics.seasonal_walk,
    "straight line (OLS)": classics.line,
    "local level (statsmodels)": local_level,
    "damped ETS (statsmodels)": damped_trend,
    "AutoETS (statsforecast)": outside("AutoETS", 1),
    "AutoETS, season 12": outside("AutoETS", 12),
    "AutoTheta (statsforecast)": outside("AutoTheta", 1),
    "AutoTheta, season 12": outside("AutoTheta", 12),
    "DynamicOptimizedTheta, season 12": outside("DynamicOptimizedTheta", 12),
}


def applied(method: Method, at: np.ndarray, values: np.ndarray, series: Series) -> tuple[Outlook, bool]:
    """Return what a method says and whether it failed; then a random walk of windows answers instead.

    Failed: it raised, gave something that is no number, or said that it did not converge.
    """
    with warnings.catch_warnings(record=True) as said:
        warnings.simplefilter("always")
        try:
            found = method(at, values, series)
        except Exception:
            return classics.walk_of_windows(at, values, series), True
    return found, any("converge" in str(one.message).lower() for one in said)
