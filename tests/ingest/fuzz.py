"""Any input into every reader: a table, or one line that says why not; never a traceback, never a wrong date.

``python -m tests.ingest.fuzz 10000`` runs ten thousand inputs in two processes and says what broke, how long the
slowest took and how much memory the largest process had. Every input follows from its number alone.
"""

import csv
import datetime as dt
import gzip
import io
import random
import resource
import signal
import sys
import tempfile
import time
import traceback
import zipfile
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import yaml
from openpyxl import Workbook

import crmkit
from crmkit.errors import CrmkitError
from crmkit.readers import Reader, readers
from tests.ingest.test_same_activity import WRITTEN
from tests.ingest.written.doings import DOINGS, as_csv

#: Seconds after which an input hangs.
LONGEST = 60
#: Cells that have broken a reader somewhere before.
CELLS = (
    "", " ", "0", "-1", "1e309", "NaN", "inf", "null", "None", "#N/A", "#REF!", "=1+1", '=cmd|"/c calc"!A0',
    "@SUM(A1)", "'=1", "+49 89 123", "1.054,00", "1,054.00", "99999999999999999999", "005E0000001abcd",
    "005E0000001Abcd", "0" * 300, "1900-01-01", "2099-12-31", "9999-12-31T23:59:59Z", "0001-01-01",
    "0000-00-00", "00.00.0000", "31.02.2026", "2026-02-30", "03/04/2026", "31.12.2025 24:00:00",
    "2025-10-26 02:30:00 MESZ", "2026-03-29T02:30:00", "20230105172045.123", "1735689600", "1735689600000",
    "45987.5", "14.10.2019 18:00:00 XYZT", "2026-06-01T08:00:00+99:99", "heute", "a@b.example", "Änne Köhler",
    "x" * 40_000, "a\nb", "a\r\nb", '"', '""', "'", ";", ",", "\t", "|", "\x00", "\x1b[31m", "\u202e", "\ufeff",
    "\u200b", "\ud7ff", "🙂" * 50, "<script>alert(1)</script>", "{}", "[]", '{"a":', "{" * 2000, '{"Id": null}',
    '{"CreationTime": 5, "UserId": ["x"]}', '{"Operation": {"a": [1]}}', "true", "false", "ja", "nein",
    "../../etc/passwd", "C:\\x", "KW 26/2026", "2026-W99", "2026-W26", "52", "1/2", "½", "٣", "۱۲.۰۳.۲۰۲۶",
    "view", "login", "sales", "Lead", "Case",
)  # fmt: skip
SUFFIXES = (".csv", ".csv", ".csv", ".txt", ".tsv", ".csv.gz", ".zip", ".xlsx", ".xls", ".parquet", ".ods", "")
ENCODINGS = ("utf-8", "utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-be", "latin-1", "utf-7")


@dataclass(frozen=True)
class Broken:
    """What an input did to a reader."""

    number: int
    reader: str
    error: str


def settings_of(chance: random.Random, reader: Reader, file: str, headers: list[str]) -> dict:
    """Return a client whose settings are right, mostly."""
    export: dict[str, object] = {"file": f"exports/{file}", "reader": reader.name}
    wild = {
        "date_format": chance.choice(["%d.%m.%Y", "%Y-%m-%d %H:%M", "%Z", "%%", "%Q", "x"]),
        "encoding": chance.choice(["cp1252", "utf-16", "utf-8", "no-such", "idna"]),
        "delimiter": chance.choice([";", ",", "\t", "ab", "'", "é"]),
        "timezone": chance.choice(["UTC", "Europe/Berlin", "America/New_York"]),
        "sheet": chance.choice(["Tabelle1", "Sheet"]),
        "exported": dt.date(2026, 6, 28),
        "system": "zwei",
        "columns": {
            chance.choice(["user_id", "timestamp", "last_login", "n_view", "area"]): chance.choice(headers or ["x"])
        },
        "constants": {
            chance.choice(["area", "channel", "user_id", "object"]): chance.choice(["sales", "ui", "x", "🙂"])
        },
    }
    for key in chance.sample(list(wild), k=chance.choice([0, 0, 0, 1, 2])):
        export[key] = wild[key]
    return {"name": "Muster GmbH", "as_of": dt.date(2026, 6, 28), "exports": [export]}


