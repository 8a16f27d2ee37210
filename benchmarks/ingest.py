"""Twenty million page views → person-days: the kit, bare polars, DuckDB and pandas on the same file in one run.

    pip install -e ".[test]"
    python benchmarks/ingest.py                     # 20 million rows, a file of 2 GB in the temporary folder
    python benchmarks/ingest.py 1e6 --repeats 5     # smaller, more often
    python benchmarks/ingest.py --repeated 0.1      # one row in ten stands twice: what taking each once costs

What counts are the ratios of one run; seconds depend on the machine. Each runs in a process of its own, in turn, and
imports are not timed. `crmkit` is what `crmkit prepare` does with a log: ids and times checked, rows that do not count
in the ledger, coverage, each event once, person-days. `crmkit, calls` is the same from a notebook: `read_events`, then
`daily`. The others filter and group, nothing else; `pandas, each once` takes repeats out too, as the kit does. Results
are compared row by row.
"""

from __future__ import annotations

import argparse
import json
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

if TYPE_CHECKING:
    import pandas as pd

ENTITIES = {
    "Account": 0.25, "Opportunity": 0.2, "Contact": 0.15, "Case": 0.12, "Lead": 0.1, "Report": 0.06, "Task": 0.06,
    "Campaign": 0.03, "Invoice__c": 0.03,
}  # fmt: skip
PLATFORMS = ("SFX:BROWSER:DESKTOP", "S1:HYBRID:PHONE")
N_USERS, N_DAYS, SEED = 1_000, 261, 20260628
FIRST, DAY_MS, WEEK, WORKWEEK = "2025-06-30", 86_400_000, 7, 5
KEYS = ["user", "date", "area", "channel"]
ZONE = "Europe/Berlin"


def write_log(path: Path, n_rows: int, repeated: float) -> None:
    """Write page views of a year of working days, in order of time, as an EventLogFile has them."""
    rng = np.random.default_rng(SEED)
    letters = np.array(list("ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz0123456789"))
    users = np.array([f"0050900000{''.join(rng.choice(letters, 5))}" for _ in range(N_USERS)])
    ends = np.linspace(0, n_rows, N_DAYS + 1).astype(int)
    with path.open("wb") as file:
        for number in range(N_DAYS):
            rows = _day(rng, users, number, int(ends[number]), int(ends[number + 1]))
            again = rows.filter(pl.Series(rng.random(rows.height) < repeated)) if repeated else rows.clear()
            file.write(pl.concat([rows, again]).write_csv(include_header=number == 0).encode())


