"""What the prior of the kit's forecast was chosen by: alternatives on the tuning sample, never on the test sample."""

from __future__ import annotations

from dataclasses import replace

from crmkit.method.goals.components import PRIOR
from forecasting.answers import answered
from forecasting.methods import kit
from forecasting.samples import sample
from forecasting.scores import brier, coverage

#: One part changed at a time.
ALTERNATIVES = {
    "as chosen": PRIOR,
    "noise 0": replace(PRIOR, noise=(0.0,)),
    "noise 0, 1, 4, 16": replace(PRIOR, noise=(0.0, 1.0, 4.0, 16.0)),
    "noise 0, 2, 16, 100": replace(PRIOR, noise=(0.0, 2.0, 16.0, 100.0)),
    "season 0": replace(PRIOR, season=(0.0,)),
    "season 0, 1, 4, 20": replace(PRIOR, season=(0.0, 1.0, 4.0, 20.0)),
    "season 0, 1, 4, 16, 64": replace(PRIOR, season=(0.0, 1.0, 4.0, 16.0, 64.0)),
    "rough 0": replace(PRIOR, rough=(0.0,)),
    "rough 0, 2": replace(PRIOR, rough=(0.0, 2.0)),
    "slope 0": replace(PRIOR, slope=(0.0, 0.0)),
    "slope 0.3": replace(PRIOR, slope=(0.3, 1.5)),
    "steep as likely as not": replace(PRIOR, steep=0.5),
    "trust 0.35": replace(PRIOR, trust=0.35),
    "trust 0.7": replace(PRIOR, trust=0.7),
    "trust 1": replace(PRIOR, trust=1.0),
}


def tune(*, share: float = 1.0) -> None:
    """Print Brier score and coverage of the alternatives on the tuning sample."""
    questions = sample("tuning", share=share)
    for name, prior in ALTERNATIVES.items():
        rows = answered(questions, methods={name: kit(prior)})
        parts = []
        for source, part in rows[~rows["is_met"]].groupby("source", sort=False):
            parts.append(f"{source} {brier(part):.4f} ({coverage(part)[0]:.0%})")
        print(f"{name:24} {'   '.join(parts)}")
