"""Person-days wherever the events lie: one table, the same result on pandas, polars, DuckDB and PySpark."""

import datetime as dt
import os
import re
import shutil
import sys
from pathlib import Path

import pandas as pd
import polars as pl
import pytest

import crmkit

PAGE = (Path(__file__).parents[2] / "docs" / "scale.md").read_text(encoding="utf-8")
KEYS = ["user_id", "timestamp", "area", "channel", "source", "action", "n"]
EVENTS = [
    ("a", dt.datetime(2026, 6, 1), "sales", "ui", "log", "view", 1),
    ("a", dt.datetime(2026, 6, 1, 23, 59, 59, 999999), "sales", "ui", "log", "view", 2),
    ("a", dt.datetime(2026, 6, 1, 12), "sales", "ui", "log", "write", 1),
    ("a", dt.datetime(2026, 6, 1, 12), "service", "ui", "log", "view", 1),
    ("a", dt.datetime(2026, 6, 1, 12), "sales", "mobile", "log", "view", 1),
    ("a", dt.datetime(2026, 6, 2), "sales", "ui", "log", "export", 4),
    ("a", dt.datetime(2026, 6, 2), "sales", "ui", "other", "login", 1),
    # an hour that Berlin's clocks skip, and one that they have twice
    ("b", dt.datetime(2026, 3, 29, 2, 30), "sales", "ui", "log", "view", 1),
    ("b", dt.datetime(2026, 10, 25, 2, 30), "sales", "ui", "log", "view", 1),
    ("b", dt.datetime(2026, 6, 1), "sales", "ui", "log", "no such action", 1),
]
JUNE = dt.datetime(2026, 6, 1), dt.datetime(2026, 6, 2)
DAYS = [
    ("a", JUNE[0], "sales", "mobile", "log", 0, 1, 0, 0),
    ("a", JUNE[0], "sales", "ui", "log", 0, 3, 1, 0),
    ("a", JUNE[0], "service", "ui", "log", 0, 1, 0, 0),
    ("a", JUNE[1], "sales", "ui", "log", 0, 0, 0, 4),
    ("a", JUNE[1], "sales", "ui", "other", 1, 0, 0, 0),
    ("b", dt.datetime(2026, 3, 29), "sales", "ui", "log", 0, 1, 0, 0),
    ("b", JUNE[0], "sales", "ui", "log", 0, 0, 0, 0),
    ("b", dt.datetime(2026, 10, 25), "sales", "ui", "log", 0, 1, 0, 0),
]
#: Users, times in UTC, what they opened with what and how: as a warehouse has them. 22:30 UTC is the next day.
LAKE = [
    ("u1", dt.datetime(2026, 6, 1, 8), "Lead", "desktop", "read"),
    ("u1", dt.datetime(2026, 6, 1, 22, 30), "Lead", "desktop", "read"),
    ("u1", dt.datetime(2026, 6, 2, 8), "Opportunity", "desktop", "update"),
    ("u2", dt.datetime(2026, 3, 1, 22, 30), "Case", "phone", "read"),
    ("u2", dt.datetime(2026, 3, 1, 23, 30), "Wiki", "desktop", "read"),
]
PREPARED = [
    ("2026-03-01", "service", "mobile", 1, 0),
    ("2026-03-02", "other", "ui", 1, 0),
    ("2026-06-01", "sales", "ui", 1, 0),
    ("2026-06-02", "sales", "ui", 1, 1),
]


def block(name):
    """Return the code of the page that stands under a mark."""
    return re.search(rf"<!-- {name} -->\n```\w+\n(.*?)```\n<!-- end -->", PAGE, re.DOTALL)[1]


def events():
    return pl.DataFrame(EVENTS, schema=KEYS, orient="row")


@pytest.fixture(scope="module")
def duckdb():
    """Return DuckDB; in CI a missing one is a failure."""
    if os.environ.get("CI") == "true":
        import duckdb

        return duckdb
    return pytest.importorskip("duckdb")


@pytest.fixture(scope="module")
def spark(tmp_path_factory):
    """Return a local Spark session on two threads without pages, network or a folder of its own."""
    missing = "Java" if shutil.which("java") is None else ""
    try:
        from pyspark.sql import SparkSession
    except ImportError:
        missing = "PySpark"
    if missing and os.environ.get("CI") == "true":
        pytest.fail(f"CI has no {missing}: .ci/run installs it")
    if missing:
        pytest.skip(f"no {missing}")
    folder = tmp_path_factory.mktemp("spark")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SPARK_LOCAL_IP", "127.0.0.1")
        patch.setenv("PYSPARK_PYTHON", sys.executable)
        session = _session(SparkSession.builder.master("local[2]"), folder)
        yield session
        session.stop()


