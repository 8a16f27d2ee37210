"""Every question answered by every method, in two processes."""

from __future__ import annotations

from collections.abc import Iterable
from concurrent.futures import ProcessPoolExecutor
from itertools import groupby

import numpy as np
import pandas as pd

from crmkit.method.goals.forecast import HISTORY_MONTHS
from crmkit.method.goals.readings import pace_of
from forecasting.methods import METHODS, Method, applied
from forecasting.questions import Question

#: Limits of the 80 % interval.
LOW, HIGH = 0.1, 0.9
#: Histories answered in one go.
_CHUNK = 40


def answered(
    questions: list[Question], *, methods: dict[str, Method] | None = None, processes: int = 2
) -> pd.DataFrame:
    """Return one row a question and method.

    Returns
    -------
    pandas.DataFrame
        source, metric, name (series), history (number), n_history, months, change, term, is_met, happened, method,
        probability, low, middle, high (80 % interval and median at the deadline), last, reading, size (median of the
        history), pace (change a month over the last 12 readings), inside (last reading inside a month),
        with_programme, failed.
    """
    histories = [list(group) for _, group in groupby(questions, key=lambda one: (id(one.series), one.history))]
    chunks = [histories[begin : begin + _CHUNK] for begin in range(0, len(histories), _CHUNK)]
    names = [*METHODS] if methods is None else None
    if names is None or processes == 1:
        frames = [_chunk(chunk, methods or METHODS) for chunk in chunks]
    else:
        with ProcessPoolExecutor(processes) as pool:
            frames = [*pool.map(_known, chunks)]
    return pd.concat(frames, ignore_index=True)


def _known(histories: list[list[Question]]) -> pd.DataFrame:
    return _chunk(histories, METHODS)


def _chunk(histories: list[list[Question]], methods: dict[str, Method]) -> pd.DataFrame:
    rows = [row for group in histories for name, method in methods.items() for row in _answers(group, name, method)]
    return pd.DataFrame(rows)


def _answers(group: list[Question], name: str, method: Method) -> Iterable[dict[str, object]]:
    first = group[0]
    outlook, failed = applied(method, first.at, first.values, first.series)
    pace = pace_of(first.at[-HISTORY_MONTHS:].tolist(), first.values[-HISTORY_MONTHS:].tolist()) or 0.0
    for one in group:
        series = one.series
        chance = outlook.probability(one.target, months=one.months, falling=one.falling, step=series.step)
        low, middle, high = (outlook.quantile(one.months, share) for share in (LOW, 0.5, HIGH))
        yield {
            "source": series.source, "metric": series.metric, "name": f"{series.source} {series.name}",
            "history": one.history, "n_history": len(one.at), "months": one.months, "change": one.change,
            "term": one.term, "is_met": one.is_met, "happened": one.happened, "method": name, "probability": chance,
            "low": low, "middle": middle, "high": high, "last": float(one.values[-1]), "pace": pace,
            "reading": one.reading, "size": float(np.median(one.values)), "failed": failed,
            "inside": bool(one.at[-1] % 1 > 1e-6), "with_programme": one.with_programme,
        }  # fmt: skip
