"""The ledger: every row that was dropped or changed on reading, counted with its reason."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterable
from collections.abc import Mapping as Counts
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from crmkit import schema
from crmkit.errors import InputError
from crmkit.readers import readers, recognise
from crmkit.settings import Export

if TYPE_CHECKING:
    import pandas as pd
    import polars as pl

    from crmkit.ingest.files import Opened
    from crmkit.ingest.headers.columns import Mapping

#: Above this share of unexpectedly dropped rows of a source the run stops (0–1).
MOST_DROPPED = 0.5
#: Steps in which rows are lost; others change or compare.
_JUDGED = ("open", "filter", "match")
#: Reasons that say nothing bad about an export: machines, failures and repeats are expected in logs.
EXPECTED = (
    "read", "repeated_header", "blank_row", "footer", "above_header", "group_heading", "failed_login", "not_an_action",
    "duplicate",
    "covered_by_later_export", "licence_manager", "assumed_end", "machine_channel",
)  # fmt: skip


#: Code of a question that only the client can answer → what it asks.
QUESTIONS = {
    "many_no_people": "{source}: {n} of {n_total} accounts look like machines or tests by their names, profiles or "
    "licences only and are not counted: are they none of people? If they are, say so in client.yml: "
    "`accounts: {{person: [...]}}`",
    "shared_employee_number": "{source}: {n} accounts share employee numbers with people of other names and count as "
    "people of their own: what does that column hold?",
    "two_licences": "{source}: {n} accounts stand there more than once with different licences; that of the newest "
    "login is taken: which one holds?",
    "perhaps_cut_off": "{source}: exactly {n:,} rows, a number at which exports are cut off: ask for the rest, or by "
    "month",
    "login_not_in_log": "{source}: of {n_total} people who by the user list logged in last within this log, it knows "
    "{n}: is the export filtered, or taken by somebody who may not see all?",
    "list_undated": "{source}: of which day is this list? Say so in client.yml: `exported: …`; until then it is taken "
    "for one of the day of the retrospective",
    "last_login_missing": "{source}: no column is called last login. Is it {names}? Then say so in client.yml: "
    "`columns: {{last_login: …}}`",
    "unknown_states": "{source}: of {n_total} accounts with a state, {n} have one in {names} that is not understood: "
    "which words mean active, which do not?",
    "unknown_actions": "{source}: {n:,} rows name an action that is not understood and do not count: which words mean "
    "looking at, changing, exporting, logging in? If that column tells no action, say so in client.yml: "
    "`constants: {{operation: write}}` (`action: view` in logs of days)",
    "survey_columns_not_read": "{source}: these columns are no question of the survey and are not read. Should they "
    "be: {names}?",
    "accounts_not_listed": "logs know {n} accounts that no user list has: is the list complete, with those that are "
    "no longer active?",
}


@dataclass(frozen=True)
class Question:
    """A question that only the client can answer; as text a line of English.

    Attributes
    ----------
    code
        A key of `QUESTIONS`.
    source
        The source it is about, if it is about one.
    n, n_total
        What was counted.
    names
        Headers that it is about.
    """

    code: str
    source: str = ""
    n: int = 0
    n_total: int = 0
    names: tuple[str, ...] = ()

    def __str__(self) -> str:
        names = " or ".join(f"`{name}`" for name in self.names)
        return QUESTIONS.get(self.code, "{code}").format(**vars(self) | {"names": names})


@dataclass(frozen=True)
class FileRead:
    """How one file was read: for whoever has the exports, never for a prepared table.

    Attributes
    ----------
    file
        Its name.
    export
        What client.yml says of it.
    mapping
        Which header is what; None where a reader knows its own.
    headers
        All headers of the file.
    day
        Of a user list: the day whose state it shows; None where nothing tells it.
    """

    file: str
    export: Export
    mapping: Mapping | None
    headers: tuple[str, ...]
    day: dt.date | None = None

    @property
    def looks_like(self) -> str:
        """Another reader whose exports have such headers; empty if none is known."""
        return recognise(self.headers, apart_from=self.export.reader)

    @property
    def not_read(self) -> list[str]:
        """Headers of columns that are left alone."""
        read = set(self.mapping.headers.values()) if self.mapping else set(self.headers)
        return [header for header in self.headers if header not in read]


@dataclass
class Book:
    """What happened to the rows of one client's exports, written while they are read.

    Attributes
    ----------
    entries
        Source, step, reason, number of rows.
    n_rows
        Source → rows of its files.
    files
        How each file was read.
    unmapped
        Source → object that no map knows → number of rows.
    questions
        What only the client can say.
    """

    entries: list[tuple[str, str, str, int]] = field(default_factory=list)
    n_rows: dict[str, int] = field(default_factory=dict)
    files: list[FileRead] = field(default_factory=list)
    unmapped: dict[str, Counter[str]] = field(default_factory=dict)
    questions: list[Question] = field(default_factory=list)

    def file(
        self, name: str, export: Export, mapping: Mapping | None, opened: Opened, day: dt.date | None = None
    ) -> None:
        """Note how a file was read."""
        self.files.append(FileRead(name, export, mapping, tuple(opened.columns), day))

    def objects(self, source: str, unmapped: pl.Series, n: pl.Series | None = None) -> None:
        """Note objects that no map knows, a value a row, or each with the number of its rows."""
        counts = self.unmapped.setdefault(source, Counter())
        pairs = zip(unmapped, n, strict=True) if n is not None else unmapped.value_counts().iter_rows()
        for name, rows in pairs:
            counts[name or ""] += rows

    def rows(self, source: str, n: int) -> None:
        """Note how many rows a source has."""
        self.n_rows[source] = self.n_rows.get(source, 0) + n

    def note(self, source: str, step: str, reasons: Counts) -> None:
        """Note how many rows were dropped or changed, by reason."""
        self.entries += [(source, step, reason, n) for reason, n in reasons.items() if n]

    def conceal(self, tells: Callable[[str], bool]) -> None:
        """Take the names out of objects that name people: some log has a customer where its object should stand."""
        for source, counts in self.unmapped.items():
            open_names = Counter({name: n for name, n in counts.items() if not tells(name)})
            n_hidden = counts.total() - open_names.total()
            self.unmapped[source] = open_names + Counter({"": n_hidden} if n_hidden else {})

    def ask(self, code: str, *, source: str = "", n: int = 0, n_total: int = 0, names: Iterable[str] = ()) -> None:
        """Note what only the client can say, see `Question`."""
        question = Question(code, source, n, n_total, tuple(names))
        if question not in self.questions:
            self.questions.append(question)

    def check(self) -> None:
        """Stop if most rows of a source were dropped for a reason that nobody expects.

        Raises
        ------
        InputError
            Naming the source, the reason and the share.
        """
        expected = {*EXPECTED, *_marks()}
        for source, step, reason, n in self.entries:
            total = self.n_rows.get(source, 0)
            if step in _JUDGED and reason not in expected and total and n > MOST_DROPPED * total:
                raise InputError.mostly_dropped(source, reason, n, total)

    def frame(self) -> pd.DataFrame:
        """Return the ledger, contract `ledger`: share is of the rows of the source."""
        import pandas as pd

        columns = ["source", "step", "reason", "n_rows"]
        rows = [(source, "read", "read", n) for source, n in self.n_rows.items()] + self.entries
        ledger = pd.DataFrame(rows, columns=columns).groupby(columns[:3], sort=False, as_index=False)["n_rows"].sum()
        totals = ledger["source"].map(self.n_rows).astype("float64")
        return schema.conform(ledger.assign(share=ledger["n_rows"] / totals.where(totals > 0)), "ledger")


def _marks() -> set[str]:
    """Return the reasons that layouts give: each is looked for, so that none is a surprise."""
    return {mark.reason for reader in readers().values() for mark in reader.layout.drop}
