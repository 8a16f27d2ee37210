"""What stands twice: accounts of one list that become one, and numbers that several people share."""

from __future__ import annotations

import re

import polars as pl

from crmkit.ingest.accounts import states
from crmkit.ingest.bookkeeping import Book
from crmkit.ingest.discretion.pseudonyms import normalise

#: Texts that mean something only together: taken from one row.
_TOGETHER = (("active", "disabled"), ("org_unit", "division"))
_AT, _STATE, _TEXT, _FOLDED = "__at", "__state", "__text", "__folded"
_INACTIVE = 1
#: What is stated beats what is not.
_RANKS = {True: 2, False: _INACTIVE, None: 0}
_WORDS = re.compile(r"\w+")
_ASCII = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})
#: A salutation of one word, or a surname alone, makes nobody the same person as a full name.
_FULL = 2
_SALESFORCE_ID = r"^(?:[0-9A-Za-z]{15}|[0-9A-Za-z]{18})$"


def one_spelling(accounts: pl.Series, given: pl.Series) -> pl.Series:
    """Return accounts of one list, each as it was first written where only the case differs.

    Parameters
    ----------
    accounts
        Ids as logs use them; null stays.
    given
        The same as they stand in the list: the case of ids of Salesforce is part of them.
    """
    stripped = given.str.strip_chars()
    is_salesforce = stripped.str.contains(_SALESFORCE_ID) & stripped.str.contains(r"\d")
    rows = pl.DataFrame({"account": accounts, "is_id": is_salesforce, "folded": stripped.str.to_lowercase()})
    first = pl.col("account").first().over("folded", "is_id")
    return rows.select(pl.when("is_id").then("account").otherwise(first).alias(accounts.name)).to_series()


def merged(rows: pl.DataFrame, book: Book, source: str) -> pl.DataFrame:
    """Return one row an account, whatever the order of the rows.

    Active beats inactive, the newest login and the earliest start hold; a text is that of the active row, else of the
    one with the newest login, else of the next that has it. Of two licences that of the newest login is kept, and
    asked about.

    Parameters
    ----------
    rows
        Accounts of one list: texts, dates.
    book
        Where the question goes.
    source
        Name of the list.
    """
    placed = rows.with_row_index(_AT)
    double = placed.filter(pl.col("account").is_duplicated())
    if double.is_empty():
        return rows
    _ask_for_licence(double, book, source)
    # what all rows say in one text decides where nothing else does
    texts = pl.concat_str(pl.col(rows.columns).cast(pl.String).fill_null(""), separator="\x1f")
    state = states.is_active(double["active"], double["disabled"]).replace_strict(_RANKS, return_dtype=pl.Int8)
    double = double.with_columns(state.alias(_STATE), texts.alias(_TEXT))
    best = double.sort(_STATE, "last_login", "last_modified", _TEXT, descending=True, nulls_last=True)
    ones = best.group_by("account", maintain_order=True).agg(_merged(rows))
    single = placed.filter(~pl.col("account").is_duplicated())
    return pl.concat([single, ones.select(single.columns)]).sort(_AT).drop(_AT)


def _merged(rows: pl.DataFrame) -> list[pl.Expr]:
    """Return what holds of the rows of an account, the best of them first."""
    newest = pl.col("licence").sort_by("last_login", _STATE, _TEXT, descending=True, nulls_last=True)
    special = {
        _AT: pl.col(_AT).max(),
        "licence": newest.drop_nulls().first(),
        "first_active": pl.col("first_active").min(),
        "last_active": _end(),
        "last_login": pl.col("last_login").max(),
        "last_modified": pl.col("last_modified").max(),
    }
    for names in _TOGETHER:
        is_filled = pl.any_horizontal(pl.col(names).is_not_null())
        special |= {name: pl.col(name).filter(is_filled).first() for name in names}
    others = [name for name in rows.columns if name not in special and name != "account"]
    return [expr.alias(name) for name, expr in special.items()] + [pl.col(name).drop_nulls().first() for name in others]


def _end() -> pl.Expr:
    """Return the last day: none while one of the rows that count is open, unless the list says inactive."""
    is_best = pl.col(_STATE) == pl.col(_STATE).first()
    ends = pl.col("last_active").filter(is_best)
    is_open = (pl.col(_STATE).first() != _INACTIVE) & ends.is_null().any()
    return pl.when(is_open).then(None).otherwise(ends.max())


def _ask_for_licence(double: pl.DataFrame, book: Book, source: str) -> None:
    licences = pl.col("licence").str.to_lowercase().str.replace_all(r"\s+", " ").str.strip_chars().replace("", None)
    differ = double.group_by("account").agg(n=licences.drop_nulls().n_unique()).filter(pl.col("n") > 1)
    if differ.height:
        book.ask("two_licences", source=source, n=differ.height)


def persons(listed: pl.DataFrame) -> pl.Series:
    """Return whose each account is: as `people.csv` says, else by its employee number, else its own.

    Parameters
    ----------
    listed
        Accounts of all lists: account, employee_number, name, kind; person if `people.csv` was read.
    """
    number = pl.col("employee_number").replace("", None)
    own = pl.when(~_folded_number().is_in(shared_numbers(listed))).then(number)
    said = ["person"] if "person" in listed.columns else []
    return listed.select(pl.coalesce(*said, own, "account").alias("person")).to_series()


def shared_numbers(listed: pl.DataFrame) -> list[str]:
    """Return employee numbers, folded, that people of different names have: placeholders such as ``extern``, ``0``.

    Names are compared without case, blanks and order. An account without a name differs from nobody.
    """
    columns = ("employee_number", "name", "kind")
    if not set(columns) <= set(listed.columns):
        return []
    rows = listed.filter(pl.col("kind") == "person").with_columns(_folded_number().alias(_FOLDED))
    rows = rows.select(_FOLDED, "account", "name").drop_nulls().unique()
    several = rows.filter(pl.col("account").n_unique().over(_FOLDED) > 1)
    return [
        number for (number,), group in several.group_by(_FOLDED) if not _is_one(group.select("account", "name").rows())
    ]


def n_with_shared_number(accounts: pl.DataFrame) -> int:
    """Return how many accounts have an employee number that is no key, see `shared_numbers`."""
    shared = shared_numbers(accounts)
    return (
        int(accounts.select((_folded_number().is_in(shared) & (pl.col("kind") == "person")).sum()).item())
        if shared
        else 0
    )


def _folded_number() -> pl.Expr:
    return pl.col("employee_number").str.strip_chars().str.to_lowercase()


def _is_one(named: list[tuple[str, str]]) -> bool:
    """Tell whether accounts may be one person's: every one has, or once had, a name that fits one of them all."""
    names: dict[str, list[frozenset[str]]] = {}
    for account, name in named:
        words = frozenset(_WORDS.findall(normalise(name).translate(_ASCII)))
        if words:
            names.setdefault(account, []).append(words)
    candidates = {words for each in names.values() for words in each}
    return not names or any(
        all(any(_fits(one, other) for other in each) for each in names.values()) for one in candidates
    )


def _fits(one: frozenset[str], other: frozenset[str]) -> bool:
    """Tell whether two names may be one: the same words, or more of them, such as a title."""
    return one == other or (min(len(one), len(other)) >= _FULL and (one <= other or other <= one))
