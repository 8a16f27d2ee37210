"""Files as they are: any encoding and delimiter, footers, Excel; any bytes give a table or one line."""

import datetime as dt
import gzip
import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from crmkit.errors import InputError
from crmkit.ingest.files import open_file
from crmkit.settings import Export

EXPORT = Export(file="x", reader="generic.users")
ROWS = [{"Name": "Jörg Ähre", "Ort": "Köln"}, {"Name": "Ann; B", "Ort": None}]
COMMA = 'Name,Ort\r\nJörg Ähre,Köln\r\n"Ann; B",\r\n'
SEMICOLON = 'Name;Ort\r\nJörg Ähre;Köln\r\n"Ann; B";\r\n'


def rows_of(path, export=EXPORT):
    return open_file(path, export).rows.collect().to_dicts()


COATS = {
    "utf8.csv": COMMA.encode(),
    "bom.csv": COMMA.encode("utf-8-sig"),
    "cp1252.csv": SEMICOLON.encode("cp1252"),
    "utf16.txt": SEMICOLON.replace(";", "\t").replace("Ann\t B", "Ann; B").encode("utf-16"),
    "sep.csv": ("sep=;\r\n" + SEMICOLON).encode("utf-8-sig"),
    "pipe.csv": SEMICOLON.replace(";", "|").replace("Ann| B", "Ann; B").encode(),
    "packed.csv.gz": gzip.compress(COMMA.encode(), mtime=0),
    "repeated.csv": (COMMA + "Name,Ort\r\n").encode(),
}


@pytest.mark.parametrize("name", COATS)
def test_one_table_in_many_coats(tmp_path, name):
    (tmp_path / name).write_bytes(COATS[name])
    assert rows_of(tmp_path / name) == ROWS


def test_zip_of_several_files(tmp_path):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("a.csv", "Name,Ort\nA,Köln\n")
        archive.writestr("b.csv", "Name,Ort\nB,Bonn\n")
    (tmp_path / "both.zip").write_bytes(packed.getvalue())
    assert rows_of(tmp_path / "both.zip") == [{"Name": "A", "Ort": "Köln"}, {"Name": "B", "Ort": "Bonn"}]


def test_quoted_newline_footer_and_repeated_header_are_counted(tmp_path):
    text = 'Id,Name,Ort\n007,"A\nB",Köln\nId,Name,Ort\n,,\n008,C,Bonn\nCopyright 2026,,\nTotal,,\n'
    (tmp_path / "report.csv").write_text(text)
    opened = open_file(tmp_path / "report.csv", EXPORT)
    assert opened.rows.collect().rows() == [("007", "A\nB", "Köln"), ("008", "C", "Bonn")]
    assert opened.dropped == {"blank_row": 1, "repeated_header": 1, "footer": 2}


def test_excel_keeps_ids_and_reads_the_visible_sheet(tmp_path):
    book = Workbook()
    hidden = book.active
    hidden.title, hidden.sheet_state = "hiddenSheet", "veryHidden"
    sheet = book.create_sheet("Benutzer")
    sheet.append(["Id", "Seit", "Stunden", "Aktiv"])
    sheet.append([4711, dt.datetime(2026, 3, 5), 7.5, True])
    sheet.append(["0815", dt.datetime(2026, 3, 5, 8, 30), None, False])
    book.save(tmp_path / "users.xlsx")
    assert rows_of(tmp_path / "users.xlsx") == [
        {"Id": "4711", "Seit": "2026-03-05", "Stunden": "7.5", "Aktiv": "true"},
        {"Id": "0815", "Seit": "2026-03-05 08:30:00", "Stunden": None, "Aktiv": "false"},
    ]


def test_a_sheet_that_is_not_there(tmp_path, refused):
    book = Workbook()
    book.active.title = "Benutzer"
    book.save(tmp_path / "users.xlsx")
    with refused(InputError, 'users.xlsx: no sheet `Benützer`. Did you mean "Benutzer"? Found: `Benutzer`.'):
        open_file(tmp_path / "users.xlsx", Export(file="x", reader="generic.users", sheet="Benützer"))


@pytest.mark.parametrize("content", [b"", b"  \n\n", b"Name,Ort\n", "\ufeff".encode()])
def test_empty(tmp_path, content, refused):
    (tmp_path / "users.csv").write_bytes(content)
    message = "users.csv: the export is empty. Ask for it again, with its period and filters stated."
    with refused(InputError, message):
        open_file(tmp_path / "users.csv", EXPORT)


@pytest.mark.parametrize("name", ["a.csv", "a.csv.gz", "a.zip", "a.xlsx", "a.parquet", "a.txt"])
@given(content=st.binary(max_size=300))
def test_any_bytes_give_a_table_or_an_error(tmp_path_factory, name, content):
    path = tmp_path_factory.getbasetemp() / name
    path.write_bytes(content)
    try:
        opened = open_file(path, EXPORT)
        opened.rows.collect()
    except InputError as error:
        assert "\n" not in str(error)


@given(text=st.text(alphabet='ab",;\n\r\t|0ä\x00', max_size=60))
def test_any_text_gives_a_table_or_an_error(tmp_path_factory, text):
    path = tmp_path_factory.getbasetemp() / "text.csv"
    path.write_bytes(text.encode())
    try:
        open_file(path, EXPORT).rows.collect()
    except InputError as error:
        assert str(error).startswith("text.csv: ")