def rows_of(chance: random.Random, reader: Reader) -> list[list[str]]:
    """Return a table: what the system writes with some of it spoilt, or real headers above nonsense."""
    own = [each for each in WRITTEN.values() if each.reader == reader.name and not each.raw]
    if own and chance.random() < 0.6:
        each = chance.choice(own)
        rows = [list(row) for row in each.write(each.doings or list(DOINGS))]
    else:
        forms = [*reader.layout.columns.values(), *(f for pair in reader.layout.pairs for f in pair.values())]
        chosen = [chance.choice(form) for form in forms] or ["user_id", "timestamp", "date", "last_login", "n_view"]
        headers = chance.sample(chosen, k=chance.randint(1, len(chosen)))
        rows = [headers] + [[chance.choice(CELLS) for _ in headers] for _ in range(chance.randint(0, 12))]
    for _ in range(chance.choice([0, 1, 1, 2, 5, 30])):
        spoil(chance, rows)
    return rows


def spoil(chance: random.Random, rows: list[list[str]]) -> None:
    """Change one thing in a table."""
    row = chance.randrange(len(rows)) if rows else 0
    kind = chance.randrange(8)
    if not rows or not rows[row]:
        rows.insert(row, [chance.choice(CELLS)])
    elif kind <= 2:
        rows[row][chance.randrange(len(rows[row]))] = chance.choice(CELLS)
    elif kind == 3:
        rows[row].append(chance.choice(CELLS))
    elif kind == 4:
        del rows[row][chance.randrange(len(rows[row]))]
    elif kind == 5:
        rows.insert(chance.randrange(len(rows) + 1), list(rows[row]))
    elif kind == 6:
        rows.insert(chance.randrange(len(rows) + 1), [chance.choice(CELLS) for _ in range(chance.randint(0, 4))])
    else:
        column = chance.randrange(len(rows[row]))
        for each in rows[1:]:
            if column < len(each):
                each[column] = chance.choice(CELLS)


def bytes_of(chance: random.Random, rows: list[list[str]], suffix: str) -> bytes:
    """Return a table as a file of some kind, now and then damaged."""
    if chance.random() < 0.08:
        raw = chance.randbytes(chance.randint(0, 4_000))
    elif suffix in (".xlsx", ".xls", ".ods") and chance.random() < 0.9:
        raw = as_excel(chance, rows)
    else:
        delimiter = chance.choice([",", ",", ";", "\t", "|"])
        quoting = chance.choice([csv.QUOTE_MINIMAL, csv.QUOTE_MINIMAL, csv.QUOTE_ALL])
        text = as_csv(rows, delimiter=delimiter, quoting=quoting)
        before = chance.choice(["", "", "", f"sep={delimiter}\r\n", "Bericht Stand 28.06.2026\r\n\r\n"])
        raw = (before + text).encode(chance.choice(ENCODINGS), "replace")
    raw = packed(raw, suffix)
    if chance.random() < 0.2 and raw:
        raw = damaged(chance, raw)
    return raw


