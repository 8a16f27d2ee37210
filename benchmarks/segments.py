"""Segments of many person-weeks: the kit, Microsoft's vivainsights and a plain pandas groupby in one run.

    pip install -e ".[benchmarks]"
    python benchmarks/segments.py                 # 1 million person-weeks, all three
    python benchmarks/segments.py --weeks 5       # 5 million; --no-peer leaves vivainsights out

What counts are the ratios of one run; seconds depend on the machine. All three get the same dense frame,
and the labels are compared person by person. A line at the end says what the kit needs before that: from
person-days with licences, absences and public holidays to person-weeks.
"""

from __future__ import annotations

import argparse
import contextlib
import io
import time
import warnings
from collections.abc import Callable

import numpy as np
import pandas as pd

from crmkit import schema
from crmkit.method import panel, segments

AS_OF = "2026-06-28"
#: Label of vivainsights → code of the kit.
LABELS = {
    "Power User": "power", "Habitual User": "habitual", "Novice User": "novice", "Low User": "low",
    "Non-user": "non_user",
}  # fmt: skip
SEED = 20260628


def person_days(n_people: int, n_weeks: int) -> pd.DataFrame:
    """Return person-days of people whose rhythm differs: 0 to about 60 actions a week, on one to three days."""
    rng = np.random.default_rng(SEED)
    mondays = pd.date_range(end="2026-06-22", periods=n_weeks, freq="7D")
    mean = rng.gamma(0.5, 12, size=(n_people, 1))
    parts = []
    for weekday, share in ((0, 0.6), (2, 0.3), (4, 0.1)):
        n_view = rng.poisson(mean * share, size=(n_people, n_weeks)).ravel()
        users = np.repeat(np.char.add("u", np.char.zfill(np.arange(n_people).astype(str), 7)), n_weeks)
        days = np.tile(mondays + pd.Timedelta(days=weekday), n_people)
        parts.append(pd.DataFrame({"user_id": users, "date": days, "n_view": n_view})[n_view > 0])
    return schema.conform(pd.concat(parts).assign(source="log"), "activity")


def people_of(activity: pd.DataFrame, n_people: int) -> dict[str, pd.DataFrame]:
    """Return users, spans and coverage: two states, one in ten part time, a change of unit in the window."""
    names = pd.Series(np.char.add("u", np.char.zfill(np.arange(n_people).astype(str), 7)), dtype="str")
    users = pd.DataFrame({"user_id": names, "person_id": names})
    first = pd.DataFrame({"user_id": names, "from_date": pd.Timestamp("2023-01-01"), "org_unit": "North"})
    moved = first[::5].assign(from_date=pd.Timestamp("2026-05-13"), org_unit="South")
    spans = pd.concat([first, moved], ignore_index=True)
    number = np.arange(len(spans))
    spans = spans.assign(fte=np.where(number % 10, 1.0, 0.5), subdivision=np.where(number % 2, "BY", "NW"))
    days = pd.date_range(activity["date"].min(), AS_OF)
    coverage = pd.DataFrame({"source": "log", "date": days, "complete": True, "tier": "A"})
    return {"users": users, "assignments": spans, "coverage": coverage}


def dense_frame(activity: pd.DataFrame, n_people: int, n_weeks: int) -> pd.DataFrame:
    """Return one row a person and week, also for weeks without an action."""
    names = np.char.add("u", np.char.zfill(np.arange(n_people).astype(str), 7))
    silent = pd.DataFrame({"user_id": names, "date": pd.Timestamp("2026-06-22"), "n_view": 0})
    return panel.weekly(pd.concat([activity, silent]), as_of=AS_OF, weeks=n_weeks)


def by_groupby(weeks: pd.DataFrame) -> pd.DataFrame:
    """Return the same labels with pandas alone, as an analyst would write it."""
    last = weeks["week"].drop_duplicates().nlargest(12)
    window = weeks[weeks["week"].isin(last)]
    rows = window[["user_id", "n_actions"]].assign(is_active=window["n_actions"] > 0)
    people = rows.groupby("user_id").agg(n_active=("is_active", "sum"), mean=("n_actions", "mean"))
    habit = people["n_active"] >= 9
    conditions = [habit & (people["mean"] >= 15), habit, people["mean"] >= 1, people["mean"] > 0]
    labels = np.select(conditions, ["power", "habitual", "novice", "low"], "non_user")
    return pd.DataFrame({"user_id": people.index, "segment": labels})


def by_peer(weeks: pd.DataFrame) -> pd.DataFrame:
    """Return the labels of vivainsights for every person and week."""
    from vivainsights import identify_usage_segments

    query = pd.DataFrame({"PersonId": weeks["user_id"], "MetricDate": weeks["week"], "n": weeks["n_actions"]})
    with contextlib.redirect_stdout(io.StringIO()), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        rows = identify_usage_segments(query, metric="n", version="12w", return_type="data")
    columns = {"PersonId": "user_id", "MetricDate": "week", "UsageSegments_12w": "segment"}
    return rows[[*columns]].rename(columns=columns).replace({"segment": LABELS})


def equal(own: pd.DataFrame, other: pd.DataFrame) -> str:
    """Return how many labels are the same."""
    keys = [column for column in ("user_id", "week") if column in other]
    both = own.astype({"segment": "str"}).merge(other, on=keys, validate="one_to_one")
    return f"equal labels {int((both['segment_x'] == both['segment_y']).sum()):,} of {len(own):,}"


def timed(call: Callable[[], pd.DataFrame], *, repeat: int) -> tuple[float, pd.DataFrame]:
    """Return the shortest of several runs in seconds, and its result."""
    runs = []
    for _ in range(repeat):
        start = time.perf_counter()
        result = call()
        runs.append(time.perf_counter() - start)
    return min(runs), result


def main() -> None:
    """Run the comparison and print a line a tool."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--weeks", type=float, default=1, help="millions of person-weeks")
    parser.add_argument("--per-person", type=int, default=52, help="weeks a person")
    parser.add_argument("--no-peer", action="store_true", help="without vivainsights")
    options = parser.parse_args()
    n_weeks = options.per_person
    n_people = round(options.weeks * 1e6 / n_weeks)
    activity = person_days(n_people, n_weeks)
    weeks = dense_frame(activity, n_people, n_weeks)
    print(f"{len(weeks):,} person-weeks of {n_people:,} people, {len(activity):,} person-days")
    kit, own = timed(lambda: segments.assign(weeks, definition="viva"), repeat=5)
    print(f"  crmkit.segments.assign, last window     {kit:8.3f} s    1.0 x")
    every, windows = timed(lambda: segments.rolling(weeks, definition="viva"), repeat=5)
    print(f"  crmkit.segments.rolling, every window   {every:8.3f} s  {every / kit:5.1f} x")
    seconds, labels = timed(lambda: by_groupby(weeks), repeat=5)
    print(f"  pandas groupby, last window             {seconds:8.3f} s  {seconds / kit:5.1f} x; {equal(own, labels)}")
    if not options.no_peer:
        seconds, labels = timed(lambda: by_peer(weeks), repeat=1)
        said = f"{seconds / kit:5.1f} x, {seconds / every:.1f} x of every window; {equal(windows, labels)}"
        print(f"  vivainsights, every window              {seconds:8.3f} s  {said}")
    people = people_of(activity, n_people)
    before, _ = timed(lambda: panel.weekly(activity, people, as_of=AS_OF, weeks=n_weeks), repeat=2)
    print(f"  crmkit.panel.weekly, from person-days   {before:8.3f} s  {before / kit:5.1f} x (eligibility, once)")


if __name__ == "__main__":
    main()
