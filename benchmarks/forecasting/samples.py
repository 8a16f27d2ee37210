"""The two samples: one to choose the method with, one that only the chosen method has seen."""

from __future__ import annotations

from forecasting import real, simulation
from forecasting.questions import Question, ask

#: Source → series of the test sample; simulated clients have four metrics each.
TEST = {"simulated": 1000, "m3": 600, "tourism": 244}
TUNING = {"simulated": 300, "m3": 250, "tourism": 122}
#: Part → seed of the clients and of their goals. Real series are split by `real.excerpts`.
_SEEDS = {"tuning": (1, 3), "test": (2, 4)}
_SHUFFLE = 7


def sample(part: str, *, share: float = 1.0) -> list[Question]:
    """Return the questions of a sample, or of a share of its series.

    Parameters
    ----------
    part
        ``tuning`` or ``test``.
    share
        Share of the series (0–1).
    """
    sizes = {source: round(n * share) for source, n in (TUNING if part == "tuning" else TEST).items()}
    clients_seed, goals_seed = _SEEDS[part]
    pools = [simulation.clients(sizes["simulated"], seed=clients_seed)]
    pools += [real.excerpts(name, part=part, n=sizes[name], seed=_SHUFFLE) for name in ("m3", "tourism")]
    return [question for pool in pools for question in ask(pool, seed=goals_seed)]
