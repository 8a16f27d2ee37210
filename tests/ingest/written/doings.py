"""What a few made-up people did, to be written down in the layout of every system."""

import csv
import datetime as dt
import io
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from zoneinfo import ZoneInfo

BERLIN = ZoneInfo("Europe/Berlin")


@dataclass(frozen=True)
class User:
    """One person under all the names that systems know her by."""

    number: int
    first: str
    last: str

    @property
    def login(self) -> str:
        return f"{self.first[0].lower()}.{self.last.lower()}".translate(
            str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue"})
        )

    @property
    def email(self) -> str:
        return f"{self.login}@muster.example"

    @property
    def name(self) -> str:
        return f"{self.first} {self.last}"

    @property
    def guid(self) -> str:
        return f"3f2504e0-4f89-11d3-9a0c-0305e82c33{self.number:02d}"

    @property
    def salesforce(self) -> str:
        """An id of 15 characters; the third differs from the second by case alone."""
        return ("005E0000001abcd", "005E0000001Abcd", "005E0000001aBcd")[self.number - 1]


USERS = (User(1, "Änne", "Köhler"), User(2, "Bert", "Ölmann"), User(3, "Cara", "Weiß-Lang"))


@dataclass(frozen=True)
class Doing:
    """One action; `when` is UTC."""

    user: User
    when: dt.datetime
    what: str  # login, view, write
    thing: str  # lead, ticket, contact; empty for a login

    @property
    def utc(self) -> dt.datetime:
        return self.when

    @property
    def local(self) -> dt.datetime:
        """Wall time in Berlin, without a zone."""
        return self.when.astimezone(BERLIN).replace(tzinfo=None)

    @property
    def summer(self) -> bool:
        return bool(self.when.astimezone(BERLIN).dst())


def _utc(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text).replace(tzinfo=dt.UTC)


_A, _B, _C = USERS
DOINGS = (
    Doing(_A, _utc("2025-10-24 06:00:00"), "login", ""),
    Doing(_A, _utc("2025-10-24 06:01:10"), "view", "lead"),
    Doing(_A, _utc("2025-10-24 06:05:20"), "write", "lead"),
    # after midnight in Berlin, still the day before in UTC
    Doing(_A, _utc("2025-10-24 22:30:00"), "view", "ticket"),
    Doing(_A, _utc("2025-10-24 22:31:00"), "write", "ticket"),
    Doing(_B, _utc("2025-10-24 22:45:30"), "login", ""),
    # the hour that exists twice
    Doing(_B, _utc("2025-10-26 00:30:00"), "view", "contact"),
    Doing(_B, _utc("2025-10-26 01:30:00"), "view", "contact"),
    Doing(_B, _utc("2025-10-26 00:40:00"), "write", "contact"),
    Doing(_B, _utc("2025-10-26 22:59:59"), "login", ""),
    # the first second of a local day
    Doing(_C, _utc("2025-10-26 23:00:00"), "login", ""),
    Doing(_C, _utc("2025-10-27 12:00:00"), "view", "lead"),
    Doing(_C, _utc("2025-10-28 03:04:05"), "write", "contact"),
    Doing(_C, _utc("2025-11-03 13:12:11"), "login", ""),
    Doing(_C, _utc("2025-11-03 13:14:15"), "write", "lead"),
)
#: What the areas of the things are, in every system.
AREAS = {"lead": "sales", "ticket": "service", "contact": "shared", "": "other"}


@dataclass(frozen=True)
class Written:
    """How one reader's export is written: its real headers, its own words, formats and order of columns.

    Attributes
    ----------
    reader
        Name of the reader.
    file
        Name of the file, as the system calls it.
    write
        Rows, the header first, from the doings that the export shows.
    shows
        Actions that such an export can show.
    has_objects
        Whether it says what was worked on.
    account
        The account under which the kit knows a user.
    users
        Name of the reader, and rows, of the user list that belongs to it; None: ids need none.
    channel
        Channel of what was done.
    things
        What an export shows that is about one kind of object.
    raw
        For files that are no text table: makes the bytes from the rows.
    delimiter, options
        How the system parts cells; what client.yml has to say beside file and reader.
    """

    reader: str
    file: str
    write: Callable[[Sequence[Doing]], list[list[str]]]
    shows: tuple[str, ...]
    account: Callable[[User], str]
    has_objects: bool = True
    users: tuple[str, list[list[str]]] | None = None
    channel: str = "ui"
    things: tuple[str, ...] = ("lead", "ticket", "contact", "")
    raw: Callable[[list[list[str]]], bytes] | None = None
    delimiter: str = ","
    options: dict[str, object] = field(default_factory=dict)

    @property
    def doings(self) -> list[Doing]:
        return [doing for doing in DOINGS if doing.what in self.shows and doing.thing in self.things]


def as_csv(rows: Iterable[Sequence[str]], *, delimiter: str = ",", quoting: int = csv.QUOTE_MINIMAL) -> str:
    """Return rows as CSV text with the line ends of Windows."""
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter, quoting=quoting, lineterminator="\r\n").writerows(rows)
    return out.getvalue()


def created_and_changed(doings: Sequence[Doing]) -> list[tuple[Doing, Doing]]:
    """Return records as created by one and last changed by another; the last of an odd number was never changed."""
    return [(first, (*doings, first)[2 * n + 1]) for n, first in enumerate(doings[::2])]