def _day(rng: np.random.Generator, users: np.ndarray, number: int, first: int, end: int) -> pl.DataFrame:
    n = end - first
    midnight = np.datetime64(FIRST, "ms").astype(int) + (number // WORKWEEK * WEEK + number % WORKWEEK) * DAY_MS
    times = np.sort(midnight + (rng.beta(3, 3, n) * DAY_MS).astype(int))
    rows = pl.DataFrame(
        {
            "EVENT_TYPE": np.full(n, "LightningPageView"),
            "REQUEST_ID": np.arange(first, end),
            "USER_ID": users[rng.integers(0, len(users), n)],
            "DEVICE_PLATFORM": np.array(PLATFORMS)[(rng.random(n) < 0.1).astype(int)],
            "PAGE_ENTITY_TYPE": rng.choice(np.array(list(ENTITIES)), n, p=list(ENTITIES.values())),
            "TIMESTAMP_DERIVED": pl.Series(times).cast(pl.Datetime("ms")),
        }
    )
    time = pl.col("TIMESTAMP_DERIVED").dt.strftime("%Y-%m-%dT%H:%M:%S%.3fZ")
    return rows.with_columns(pl.format("TID:{}", "REQUEST_ID").alias("REQUEST_ID"), time)


def areas() -> dict[str, str]:
    """Return the kit's area of each entity."""
    from crmkit.ingest.context import Context

    found = pl.DataFrame({"entity": list(ENTITIES)}).with_columns(area=Context().area_of(pl.col("entity")))
    return dict(found.iter_rows())


def by_kit(path: Path) -> Callable[[], object]:
    """Prepare's own path: ledger, coverage, each event once, person-days."""
    from crmkit.ingest import preparation
    from crmkit.ingest.context import context_of
    from crmkit.settings import Export

    def run() -> pl.DataFrame:
        context, export = context_of(None), Export(file=path.name, reader="salesforce.event_log")
        days, *_ = preparation._read_logs([(path, export)], context, None)
        context.book.check()
        context.book.frame()
        return days

    return run


def by_kit_calls(path: Path) -> Callable[[], object]:
    """Two calls from a notebook."""
    from crmkit import ingest

    return lambda: ingest.daily(ingest.read_events(path)[0]).collect()


def by_polars(path: Path) -> Callable[[], object]:
    """Scan, filter, group: nothing is checked."""
    known = areas()
    times = pl.col("TIMESTAMP_DERIVED").str.to_datetime("%Y-%m-%dT%H:%M:%S%.fZ", time_zone="UTC")
    channel = pl.when(pl.col("DEVICE_PLATFORM").str.starts_with("S1")).then(pl.lit("mobile")).otherwise(pl.lit("ui"))
    rows = pl.scan_csv(path).filter(pl.col("EVENT_TYPE") == "LightningPageView")
    groups = rows.group_by(
        user="USER_ID",
        date=times.dt.convert_time_zone(ZONE).dt.date(),
        area=pl.col("PAGE_ENTITY_TYPE").replace_strict(known),
        channel=channel,
    )
    return lambda: groups.agg(n=pl.len()).collect(engine="streaming")


def by_duckdb(path: Path) -> Callable[[], object]:
    """Return the same in SQL."""
    import duckdb

    cases = " ".join(f"WHEN '{entity}' THEN '{area}'" for entity, area in areas().items())
    query = f"""
        SELECT
            USER_ID AS user,
            CAST(CAST(TIMESTAMP_DERIVED AS TIMESTAMPTZ) AT TIME ZONE '{ZONE}' AS DATE) AS date,
            CASE PAGE_ENTITY_TYPE {cases} END AS area,
            CASE WHEN DEVICE_PLATFORM LIKE 'S1%' THEN 'mobile' ELSE 'ui' END AS channel,
            COUNT(*) AS n
        FROM read_csv('{path}')
        WHERE EVENT_TYPE = 'LightningPageView'
        GROUP BY ALL
    """
    return lambda: duckdb.sql(query).pl()


def _grouped_by_pandas(rows: pd.DataFrame, known: dict[str, str]) -> pd.DataFrame:
    """Return how often each user did something on each local day, by area and channel."""
    import pandas as pd

    times = pd.to_datetime(rows["TIMESTAMP_DERIVED"], format="ISO8601", utc=True).dt.tz_convert(ZONE)
    keys = {
        "user": rows["USER_ID"],
        "date": times.dt.tz_localize(None).dt.normalize(),
        "area": rows["PAGE_ENTITY_TYPE"].map(known),
        "channel": rows["DEVICE_PLATFORM"].str.startswith("S1").map({True: "mobile", False: "ui"}),
    }
    return pd.DataFrame(keys).groupby(KEYS, observed=True).size().rename("n").reset_index()


def by_pandas(path: Path, engine: str = "c") -> Callable[[], object]:
    """Read five columns, group: as an analyst would write it."""
    import pandas as pd

    known = areas()
    columns = ["EVENT_TYPE", "USER_ID", "DEVICE_PLATFORM", "PAGE_ENTITY_TYPE", "TIMESTAMP_DERIVED"]

    def run() -> object:
        rows = pd.read_csv(path, usecols=columns, engine=engine)
        rows = rows[rows["EVENT_TYPE"] == "LightningPageView"]
        return _grouped_by_pandas(rows, known)

    return run


def by_pandas_pyarrow(path: Path) -> Callable[[], object]:
    """Return the same with the faster reader of pandas."""
    return by_pandas(path, "pyarrow")


def by_pandas_each_once(path: Path) -> Callable[[], object]:
    """Return the same with each event once, as the kit takes them."""
    import pandas as pd

    known = areas()
    identity = ["REQUEST_ID", "USER_ID", "TIMESTAMP_DERIVED", "PAGE_ENTITY_TYPE"]

    def run() -> object:
        rows = pd.read_csv(path, usecols=["EVENT_TYPE", "DEVICE_PLATFORM", *identity])
        rows = rows[rows["EVENT_TYPE"] == "LightningPageView"].drop_duplicates(identity)
        return _grouped_by_pandas(rows, known)

    return run


TOOLS: dict[str, Callable[[Path], Callable[[], object]]] = {
    "bare polars": by_polars, "crmkit": by_kit, "crmkit, calls": by_kit_calls, "DuckDB": by_duckdb,
    "pandas, pyarrow": by_pandas_pyarrow, "pandas": by_pandas, "pandas, each once": by_pandas_each_once,
}  # fmt: skip


def run_one(tool: str, path: Path, result: Path) -> None:
    """Time one tool in this process, print seconds and peak memory, and write what it found."""
    run = TOOLS[tool](path)
    start = time.perf_counter()
    found = run()
    seconds = time.perf_counter() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024**2
    print(json.dumps({"seconds": seconds, "peak": peak}))
    _in_one_form(found if isinstance(found, pl.DataFrame) else pl.DataFrame(found)).write_parquet(result)


def _in_one_form(days: pl.DataFrame) -> pl.DataFrame:
    """Return person-days in one order; the kit writes ids with 18 characters, the file has 15."""
    if "n_view" in days.columns:
        days = days.select(pl.col("user_id").alias("user"), "date", "area", "channel", pl.col("n_view").alias("n"))
    texts = [pl.col("user").str.slice(0, 15), pl.col("area", "channel").cast(pl.String)]
    return days.select(*texts, pl.col("date").cast(pl.Date), pl.col("n").cast(pl.Int64)).select(*KEYS, "n").sort(KEYS)


def in_turn(path: Path, tools: list[str], repeats: int) -> Iterator[tuple[str, dict[str, float]]]:
    """Run every tool in a process of its own, one after the other, and that several times."""
    for _ in range(repeats):
        for tool in tools:
            command = [sys.executable, __file__, "--run", tool, str(path), str(_result(path, tool))]
            done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
            yield tool, json.loads(done.stdout.splitlines()[-1])


def _result(path: Path, tool: str) -> Path:
    return path.parent / f"{tool.replace(', ', '_').replace(' ', '_')}.parquet"


def compare(path: Path, tools: list[str], repeated: float) -> dict[str, str]:
    """Return how each tool's person-days compare with the kit's."""
    kit = pl.read_parquet(_result(path, "crmkit"))
    said = {}
    for tool in tools:
        found = pl.read_parquet(_result(path, tool))
        more = found["n"].sum() - kit["n"].sum()
        said[tool] = f"{found.height:,} {'same' if found.equals(kit) else f'NOT the same, {more:+,} views'}"
    if not repeated and any("NOT" in each for each in said.values()):
        raise SystemExit(f"results differ: {said}")
    return said


def main() -> None:
    """Write the log, run the comparison, print a line a tool."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("rows", type=float, nargs="?", default=20e6, help="rows of the log")
    parser.add_argument("--repeats", type=int, default=3, help="runs of each tool")
    parser.add_argument("--repeated", type=float, default=0.0, help="share of rows that stand twice (0-1)")
    parser.add_argument("--without", nargs="*", default=[], choices=sorted(TOOLS), help="tools to leave out")
    parser.add_argument("--keep", action="store_true", help="keep the log")
    parser.add_argument("--run", nargs=3, metavar=("TOOL", "LOG", "RESULT"), help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.run:
        run_one(options.run[0], Path(options.run[1]), Path(options.run[2]))
        return
    folder = Path(tempfile.mkdtemp(prefix="crmkit-ingest-"))
    try:
        report(folder / "log.csv", options)
    finally:
        if options.keep:
            print(f"kept: {folder}")
        else:
            shutil.rmtree(folder)


def report(path: Path, options: argparse.Namespace) -> None:
    """Run all tools on a new log and print the table."""
    write_log(path, int(options.rows), options.repeated)
    tools = [tool for tool in TOOLS if tool not in options.without]
    runs: dict[str, list[dict[str, float]]] = {tool: [] for tool in tools}
    for tool, figures in in_turn(path, tools, options.repeats):
        runs[tool].append(figures)
    said = compare(path, tools, options.repeated)
    bare = statistics.median(run["seconds"] for run in runs["bare polars"])
    print(f"{options.rows:,.0f} rows, {path.stat().st_size / 1e9:.1f} GB, {options.repeats} runs each")
    print(f"{'':16s} {'min s':>7s} {'median s':>9s} {'ratio':>6s} {'peak GB':>8s}  person-days by area and channel")
    for tool in tools:
        seconds = [run["seconds"] for run in runs[tool]]
        median, peak = statistics.median(seconds), max(run["peak"] for run in runs[tool])
        print(f"{tool:16s} {min(seconds):7.1f} {median:9.1f} {median / bare:6.2f} {peak:8.1f}  {said[tool]}")


if __name__ == "__main__":
    main()