def _session(builder, folder):
    settings = {
        "spark.ui.enabled": "false",
        "spark.driver.host": "127.0.0.1",
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.sql.shuffle.partitions": "2",
        "spark.sql.session.timeZone": "UTC",
        "spark.sql.warehouse.dir": str(folder / "warehouse"),
        "spark.local.dir": str(folder),
    }
    for name, value in settings.items():
        builder = builder.config(name, value)
    session = builder.getOrCreate()
    session.sparkContext.setLogLevel("ERROR")
    return session


@pytest.mark.parametrize("make", [pl.DataFrame, pl.LazyFrame, pl.DataFrame.to_pandas])
def test_frames_in_memory(make):
    given = make(events())
    days = crmkit.ingest.daily(given)
    assert type(days) is type(given)
    rows = pl.DataFrame(days) if isinstance(days, pd.DataFrame) else days.lazy().collect()
    assert sorted(rows.rows()) == DAYS
    assert rows.schema["n_view"] == pl.Int64


def test_duckdb(duckdb):
    with duckdb.connect() as connection:
        given = connection.from_arrow(events().to_arrow())
        days = crmkit.ingest.daily(given)
        assert type(days) is type(given)
        assert sorted(days.fetchall()) == DAYS
        assert [str(kind) for kind in days.types] == ["VARCHAR", "TIMESTAMP", *["VARCHAR"] * 3, *["BIGINT"] * 4]


@pytest.mark.parametrize("kind", ["timestamp_ntz", "timestamp"])
def test_spark(spark, tmp_path, kind):
    events().write_parquet(tmp_path / "events.parquet")
    given = spark.read.parquet(str(tmp_path / "events.parquet"))
    given = given.withColumn("timestamp", given["timestamp"].cast(kind))
    days = crmkit.ingest.daily(given)
    assert type(days) is type(given)
    local = days.selectExpr("* EXCEPT (date)", "CAST(date AS STRING) AS date").select(days.columns).collect()
    assert sorted((row[0], dt.datetime.fromisoformat(row[1]), *row[2:]) for row in local) == DAYS
    assert [kind for _, kind in days.dtypes[5:]] == ["bigint"] * 4


@pytest.fixture
def lake(tmp_path, monkeypatch):
    """Return a client folder, entered, with a lake in it."""
    (tmp_path / "lake" / "crm_log").mkdir(parents=True)
    columns = ["user_name", "event_time", "entity", "device", "operation"]
    pl.DataFrame(LAKE, schema=columns, orient="row").write_parquet(tmp_path / "lake" / "crm_log" / "1.parquet")
    (tmp_path / "exports").mkdir()
    (tmp_path / "exports" / "users.csv").write_text("user_id,active\nu1,yes\nu2,yes\n")
    settings = "name: Muster GmbH\nas_of: 2026-06-28\nsubdivision: BY\n" + block("settings")
    (tmp_path / "client.yml").write_text(settings, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def prepared(folder):
    made = crmkit.ingest.prepare(folder)
    assert set(made.ledger["step"]) == {"read"}
    covered = made.coverage[made.coverage["source"] == "generic.activity"]
    assert (len(covered), set(covered["tier"])) == (120, {"A"})
    rows = made.activity.assign(date=made.activity["date"].astype("str"))
    return sorted(rows[["date", "area", "channel", "n_view", "n_write"]].itertuples(index=False, name=None))


def test_the_recipe_for_duckdb(lake, duckdb):
    exec(block("duckdb"), {})
    assert prepared(lake) == PREPARED


def test_the_recipe_for_sql(lake, duckdb):
    with duckdb.connect() as connection:
        connection.execute("CREATE VIEW crm_log AS FROM 'lake/crm_log/*.parquet'")
        connection.sql(block("sql")).write_csv("exports/activity.csv")
    settings = lake / "client.yml"
    settings.write_text(settings.read_text().replace("activity.parquet", "activity.csv"))
    assert prepared(lake) == PREPARED


def test_the_recipe_for_spark(lake, spark):
    exec(block("spark").replace('"lake/', f'"{lake}/lake/').replace('"exports/', f'"{lake}/exports/'), {"spark": spark})
    settings = lake / "client.yml"
    settings.write_text(settings.read_text().replace("activity.parquet", "activity/*.parquet"))
    assert prepared(lake) == PREPARED
