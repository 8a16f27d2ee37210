"""Files that unpack to more than a computer holds."""

import gzip
import io
import zipfile

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import xlsxwriter
from openpyxl import Workbook

from crmkit.errors import InputError
from crmkit.ingest.files import archives, open_file
from crmkit.settings import Export

EXPORT = Export(file="x", reader="generic.users")
TIMES = "is not read: it unpacks to more than 150 times its size. Deliver it unpacked, or in parts."
DULL = b"Name,Ort\n" * 7_000_000


def zipped(files: dict[str, bytes], method=zipfile.ZIP_DEFLATED) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", method) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return packed.getvalue()


@pytest.mark.parametrize("method", [zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_zip_bombs(tmp_path, refused, method):
    (tmp_path / "a.zip").write_bytes(zipped({"a.csv": DULL}, method))
    with refused(InputError, f"a.zip: {TIMES}"):
        open_file(tmp_path / "a.zip", EXPORT)


def test_many_files_are_counted_together(tmp_path, refused):
    (tmp_path / "a.zip").write_bytes(zipped({f"{n}.csv": DULL[:9_000_000] for n in range(9)}))
    with refused(InputError, f"a.zip: {TIMES}"):
        open_file(tmp_path / "a.zip", EXPORT)


def test_gzip_bomb(tmp_path, refused):
    (tmp_path / "a.csv.gz").write_bytes(gzip.compress(DULL))
    with refused(InputError, f"a.csv.gz: {TIMES}"):
        open_file(tmp_path / "a.csv.gz", EXPORT)


def test_gzip_above_the_limit(tmp_path, refused, monkeypatch):
    monkeypatch.setattr(archives, "MOST_BYTES", 2 * 1024**2)
    monkeypatch.setattr(archives, "ALWAYS_FINE", 10**12)
    (tmp_path / "a.csv.gz").write_bytes(gzip.compress(DULL))
    with pytest.raises(InputError, match=r"a\.csv\.gz: is not read: it unpacks to more than 0 GB"):
        open_file(tmp_path / "a.csv.gz", EXPORT)


def test_a_zip_in_a_zip_stays_shut(tmp_path, refused):
    (tmp_path / "a.zip").write_bytes(zipped({"b.zip": zipped({"a.csv": b"Name\nA\n"})}))
    with refused(InputError, "a.zip: cannot be read as a table: the zip holds no .csv or .txt file."):
        open_file(tmp_path / "a.zip", EXPORT)


def test_very_many_files(tmp_path, refused):
    (tmp_path / "a.zip").write_bytes(zipped({f"{n}.csv": b"a,b\n1,2\n" for n in range(2_001)}))
    message = "a.zip: is not read: it holds more than 2,000 files. Deliver it unpacked, or in parts."
    with refused(InputError, message):
        open_file(tmp_path / "a.zip", EXPORT)


def test_names_in_a_zip_lead_nowhere(tmp_path, refused):
    (tmp_path / "a.zip").write_bytes(zipped({"../../etc\n\x1b[31m/b\n.csv": b""}))
    with refused(
        InputError, "a.zip/b?.csv: the export is empty. Ask for it again, with its period and filters stated."
    ):
        open_file(tmp_path / "a.zip", EXPORT)
    assert [file.name for file in tmp_path.iterdir()] == ["a.zip"]


def test_two_cells_far_apart(tmp_path, refused):
    book = Workbook()
    book.active["A1"], book.active["XFD1048576"] = "Name", "x"
    book.save(tmp_path / "a.xlsx")
    message = (
        "a.xlsx: cannot be read as a table: a sheet spans 1,048,576 rows and 16,384 columns; "
        "delete what stands far out."
    )
    with refused(InputError, message):
        open_file(tmp_path / "a.xlsx", EXPORT)


@pytest.mark.parametrize(
    ("place", "rows", "columns"),
    [("A99999999", "99,999,999", "1"), ("A14294967295", "1,000,000,000", "1"), ("xfd1048576", "1,048,576", "16,384")],
)
def test_cells_beyond_the_sheet(tmp_path, refused, place, rows, columns):
    book = Workbook()
    book.active["A1"] = "Name"
    book.save(tmp_path / "good.xlsx")
    with zipfile.ZipFile(tmp_path / "good.xlsx") as good:
        parts = {name: good.read(name).replace(b'r="A1"', f"r = '{place}'".encode()) for name in good.namelist()}
    (tmp_path / "a.xlsx").write_bytes(zipped(parts))
    message = (
        f"a.xlsx: cannot be read as a table: a sheet spans {rows} rows and {columns} columns; "
        "delete what stands far out."
    )
    with refused(InputError, message):
        open_file(tmp_path / "a.xlsx", EXPORT)


def test_a_number_that_a_workbook_states_of_itself(tmp_path, refused):
    with xlsxwriter.Workbook(tmp_path / "good.xlsx") as book:
        book.add_worksheet().write_column(0, 0, ["Name", "x"])
    with zipfile.ZipFile(tmp_path / "good.xlsx") as good:
        parts = {name: good.read(name) for name in good.namelist()}
    texts = parts["xl/sharedStrings.xml"]
    assert b'uniqueCount="2"' in texts
    parts["xl/sharedStrings.xml"] = texts.replace(b'uniqueCount="2"', b'uniqueCount="2199999999"')
    (tmp_path / "a.xlsx").write_bytes(zipped(parts))
    message = "a.xlsx: cannot be read as a table: it states 1,000,000,000 entries; save it again in Excel."
    with refused(InputError, message):
        open_file(tmp_path / "a.xlsx", EXPORT)


def test_one_long_text_in_very_many_cells(tmp_path, refused, monkeypatch):
    monkeypatch.setattr(archives, "MOST_CHARACTERS", 1_000_000)
    # openpyxl writes every text again, XlsxWriter once
    with xlsxwriter.Workbook(tmp_path / "a.xlsx") as book:
        book.add_worksheet().write_column(0, 0, ["x" * 1_000] * 2_000)
    message = "a.xlsx: is not read: very long texts stand in very many cells. Deliver it unpacked, or in parts."
    with refused(InputError, message):
        open_file(tmp_path / "a.xlsx", EXPORT)


def test_a_workbook_bomb(tmp_path, refused):
    (tmp_path / "a.xlsx").write_bytes(zipped({"xl/worksheets/sheet1.xml": DULL}))
    with refused(InputError, f"a.xlsx: {TIMES}"):
        open_file(tmp_path / "a.xlsx", EXPORT)


def test_a_binary_workbook(tmp_path, refused):
    (tmp_path / "a.xlsb").write_bytes(b"x")
    with refused(InputError, "a.xlsb: cannot be read as a table: a binary workbook; save it as .xlsx."):
        open_file(tmp_path / "a.xlsb", EXPORT)


def test_parquet_of_equal_rows(tmp_path, refused):
    same = pa.DictionaryArray.from_arrays(pa.array([0] * 400_000, pa.int8()), pa.array(["x" * 20_000]))
    pq.write_table(pa.table({"user_id": same}), tmp_path / "a.parquet")
    message = "a.parquet: is not read: very long texts stand in very many cells. Deliver it unpacked, or in parts."
    with refused(InputError, message):
        open_file(tmp_path / "a.parquet", EXPORT)


def test_parquet_of_very_many_rows(tmp_path, refused, monkeypatch):
    monkeypatch.setattr(archives, "MOST_PARQUET_CELLS", 1_000)
    pq.write_table(pa.table({"a": [0] * 600, "b": [0] * 600}), tmp_path / "a.parquet")
    with refused(
        InputError, "a.parquet: is not read: it holds 600 rows of 2 columns. Deliver it unpacked, or in parts."
    ):
        open_file(tmp_path / "a.parquet", EXPORT)


def test_parquet_that_is_no_flat_table(tmp_path, refused):
    pq.write_table(pa.table({"a": [[1], [2]]}), tmp_path / "a.parquet")
    with refused(InputError, "a.parquet: cannot be read as a table: columns inside columns."):
        open_file(tmp_path / "a.parquet", EXPORT)


def test_parquet_is_read_as_text(tmp_path):
    pq.write_table(pa.table({"Name": ["A", None], "n": [1, 2]}), tmp_path / "a.parquet")
    assert open_file(tmp_path / "a.parquet", EXPORT).rows.collect().rows() == [("A", "1"), (None, "2")]


@pytest.mark.parametrize("n", [200_000, 60_000_000])
def test_a_line_without_end(tmp_path, refused, n):
    (tmp_path / "a.csv").write_bytes(b"x" * n)
    with refused(InputError, "a.csv: cannot be read as a table: its first line is longer than 100,000 characters."):
        open_file(tmp_path / "a.csv", EXPORT)


def test_very_many_columns(tmp_path, refused):
    (tmp_path / "a.csv").write_text(",".join("x" * 3_000) + "\n1\n")
    with refused(InputError, "a.csv: cannot be read as a table: more than 2,000 columns."):
        open_file(tmp_path / "a.csv", EXPORT)


SPACES = (
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'
)


def open_document(rows: str) -> bytes:
    content = (
        f"<office:document-content {SPACES}><office:body><office:spreadsheet><table:table table:name='S'>{rows}"
        "</table:table></office:spreadsheet></office:body></office:document-content>"
    )
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    entry = f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{kind}"/>'
    space = 'xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"'
    manifest = f"<manifest:manifest {space}>{entry}</manifest:manifest>"
    parts = {"mimetype": kind, "META-INF/manifest.xml": manifest, "content.xml": content}
    return zipped({name: text.encode() for name, text in parts.items()})


def cell(text: str, repeated: int = 1) -> str:
    kind = f'table:number-columns-repeated="{repeated}" office:value-type="string"'
    return f"<table:table-cell {kind}><text:p>{text}</text:p></table:table-cell>"


def row(cells: str, repeated: int = 1) -> str:
    return f'<table:table-row table:number-rows-repeated="{repeated}">{cells}</table:table-row>'


EMPTY = '<table:table-cell table:number-columns-repeated="16000"/>'


def test_an_open_document_with_empty_rows_to_the_end_of_the_sheet(tmp_path):
    rows = row(cell("Name") + cell("Ort") + EMPTY) + row(cell("A", 2) + EMPTY) + row(EMPTY, 1_000_000)
    (tmp_path / "a.ods").write_bytes(open_document(rows))
    opened = open_file(tmp_path / "a.ods", EXPORT)
    assert opened.rows.lazy().collect().rows() == [("A", "A")]


@pytest.mark.parametrize(
    ("rows", "problem"),
    [
        (row(cell("x", 1000), 100_000), "its sheets span 100,000,000 cells; delete what stands far out"),
        (row(EMPTY, 1_000_000) + row(cell("x", 50)), "its sheets span 50,000,050 cells; delete what stands far out"),
        (row(cell("x", 9**30)), "its sheets span 1,000,000,000 cells; delete what stands far out"),
        ("<table:table-row>", "its tables are damaged"),
    ],
    ids=["repeated", "far_out", "endless", "damaged"],
)
def test_open_document_bombs(tmp_path, refused, rows, problem):
    (tmp_path / "a.ods").write_bytes(open_document(rows))
    with refused(InputError, f"a.ods: cannot be read as a table: {problem}."):
        open_file(tmp_path / "a.ods", EXPORT)
