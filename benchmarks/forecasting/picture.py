"""The picture of reliability: what was stated, how often it came true."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd

from forecasting import scores, tables
from forecasting.methods import DEFAULT, FORMER

#: Statements are drawn in classes of ten points; classes with fewer are left out.
_LEAST = 30


def draw(asked: pd.DataFrame, file: Path) -> None:
    """Write the reliability of the default and its forerunner as SVG, one panel a group."""
    import matplotlib as mpl

    mpl.use("Agg")
    from matplotlib import pyplot as plt

    # The same numbers give the same file.
    with mpl.rc_context(
        {"svg.hashsalt": "crmkit", "font.size": 9, "axes.spines.top": False, "axes.spines.right": False}
    ):
        figure, axes = plt.subplots(1, 2, figsize=(7.4, 3.7), sharey=True, layout="constrained")
        for axis, group in zip(axes, ("simulated", "real"), strict=True):
            _panel(axis, tables.of_group(asked, group), group)
        axes[0].set_ylabel("came true")
        axes[1].legend(frameon=False, loc="upper left")
        figure.savefig(file, metadata={"Date": None})
        plt.close(figure)


def _panel(axis: object, rows: pd.DataFrame, group: str) -> None:
    axis.plot([0, 1], [0, 1], color="0.75", linewidth=1, zorder=0)
    for name, colour, marker in ((FORMER, "0.6", "s"), (DEFAULT, "#1f5fa8", "o")):
        found = _classes(tables.of_method(rows, name))
        spread = np.abs(found[["low", "high"]].to_numpy().T - found["happened"].to_numpy())
        axis.errorbar(
            found["said"], found["happened"], yerr=spread, color=colour, marker=marker, markersize=4, linewidth=1.2,
            elinewidth=0.8, label=name,
        )  # fmt: skip
    axis.set(title=f"{group} series", xlabel="stated probability", xlim=(0, 1), ylim=(0, 1))
    for line in (axis.xaxis, axis.yaxis):
        line.set_major_formatter(lambda value, _: f"{100 * value:.0f} %")


def _classes(rows: pd.DataFrame) -> pd.DataFrame:
    classes = np.round(rows["probability"] * 10).astype(int)
    found = [
        {"said": part["probability"].mean(), **scores.share_of(part)}
        for _, part in rows.groupby(classes)
        if len(part) >= _LEAST
    ]
    return pd.DataFrame(found)
