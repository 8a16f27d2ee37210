"""`people.csv`: what the CRM does not know of its users – part time, state, and who has left the company.

A list of the personnel department, with the ids of the CRM. It may not say why anybody is away.
"""

from __future__ import annotations

from pathlib import Path

import polars as pl

from crmkit.errors import InputError
from crmkit.ingest.accounts import doubles, working_life
from crmkit.ingest.client_files import beside
from crmkit.ingest.context import Context
from crmkit.ingest.discretion import absence, telling_texts
from crmkit.ingest.files import open_file
from crmkit.ingest.headers.columns import pick
from crmkit.ingest.times import dates
from crmkit.settings import Export

FILE = "people.csv"
_WHOSE = "__whose"
FIELDS = ("user_id", "person", "fte", "subdivision", "org_unit", "role", "left")
_KNOWN = ("fte", "subdivision", "org_unit", "role")


def overlay(listed: pl.DataFrame, folder: Path, context: Context) -> pl.DataFrame:
    """Return the accounts with what the people list knows better, and two columns: `left`, `person`.

    `left` is the last day in the company; accounts with the same `person`, whatever it is, are one person's.

    Parameters
    ----------
    listed
        Snapshots of accounts, see `all_lists.read`.
    folder
        The client folder; without a people list nothing is added.
    context
        Names under which accounts are known; the ledger counts rows that match none.

    Raises
    ------
    InputError
        If a column cannot be read, an account stands twice, or a reason for absence is in the file.
    """
    path = beside(folder, FILE)
    if path is None:
        return listed.with_columns(left=pl.lit(None, dtype=pl.Date), person=pl.lit(None, dtype=pl.String))
    people = _read(path, context, telling_texts.names_of(listed))
    known = people["account"].is_in(listed["account"].unique().to_list())
    context.book.note(FILE, "match", {"not_in_user_list": int((~known).sum())})
    joined = listed.join(people, on="account", how="left", suffix="_people", maintain_order="left")
    # One person, several accounts: what is stated of one holds for all.
    joined = joined.with_columns(doubles.persons(joined).alias(_WHOSE))
    own = [f"{name}_people" for name in ("fte", "subdivision")] + ["left"]
    joined = joined.with_columns([pl.coalesce(name, pl.col(name).max().over(_WHOSE)).alias(name) for name in own])
    # Where somebody worked before is what older lists say.
    is_latest = pl.col("snapshot").is_null() | (pl.col("snapshot") == pl.col("snapshot").max().over("account"))
    better = [pl.coalesce(f"{name}_people", name).alias(name) for name in ("fte", "subdivision")]
    better += [
        pl.when(is_latest).then(pl.coalesce(f"{name}_people", name)).otherwise(pl.col(name)).alias(name)
        for name in ("org_unit", "role")
    ]
    return joined.with_columns(better).drop([_WHOSE, *(f"{name}_people" for name in _KNOWN)])


def _read(path: Path, context: Context, known: frozenset[str]) -> pl.DataFrame:
    export = Export(file=path.name, reader="people")
    opened = open_file(path, export)
    absence.refuse_headers(opened.columns, path.name)
    rows, mapping = pick(opened, export, FIELDS, path.name, required=("user_id",))
    headers = mapping.headers
    for column in ("org_unit", "role", "subdivision"):
        absence.refuse_values(rows[column], file=path.name, column=headers.get(column, column))
    telling_texts.refuse(rows, headers, file=path.name, known=known)
    context.book.rows(FILE, rows.height)
    context.book.note(FILE, "open", opened.dropped)
    given = [str(name).strip() for name in rows["user_id"]]
    _refuse_doubtful(given, headers["user_id"], path.name, context)
    accounts = pl.Series("account", [context.principals.get(name.casefold(), name) for name in given])
    if accounts.n_unique() < rows.height:
        raise InputError.twice(path.name, headers["user_id"], int(accounts.is_duplicated().arg_true()[-1]) + 2)
    left = dates.parse(rows["left"], file=path.name, column=headers.get("left", "left"), clock=context.clock(export))
    return rows.select(
        accounts,
        working_life.part_time(rows["fte"], file=path.name, column=headers.get("fte", "fte")),
        working_life.subdivision(rows["subdivision"]),
        "person",
        "org_unit",
        "role",
        left.local.dt.date().alias("left"),
    )


def _refuse_doubtful(given: list[str], column: str, file: str, context: Context) -> None:
    """Refuse an id that two systems have: nobody can know whose it is."""
    for row, name in enumerate(given, start=2):
        known = [system for system, names in context.by_system.items() if system and name.casefold() in names]
        if len(known) > 1 and name.casefold() not in context.principals:
            raise InputError.of_two_systems(file, column, row, known)
