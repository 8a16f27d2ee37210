"""How often the kit finds a change that was not there, and one that was: simulated weeks of clients, with and without.

    python benchmarks/effects.py            # 200 series of each kind, half a minute; writes docs/method/effects.md
    python benchmarks/effects.py --quick    # 20 of each; prints, writes nothing
    python benchmarks/effects.py --tuning   # 200 of each on the seeds that the method was chosen on; writes nothing

Parts: `interruptions/simulation` (people and their weeks), `cases` (kinds of series), `page`.
"""

from __future__ import annotations

import argparse
import time
from pathlib import Path

from interruptions import cases, page

PAGE = Path(__file__).parents[1] / "docs" / "method" / "effects.md"
SERIES, QUICK = 200, 20


def main() -> None:
    """Run the benchmark, print its table, and write the page."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="a tenth of the series; writes nothing")
    parser.add_argument("--tuning", action="store_true", help="the seeds of the choice; writes nothing")
    options = parser.parse_args()
    start = time.perf_counter()
    seed = cases.TUNING if options.tuning else cases.TEST
    answers = cases.answered(QUICK if options.quick else SERIES, seed=seed)
    print(page.table(answers), page.bar(answers), sep="\n\n")
    minutes = (time.perf_counter() - start) / 60
    print(f"\n{minutes:.1f} minutes")
    if not options.quick and not options.tuning:
        PAGE.write_text(page.write(answers, minutes=minutes), encoding="utf-8")


if __name__ == "__main__":
    main()
