"""How good the kit's probability of a goal is: backtest on simulated clients and real series, methods side by side.

    pip install -e ".[benchmarks]"
    python benchmarks/forecast.py             # everything; writes docs/method/forecast.md and its picture
    python benchmarks/forecast.py --quick     # a tenth of the series; prints, writes nothing
    python benchmarks/forecast.py --tuning    # alternatives to the prior, on the tuning sample

Readings overlap as the kit's do, goals are asked as in a client's life, every method gets the same readings.
Parts: `forecasting/simulation` and `real` (series), `questions` (goals), `methods`, `scores`, `page`.
"""

from __future__ import annotations

import argparse
import time
from pathlib import Path

from forecasting import page, picture, tables
from forecasting.answers import answered
from forecasting.samples import sample
from forecasting.tuning import tune

DOCS = Path(__file__).parents[1] / "docs"
QUICK = 0.1


def main() -> None:
    """Run the benchmark, print the bar and the scores, and write the page."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="a tenth of the series; writes nothing")
    parser.add_argument("--tuning", action="store_true", help="alternatives on the tuning sample; writes nothing")
    options = parser.parse_args()
    share = QUICK if options.quick else 1.0
    if options.tuning:
        tune(share=share)
        return
    start = time.perf_counter()
    answers = answered(sample("test", share=share))
    asked = answers[~answers["is_met"]]
    print(tables.bar(asked, answers), tables.methods(asked), tables.reliability(asked), sep="\n\n")
    minutes = (time.perf_counter() - start) / 60
    print(f"\n{minutes:.1f} minutes")
    if not options.quick:
        picture.draw(asked, DOCS / "images" / page.PICTURE)
        (DOCS / "method" / "forecast.md").write_text(page.write(answers, minutes=minutes), encoding="utf-8")


if __name__ == "__main__":
    main()