def as_excel(chance: random.Random, rows: list[list[str]]) -> bytes:
    book = Workbook()
    sheet = book.active
    for row in rows:
        try:
            sheet.append([cell[:30_000] for cell in row])
        except Exception:  # openpyxl refuses what Excel cannot hold
            sheet.append(["?"])
    if chance.random() < 0.3 and sheet.max_row > 2 and sheet.max_column > 1:
        sheet.merge_cells(start_row=1, end_row=chance.randint(1, 3), start_column=1, end_column=chance.randint(1, 2))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def packed(raw: bytes, suffix: str) -> bytes:
    if suffix == ".csv.gz":
        return gzip.compress(raw, mtime=0)
    if suffix == ".zip":
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("a.csv", raw)
            archive.writestr("b.csv", raw[: len(raw) // 2])
        return out.getvalue()
    return raw


def damaged(chance: random.Random, raw: bytes) -> bytes:
    kind = chance.randrange(4)
    if kind == 0:
        return raw[: chance.randrange(len(raw))]
    if kind == 1:
        place = chance.randrange(len(raw))
        return raw[:place] + chance.randbytes(chance.randint(1, 20)) + raw[place:]
    if kind == 2:
        changed = bytearray(raw)
        for _ in range(chance.randint(1, 20)):
            changed[chance.randrange(len(changed))] = chance.randrange(256)
        return bytes(changed)
    return raw * chance.randint(2, 4)


def one(number: int) -> Broken | None:
    """Read one input; return what broke, None if nothing did."""
    chance = random.Random(number)
    reader = chance.choice(sorted(readers().values(), key=lambda each: each.name))
    with tempfile.TemporaryDirectory() as place:
        folder, file = Path(place), "export" + chance.choice(SUFFIXES)
        rows = rows_of(chance, reader)
        (folder / "exports").mkdir()
        (folder / "exports" / file).write_bytes(bytes_of(chance, rows, file.removeprefix("export")))
        settings = settings_of(chance, reader, file, rows[0] if rows else [])
        (folder / "client.yml").write_text(yaml.safe_dump(settings, allow_unicode=True), encoding="utf-8")
        try:
            check(crmkit.ingest.read_exports(folder, key=bytes(32)))
        except CrmkitError as error:
            text = str(error)
            if "\n" in text or len(text) > 3_000:
                return Broken(number, reader.name, f"no single line: {text[:300]!r}")
        except BaseException:
            return Broken(number, reader.name, traceback.format_exc())
    return None


def check(prepared: crmkit.ingest.Prepared) -> None:
    """Hold what must be true of whatever was read."""
    days = prepared.activity["date"]
    if len(days):
        assert dt.date(1985, 1, 1) <= days.min().date(), "an impossible day"
        assert days.max().date() <= dt.date(2027, 6, 29), "a day after all exports"
    assert len(prepared.coverage) < 40_000, "coverage of a century"
    assert prepared.users["user_id"].str.fullmatch("u_[0-9a-f]{20}").all()
    assert not prepared.users["user_id"].duplicated().any()
    assert (prepared.ledger["n_rows"] >= 0).all()


def _watched(number: int) -> tuple[Broken | None, float, float]:
    """Return what broke, seconds, and the most memory of this process so far (MB)."""
    signal.signal(signal.SIGALRM, _hangs)
    signal.alarm(LONGEST)
    began = time.perf_counter()
    try:
        broken = one(number)
    finally:
        signal.alarm(0)
    return broken, time.perf_counter() - began, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _hangs(*_: object) -> None:
    raise TimeoutError(f"longer than {LONGEST} s")


def run(numbers: range, *, jobs: int = 2) -> tuple[list[Broken], float, float]:
    """Return what broke, the slowest input (s) and the largest process (MB)."""
    with ProcessPoolExecutor(jobs) as pool:
        found = list(pool.map(_watched, numbers, chunksize=20))
    return [broken for broken, _, _ in found if broken], max(s for _, s, _ in found), max(mb for _, _, mb in found)


if __name__ == "__main__":
    first, n_inputs = (0, int(sys.argv[1])) if len(sys.argv) == 2 else (int(sys.argv[1]), int(sys.argv[2]))
    all_broken, slowest, largest = run(range(first, first + n_inputs))
    for each in all_broken[:20]:
        print(f"--- {each.number} ({each.reader})\n{each.error}")
    print(f"{n_inputs} inputs: {len(all_broken)} broken; slowest {slowest:.1f} s, largest process {largest:,.0f} MB")
    sys.exit(bool(all_broken))
