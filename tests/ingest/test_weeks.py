"""Person-weeks that the client's IT has counted."""

import datetime as dt

import pandas as pd
import polars as pl
import pytest

import crmkit
from crmkit.errors import InputError, SettingsError
from crmkit.ingest.times import weeks
from crmkit.method import tiers

LIST = "{file: exports/users.csv, reader: generic.users, exported: 2026-06-28}"
LOG = "{file: exports/weeks.csv, reader: generic.weeks}"
USERS = "Kennung;Abteilung\nu1;Nord\nu2;Nord\n"


def prepared(folder_of, text, *, settings="", log=LOG):
    return crmkit.ingest.prepare(
        folder_of([LIST, log], {"exports/users.csv": USERS, "exports/weeks.csv": text}, settings=settings)
    )


def mondays(*texts, date_format=None):
    values = pl.Series(texts, dtype=pl.String)
    return weeks.mondays(values, file="f.csv", column="Woche", date_format=date_format).local.dt.date().to_list()


def test_a_monday_or_an_iso_week():
    monday = dt.date(2026, 6, 22)
    for text in ("2026-W26", "2026W26", "2026-KW26", "KW 26/2026", "KW26 2026", "W26-2026", "cw 26.2026", "22.06.2026"):
        assert mondays(text, None) == [monday, None]
    assert mondays("2026-W53", "2026-W01") == [dt.date(2026, 12, 28), dt.date(2025, 12, 29)]
    assert mondays("06/22/2026", date_format="%m/%d/%Y") == [monday]
    assert mondays("2026-06-22 00:00:00") == [monday]


@pytest.mark.parametrize(
    ("texts", "n"),
    [(("2026-06-21", "2026-06-28"), 2), (("2026-06-22", "2026-06-23"), 1), (("2025-W53",), 1), (("2026-W26", "x"), 1)],
)
def test_other_weeks_are_refused(texts, n, refused):
    message = (
        f"f.csv: column `Woche`: {n} of {len(texts)} values are no weeks. "
        "Write the Monday (2026-06-22) or the ISO week (2026-W26)."
    )
    with refused(InputError, message):
        mondays(*texts)


def test_a_month_is_no_week():
    with pytest.raises(InputError, match=r"f\.csv: column `Woche`: 1 of 1 values do not fit any known date format"):
        mondays("2026-05")


def test_counts_lie_in_their_week_and_days_are_kept(folder_of):
    text = "user_id;Woche;n_days;n_view;n_write\nu1;2026-W25;3;10;2\nU1;2026-W26;;4;\nu2;2026-W26;5;2;0\n"
    made = prepared(folder_of, text)
    days = made.activity.assign(week=made.activity["date"].dt.isocalendar().week, n=1)
    by_week = days.groupby(["user_id", "week"])[["n", "n_view", "n_write"]].sum().sort_values("n_view")
    # two views cannot lie on five days
    assert by_week.values.tolist() == [[2, 2, 0], [1, 4, 0], [3, 10, 2]]
    covered = made.coverage[made.coverage["source"] == "generic.weeks"]
    assert (covered["date"].min(), covered["date"].max()) == (pd.Timestamp("2026-06-15"), pd.Timestamp("2026-06-28"))
    assert set(covered["tier"]) == {"A"}


@pytest.mark.parametrize(("column", "kind"), [("n_login", "logins"), ("n_write", "changes")])
@pytest.mark.parametrize("reader", ["weeks", "activity"])
def test_logins_or_changes_alone_are_no_views(folder_of, column, kind, reader):
    log = LOG.replace("generic.weeks", f"generic.{reader}")
    name = "week" if reader == "weeks" else "date"
    made = prepared(folder_of, f"user_id,{name},{column}\nu1,2026-06-22,3\n", log=log)
    source = f"generic.{reader}:{kind}"
    assert set(made.activity["source"]) == {source}
    assert set(made.coverage.loc[made.coverage["source"] == source, "tier"]) == {"B"}
    assert made.ledger["source"].tolist().count(source) == 1
    # one day does not cover a week, a week does
    expected = kind if reader == "weeks" else "views"
    assert tiers.evidence_of(made.activity, made.coverage, as_of=dt.date(2026, 6, 28), weeks=1) == expected


def test_days_are_needed_where_days_count(folder_of, refused):
    message = (
        "weeks.csv: column `n_days` is missing, but `active.min_days` is 2 in client.yml. "
        "Deliver the number of days with use in each week, or count weeks from one day on."
    )
    with refused(InputError, message):
        prepared(folder_of, "user_id,week,n_view\nu1,2026-W26,3\n", settings="active: {min_days: 2}\n")


def test_any_text_for_area_and_channel_is_no_area(folder_of):
    header = "user_id,week,area,channel,n_view\n"
    rows = "u1,2026-W26,Anruf bei Eva Winter,Eva Winters Telefon,3\nu1,2026-W26,Sales,UI,1\n"
    made = prepared(folder_of, header + rows)
    assert made.activity[["area", "channel"]].values.tolist() == [["other", "other"], ["sales", "ui"]]


def test_a_constant_that_is_no_area(folder_of, refused):
    log = LOG.replace("}", ", constants: {area: sale}}")
    message = (
        'client.yml: exports: `constants: {area: …}`: Did you mean "sales"? '
        "Known: `sales`, `marketing`, `service`, `shared`, `other`."
    )
    with refused(SettingsError, message):
        prepared(folder_of, "user_id,week,n_view\nu1,2026-W26,3\n", log=log)


@pytest.mark.parametrize("count", ["inf", "NaN", "1e309", "99999999999999999999", "-1"])
def test_counts_that_cannot_be(folder_of, count):
    text = f"user_id;date;n_view\nu;2026-06-01;2\nu;2026-06-02;{count}\n"
    folder = folder_of(["{file: exports/l.csv, reader: generic.activity}"], {"exports/l.csv": text})
    with pytest.raises(InputError, match=r"l\.csv: column `n_view`, row 3: not a number"):
        crmkit.ingest.read_exports(folder)


@pytest.mark.parametrize("count", ["inf", "99999999999999999999"])
def test_licences_that_nobody_buys(folder_of, count):
    text = f"licence;n_purchased\nVoll;{count}\n"
    folder = folder_of(["{file: exports/l.csv, reader: generic.licences}"], {"exports/l.csv": text})
    with pytest.raises(InputError, match=r"l\.csv: column `n_purchased`, row 2: not a number"):
        crmkit.ingest.read_exports(folder)
