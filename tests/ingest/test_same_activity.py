"""The same doings, written in every system's own layout and in every coat, give the same activity."""

import gzip
import io
import zipfile
from collections import Counter
from importlib import import_module
from pathlib import Path

import pytest
import yaml

import crmkit
from crmkit.ingest.discretion.pseudonyms import user_pseudonym
from crmkit.readers import readers
from tests.ingest.written.doings import AREAS, as_csv

STEMS = sorted(file.stem for file in (Path(__file__).parent / "written").glob("*.py"))
MODULES = [import_module(f"tests.ingest.written.{stem}") for stem in STEMS if stem != "doings"]

WRITTEN = {f"{each.reader}-{each.file}": each for module in MODULES for each in module.WRITTEN}
KEY = bytes(32)
CLIENT = {"name": "Muster GmbH", "as_of": "2025-11-30"}

COATS = {
    "utf8": lambda text: text.encode("utf-8"),
    "bom": lambda text: text.encode("utf-8-sig"),
    "cp1252": lambda text: text.encode("cp1252"),
    "utf16": lambda text: text.encode("utf-16"),
}


def _zipped(raw: bytes) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("export.csv", raw)
    return packed.getvalue()


PACKED = {"plain": lambda raw: raw, "gz": lambda raw: gzip.compress(raw, mtime=0), "zip": _zipped}


def expected(written) -> Counter:
    """Return user, day, area, channel, action → how often."""
    counts = Counter()
    for doing in written.doings:
        area = AREAS[doing.thing] if written.has_objects else "other"
        user = user_pseudonym(KEY, written.account(doing.user))
        counts[user, f"{doing.local:%Y-%m-%d}", area, written.channel, doing.what] += 1
    return counts


def found(folder: Path) -> Counter:
    activity = crmkit.ingest.read_exports(folder, key=KEY).activity
    counts = Counter()
    for row in activity.to_dict("records"):
        for what in ("login", "view", "write", "export"):
            if row[f"n_{what}"]:
                counts[row["user_id"], f"{row['date']:%Y-%m-%d}", row["area"], row["channel"], what] += row[f"n_{what}"]
    return counts


def client(tmp_path: Path, written, coat: str, packing: str = "plain", delimiter: str = "") -> Path:
    delimiter = delimiter or written.delimiter
    suffix = {"gz": ".gz", "zip": ".zip", "plain": ""}[packing]
    rows = written.write(written.doings)
    raw = written.raw(rows) if written.raw else COATS[coat](as_csv(rows, delimiter=delimiter))
    name = written.file + suffix if packing != "zip" else str(Path(written.file).with_suffix(".zip"))
    (tmp_path / "exports").mkdir()
    (tmp_path / "exports" / name).write_bytes(PACKED[packing](raw))
    exports = [{"file": f"exports/{name}", "reader": written.reader, **written.options}]
    if written.users:
        reader, people = written.users
        (tmp_path / "exports" / "people_list.csv").write_bytes(COATS[coat](as_csv(people, delimiter=delimiter)))
        exports.append({"file": "exports/people_list.csv", "reader": reader})
    (tmp_path / "client.yml").write_text(yaml.safe_dump(CLIENT | {"exports": exports}), encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize("coat", COATS)
@pytest.mark.parametrize("name", WRITTEN)
def test_every_layout_in_every_coat(tmp_path, name, coat):
    written = WRITTEN[name]
    if written.raw and coat != "utf8":
        pytest.skip("no text file")
    assert found(client(tmp_path, written, coat)) == expected(written)


@pytest.mark.parametrize("packing", ["gz", "zip"])
@pytest.mark.parametrize("name", [name for name, each in WRITTEN.items() if not each.raw])
def test_packed(tmp_path, name, packing):
    assert found(client(tmp_path, WRITTEN[name], "utf8", packing)) == expected(WRITTEN[name])


@pytest.mark.parametrize("delimiter", [";", "\t", "|"])
@pytest.mark.parametrize("name", [name for name, each in WRITTEN.items() if not each.raw])
def test_other_delimiters(tmp_path, name, delimiter):
    assert found(client(tmp_path, WRITTEN[name], "utf8", delimiter=delimiter)) == expected(WRITTEN[name])


@pytest.mark.parametrize("name", WRITTEN)
def test_the_file_is_recognised(tmp_path, name):
    """The headers alone tell which system's export a file is."""
    written = WRITTEN[name]
    if written.reader.startswith("generic.") or written.raw:
        pytest.skip("has no layout of its own")
    header, *_ = written.write(written.doings)
    assert crmkit.readers.recognise(header) == written.reader


def test_every_reader_of_events_is_written():
    written = {each.reader for each in WRITTEN.values()}
    # person-weeks have lost their days: tests/ingest/test_weeks.py
    events = {name for name, reader in readers().items() if reader.makes == "events" and reader.kind != "weeks"}
    assert events - written == set()
