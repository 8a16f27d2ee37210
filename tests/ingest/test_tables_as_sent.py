"""Tables with what clients leave around and in them: titles, groups, footers, merged cells, odd bytes."""

import csv
import datetime as dt
import gzip
import io
import zipfile

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from crmkit.errors import InputError
from crmkit.ingest.files import open_file, opening, text
from crmkit.settings import Export

EXPORT = Export(file="x", reader="generic.users")
TABLE = (
    "Name;Abteilung;Letzte Anmeldung\n"
    "Anna Graf;Vertrieb;01.05.2026\nBen Summer;Service;\nEva Stein;Service;03.05.2026\n"
)
ROWS = [
    ("Anna Graf", "Vertrieb", "01.05.2026"),
    ("Ben Summer", "Service", None),
    ("Eva Stein", "Service", "03.05.2026"),
]
HEADERS = ["Name", "Abteilung", "Letzte Anmeldung"]


@pytest.fixture
def opened(tmp_path):
    """Return a function that writes a file and opens it."""

    def write(content, name="a.csv", export=EXPORT):
        path = tmp_path / name
        if isinstance(content, list):
            book = Workbook()
            for row in content:
                book.active.append(row)
            content = saved(book)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return open_file(path, export)

    return write


def saved(book) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def zipped(files) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return out.getvalue()


def rows(opened):
    return opened.rows.collect().rows()


ABOVE = {
    "title": ("Benutzerliste Stand 31.05.2026\n", ["Benutzerliste Stand 31.05.2026"]),
    "padded_title": ("Benutzerliste;;\n;;\n", ["Benutzerliste"]),
    "blank": ("\n\n", []),
    "labels": (
        "Exportiert am;31.05.2026\nMandant:;Muster GmbH\n\n",
        ["Exportiert am 31.05.2026", "Mandant: Muster GmbH"],
    ),
    "commas": ("Liste, Stand, Mai, 2026\n\n", ["Liste, Stand, Mai, 2026"]),
    "salesforce": (
        '"Alle Benutzer"\n\n"Stand 31.05.2026 08:15"\n"Erstellt von: CRM Betrieb"\n\n"Gefiltert nach:"\n'
        '"   Aktiv = Ja"\n\n',
        ["Alle Benutzer", "Stand 31.05.2026 08:15", "Erstellt von: CRM Betrieb", "Gefiltert nach:", "Aktiv = Ja"],
    ),
    "line_in_title": ('"Benutzer\nliste"\n', ["Benutzer\nliste"]),
    "separator": ("sep=;\nBenutzerliste\n", ["Benutzerliste"]),
}


@pytest.mark.parametrize("case", ABOVE)
def test_what_stands_above(opened, case):
    before, above = ABOVE[case]
    found = opened(before + TABLE)
    assert (found.columns, rows(found), found.above) == (HEADERS, ROWS, above)
    assert found.dropped.get("above_header", 0) == len(above)


def test_leading_empty_columns(opened):
    found = opened("".join(f";;{line}\n" for line in TABLE.splitlines()))
    assert (found.columns, rows(found)) == (HEADERS, ROWS)


TWO_LEVELS = {
    "parted": ("Stammdaten;;Nutzung;\n;;;\nName;Ort;Erste Anmeldung;Letzte Anmeldung\n", ["Stammdaten Nutzung"]),
    "open": ("Name;Ort;Anmeldung;\n;;Erste Anmeldung;Letzte Anmeldung\n", ["Name Ort Anmeldung"]),
    "full": ("Person;Adresse;Nutzung;\nName;Ort;Erste Anmeldung;Letzte Anmeldung\n", ["Person Adresse Nutzung"]),
}


@pytest.mark.parametrize("case", TWO_LEVELS)
def test_headers_in_two_rows(opened, case):
    before, above = TWO_LEVELS[case]
    found = opened(f"{before}Anna;Bonn;01.04.2026;02.05.2026\nBen;Köln;02.04.2026;04.05.2026\n")
    assert found.columns == ["Name", "Ort", "Erste Anmeldung", "Letzte Anmeldung"]
    assert (len(rows(found)), found.above) == (2, above)


def test_headers_that_repeat_take_the_name_of_their_group(opened):
    found = opened("Person;Web;;Mobil;\nName;Erste;Letzte;Erste;Letzte\nAnna;01.04.2026;02.04.2026;;05.04.2026\n")
    assert found.columns == ["Name", "Web Erste", "Web Letzte", "Mobil Erste", "Mobil Letzte"]


@pytest.mark.parametrize(
    "content",
    [
        "Anna;a@example.com;01.05.2026\nBen;b@example.com;nie\nEva;e@example.com;02.05.2026\n",
        "4711;Anna;aktiv\n4712;Ben;aktiv\n",
        "a@example.com\nb@example.com\n",
    ],
)
def test_a_file_that_begins_with_data(opened, content, refused):
    message = (
        "a.csv: it has no line of headers: its first rows hold dates, addresses or numbers. "
        "Export it with headers, or write one name for each column above the first row."
    )
    with refused(InputError, message):
        opened(content)


def test_a_first_row_that_can_be_the_header_is_taken(opened):
    assert opened("Name;2025;2026\nAnna;4;5\n").columns == ["Name", "2025", "2026"]
    assert opened("Name;;Login\nMeier;Anna;nie\nHuber;Eva;01.05.2026\n").columns == ["Name", "column_2", "Login"]
    assert opened("Name;Name;Ort\nA;B;C\n").columns == ["Name", "Name_2", "Ort"]
    assert opened("Team;01.05.2026;02.05.2026\nA;4;5\nB;6;7\n").columns == ["Team", "01.05.2026", "02.05.2026"]
    assert opened("a,b\n1,2\n").columns == ["a", "b"]


FOOTERS = [
    "Summe;;\n", "Gesamt: 3;;\n", "Gesamt;3;\n", "Anzahl Benutzer;;3\n", "Total;3;3\n", "Grand total;;\n",
    "Insgesamt;3;\n",
    "Count;3;\n", "Seite 1 von 3;;\n", ";Seite 1 von 3;\n", ";;Stand: 31.05.2026\n", "Copyright 2026 Muster GmbH;;\n",
    "\nMuster GmbH;;\n", "Generated by;CRM;\n", "Confidential information - do not distribute\n", "3 Datensätze;;\n",
    "Gesamt (3);;\n", "Stand;31.05.2026;\n", "Quelle: CRM;;\n",
]  # fmt: skip


@pytest.mark.parametrize("footer", FOOTERS)
def test_footers(opened, footer):
    found = opened(TABLE + footer)
    assert (rows(found), found.dropped["footer"], len(found.below)) == (ROWS, 1, 1)


@pytest.mark.parametrize(
    "last", ["Summer", "Gesa M.", "Graf", "Count Olaf", "Total Anna", "Stand, Eva", "Summe Anna", "Seite"]
)
@pytest.mark.parametrize("others", [";Service;04.05.2026", ";Service;", ";;"])
def test_a_last_person_is_no_footer(opened, last, others):
    found = opened(f"{TABLE}{last}{others}\n")
    assert (rows(found)[-1][0], len(rows(found)), found.dropped) == (last, 4, {})


def test_a_last_id_is_no_footer(opened):
    assert len(rows(opened("Id;Ort;Tag\nU1;B;C\nU2;;\n"))) == 2
    assert len(rows(opened("Id;Ort;Tag\n4711;B;C\n\n4712;;\n"))) == 2


def test_pages_with_titles_numbers_and_headers(opened):
    page = "Benutzerliste;;\n\n" + TABLE
    found = opened(page + "Seite 1 von 2;;\n" + page + "Seite 2 von 2;;\n")
    assert rows(found) == ROWS * 2
    assert found.dropped == {"above_header": 2, "blank_row": 1, "repeated_header": 1, "footer": 2}


COATS = {
    "crlf": TABLE.replace("\n", "\r\n").encode(),
    "cr": TABLE.replace("\n", "\r").encode(),
    "double_cr": TABLE.replace("\n", "\r\r\n").encode(),
    "bom": TABLE.encode("utf-8-sig"),
    "cp1252": TABLE.encode("cp1252"),
    "tab": TABLE.replace(";", "\t").encode(),
    "utf16": TABLE.replace(";", "\t").encode("utf-16"),
    "utf16_be": b"\xfe\xff" + TABLE.replace(";", "\t").encode("utf-16-be"),
    "utf16_le_bare": TABLE.encode("utf-16-le"),
    "utf16_be_bare": TABLE.encode("utf-16-be"),
    "sep_bom": ("sep=;\n" + TABLE).encode("utf-8-sig"),
    "sep_quoted": ('"sep=;"\r\n' + TABLE).encode(),
    "quoted": TABLE.replace("Vertrieb", '"Vertrieb"').encode(),
    "no_last_line_end": TABLE.rstrip("\n").encode(),
    "trailing_marks": TABLE.replace("\n", ";\n").encode(),
}


@pytest.mark.parametrize("coat", COATS)
def test_one_table_in_many_coats(opened, coat):
    found = opened(COATS[coat])
    assert (found.columns, rows(found)) == (HEADERS, ROWS)


SNIFFED = [
    ("Name;Wert\nA;1,5\nB;2,5\n", ["Name", "Wert"]),
    ('Name,Ort\n"A; B",Bonn\n"C; D; E",Köln\n', ["Name", "Ort"]),
    ("Name, Vorname;Login;Ort\nMeier, A;1;B\nHuber, B;2;C\n", ["Name, Vorname", "Login", "Ort"]),
    ("Name,Ort,Rollen\nA,B,x;y\nC,D,x;y;z\nE,F,x\n", ["Name", "Ort", "Rollen"]),
    ("Name|Ort, Land|Tag\nA|B, C|D\n", ["Name", "Ort, Land", "Tag"]),
    ("Name\nA\n", ["Name"]),
]


@pytest.mark.parametrize(("content", "columns"), SNIFFED)
def test_delimiters(opened, content, columns):
    assert opened(content).columns == columns


@pytest.mark.parametrize(
    ("stated", "problem"),
    [
        ({"encoding": "utf-9"}, "`encoding` in client.yml is not known. "),
        ({"encoding": "hex"}, "`encoding` in client.yml is not known. "),
        ({"encoding": "idna"}, "`encoding` in client.yml is not known. "),
        ({"encoding": "ascii"}, "`encoding` in client.yml is not that of the file: "),
        ({"delimiter": ";;"}, "`delimiter` in client.yml is not one sign that parts columns. "),
        ({"delimiter": "ö"}, "`delimiter` in client.yml is not one sign that parts columns. "),
    ],
)
def test_statements_that_make_no_sense(opened, stated, problem):
    with pytest.raises(InputError) as error:
        opened(TABLE.replace("Anna", "Äöüß" * 9), export=EXPORT.model_copy(update=stated))
    assert str(error.value).startswith(f"a.csv: {problem}")


def test_a_tab_has_a_name(opened):
    export = EXPORT.model_copy(update={"delimiter": "tab"})
    assert opened(TABLE.replace(";", "\t"), export=export).columns == HEADERS


CELLS = {
    "A\u200bn\x07na": "Anna", "\u00a0Anna\u00a0Graf ": "Anna Graf", '"=""00123"""': "00123", '="00123"': "00123",
    "'=1+1": "=1+1", "'+49 30 1": "+49 30 1", "'@anna": "@anna", "00123": "00123", "O'Neil": "O'Neil",
    "#N/A": None, "#NV": None, "#REF!": None, "#WERT!": None, "#VALUE!": None, "#1": "#1", "\ufeffAnna": "Anna",
    '"a\nb"': "a\nb", '""': None, '" "': None,
}  # fmt: skip


@pytest.mark.parametrize("cell", CELLS)
def test_cells(opened, cell):
    assert rows(opened(f"Ort;Name;Tag\nx;{cell};y\n")) == [("x", CELLS[cell], "y")]


def test_rows_that_are_too_long_or_too_short(opened):
    found = opened("a;b;c\n1;2;3;\n1;2;3;4\n1\n1;2;3;;;6\n")
    assert rows(found) == [("1", "2", "3"), ("1", "2", "3"), ("1", None, None), ("1", "2", "3")]
    assert found.dropped == {"long_row": 1}


def test_bare_commas_do_not_move_the_headers(opened):
    found = opened("user,comment\na1,late, always, yes, so\na2,never, he says, at all\na3,so\n")
    assert (found.columns, found.dropped) == (["user", "comment"], {"long_row": 2})


def test_quotation_marks_inside_cells(opened):
    assert rows(opened('Firma;Ort\n"Blau" GmbH;Bonn\nFirma "Rot";Köln\n')) == [
        ("Blau GmbH", "Bonn"),
        ('Firma "Rot"', "Köln"),
    ]


def test_a_quotation_mark_that_is_not_closed_shows_nobody(opened, refused):
    with refused(InputError, "a.csv: cannot be read as a table: its quotation marks do not match; export it again."):
        opened('Name;Ort\nAnna;Bonn\n"Ben;Köln\nEva;"Kiel"\n')


def test_members_of_a_zip(opened):
    files = {
        "a.csv": TABLE,
        "b.csv": ("Stand 31.05.2026\nAbteilung;Name;Letzte Anmeldung\nIT;Ida;04.05.2026\nSumme;1;\n").encode(
            "utf-8-sig"
        ),
        "__MACOSX/._a.csv": b"\x00\x05",
        "x/._b.csv": b"\x00\x05",
    }
    found = opened(zipped(files), "a.zip")
    assert rows(found) == [*ROWS, ("Ida", "IT", "04.05.2026")]
    assert found.dropped == {"above_header": 1, "footer": 1}


def test_different_tables_in_a_zip(opened, refused):
    with refused(
        InputError,
        "a.zip/b.txt: cannot be read as a table: it shares no column with the file before; unpack the zip.",
    ):
        opened(zipped({"a.csv": TABLE, "b.txt": "Bitte beachten\nDies ist ein Hinweis\n"}), "a.zip")


NO_TABLES = {
    "broken.csv.gz": (gzip.compress(TABLE.encode())[:-12], "it is damaged or cut off; deliver it again"),
    "broken.zip": (zipped({"a.csv": TABLE})[:-30], "it is damaged or cut off; deliver it again"),
    "a.csv": (b"%PDF-1.4\n\x00", "it is a PDF; export the table itself, as .csv or .xlsx"),
    "b.csv": (zipped({"a.csv": TABLE}), "it is an Excel workbook or a zip; name it .xlsx or .zip"),
    "c.csv": (b'{"users": [1]}', "it is JSON; export the table as .csv or .xlsx"),
    "d.csv": (b'[{"user": 1}]', "it is JSON; export the table as .csv or .xlsx"),
    "e.csv": (bytes(range(8)) * 50 + b"\n", "it is no text; export the table as .csv or .xlsx"),
    "f.xls": (b'<?xml version="1.0"?>\n<Workbook></Workbook>', "it is XML; open it in Excel and save it as .xlsx"),
    "g.csv": (
        b"<!DOCTYPE html><html><body>Log in</body></html>",
        "it is a web page without a table, perhaps one that asks to log in; export it again, as .csv or .xlsx",
    ),
    "h.xlsx": (zipped({"a.txt": "x"}), "it is damaged or cut off; deliver it again"),
    "i.xlsx": (saved(Workbook())[:-40], "it is damaged or cut off; deliver it again"),
    "j.xls": (b"MIME-Version: 1.0\n", "it is a web archive; open it in Excel and save it as .xlsx"),
}


@pytest.mark.parametrize("name", NO_TABLES)
def test_what_is_no_table(opened, name, refused):
    content, problem = NO_TABLES[name]
    with refused(InputError, f"{name}: cannot be read as a table: {problem}."):
        opened(content, name)


def test_a_web_page_called_xls(opened):
    cells = "".join(
        f"<tr>{''.join(f'<td class=x><b>{c}</b></td>' for c in line.split(';'))}</tr>\n" for line in TABLE.split("\n")
    )
    title = "<tr><td colspan=3>Liste &amp; mehr</td></tr>"
    page = f"<html><head><style>td {{}}</style></head><table>{title}{cells}</table></html>"
    found = opened(page, "a.xls")
    assert (found.columns, rows(found), found.above) == (HEADERS, ROWS, ["Liste & mehr"])


def test_a_text_called_xls(opened):
    assert rows(opened(TABLE.replace(";", "\t").encode("utf-16"), "a.xls")) == ROWS


def test_a_workbook_called_xls(opened):
    book = Workbook()
    for line in TABLE.splitlines():
        book.active.append(line.split(";"))
    assert rows(opened(saved(book), "a.xls")) == ROWS


def test_a_protected_workbook(opened, refused):
    content = (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600 + "EncryptedPackage".encode("utf-16-le") + b"\x00" * 600
    )
    with refused(InputError, "a.xlsx: is protected with a password. Save it in Excel without one, and deliver that."):
        opened(content, "a.xlsx")


def test_a_protected_zip(opened, refused):
    content = bytearray(zipped({"a.csv": TABLE}))
    content[6] |= 1
    content[content.index(b"PK\x01\x02") + 8] |= 1
    with refused(InputError, "a.zip: cannot be read as a table: it is protected with a password; deliver it without."):
        opened(bytes(content), "a.zip")


GRID = [line.split(";") for line in TABLE.splitlines()]


def test_excel_titles_groups_and_footers(opened):
    found = opened(
        [[], ["Benutzer", "", ""], ["Stand", dt.date(2026, 5, 31)], [], *GRID, [], ["Summe", None, 3]], "a.xlsx"
    )
    assert (found.columns, rows(found)) == (HEADERS, ROWS)
    assert (found.above, found.below) == (["Benutzer", "Stand 2026-05-31"], ["Summe 3"])


def test_merged_cells(opened):
    book = Workbook()
    sheet = book.active
    for row in [
        ["Alle Benutzer"],
        ["Abteilung", "Name", "Nutzung"],
        [None, None, "Erste Anmeldung", "Letzte Anmeldung"],
        ["Region Nord"],
        ["Vertrieb", "Anna", dt.date(2026, 4, 1), dt.date(2026, 5, 1)],
        [None, "Ben", dt.date(2026, 4, 1), None],
        [None, "Eva", dt.date(2026, 4, 1), dt.date(2026, 5, 3)],
        ["Service", "Ida", dt.date(2026, 4, 1), dt.date(2026, 5, 4)],
    ]:
        sheet.append(row)
    for merged in ("A1:D1", "A2:A3", "B2:B3", "C2:D2", "A4:D4", "A5:A7"):
        sheet.merge_cells(merged)
    found = opened(saved(book), "a.xlsx")
    assert found.columns == ["Abteilung", "Name", "Erste Anmeldung", "Letzte Anmeldung"]
    assert [row[:2] for row in rows(found)] == [
        ("Vertrieb", "Anna"),
        ("Vertrieb", "Ben"),
        ("Vertrieb", "Eva"),
        ("Service", "Ida"),
    ]
    assert found.dropped == {"above_header": 2, "group_heading": 1}


def test_merged_cells_beside_leading_blanks(opened):
    book = Workbook()
    for place, value in {
        "C4": "Ort",
        "D4": "Name",
        "E4": "Tag",
        "C5": "Bonn",
        "D5": "A",
        "D6": "B",
        "E5": "x",
        "E6": "y",
    }.items():
        book.active[place] = value
    book.active.merge_cells("C5:C6")
    assert rows(opened(saved(book), "a.xlsx")) == [("Bonn", "A", "x"), ("Bonn", "B", "y")]


def test_very_many_merged_cells(opened):
    book = Workbook()
    book.active.append(["Name", "Ort", "Tag"])
    parts = zipfile.ZipFile(io.BytesIO(saved(book)))
    files = {name: parts.read(name) for name in parts.namelist()}
    sheet = "xl/worksheets/sheet1.xml"
    files[sheet] = files[sheet].replace(
        b"</sheetData>", b"</sheetData><mergeCells>" + b'<mergeCell ref="A1:A9"/>' * 500_001
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    with pytest.raises(InputError, match="500,001 of its cells are merged"):
        opened(out.getvalue(), "a.xlsx")


def book_of(**sheets):
    book = Workbook()
    book.remove(book.active)
    for name, (state, grid) in sheets.items():
        sheet = book.create_sheet(name)
        sheet.sheet_state = state
        for row in grid:
            sheet.append(row)
    return saved(book)


COVER = [["Benutzerliste"], ["Stand:", "31.05.2026"], ["Ansprechpartner:", "CRM Betrieb"]]


@pytest.mark.parametrize(
    "before",
    [{"Deckblatt": ("visible", COVER)}, {"Alt": ("hidden", [["A", "B", "C"], ["1", "2", "3"]])},
     {"Filter": ("veryHidden", GRID[:2])}, {"Leer": ("visible", [])}, {"Text": ("visible", [["a"], ["b"], ["c"]])}],
)  # fmt: skip
def test_the_first_visible_sheet_with_a_table(opened, before):
    content = book_of(**before, Benutzer=("visible", GRID), Mehr=("visible", GRID[:2]))
    assert rows(opened(content, "a.xlsx")) == ROWS


def test_the_declared_sheet(opened):
    content = book_of(Eins=("visible", GRID), Zwei=("hidden", GRID[:2]))
    assert rows(opened(content, "a.xlsm", EXPORT.model_copy(update={"sheet": "Zwei"}))) == ROWS[:1]


def test_numbers_and_times_of_excel(tmp_path):
    with xlsxwriter.Workbook(tmp_path / "a.xlsx") as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["Id", "Anteil", "Dauer", "Uhrzeit", "Wann", "Wert"])
        sheet.write(1, 0, 123456789012345)
        sheet.write(1, 1, 0.85, book.add_format({"num_format": "0%"}))
        sheet.write(1, 2, 26.05 / 24, book.add_format({"num_format": "[h]:mm:ss"}))
        sheet.write(1, 3, 8.5 / 24, book.add_format({"num_format": "hh:mm"}))
        sheet.write(1, 4, 46163.3541666667, book.add_format({"num_format": "dd.mm.yyyy hh:mm"}))
        sheet.write(1, 5, 0.1 + 0.2)
    found = open_file(tmp_path / "a.xlsx", EXPORT)
    assert rows(found) == [("123456789012345", "0.85", "26:03:00", "08:30:00", "2026-05-21 08:30:00", "0.3")]


def test_a_large_file_stays_lazy(opened, monkeypatch):
    monkeypatch.setattr(opening, "STREAM_FROM", 10)
    found = opened("Benutzerliste\n\n" + TABLE + 'Name;Abteilung;Letzte Anmeldung\n"Ida\nB";IT;\n')
    assert (found.columns, found.above) == (HEADERS, ["Benutzerliste"])
    assert rows(found) == [*ROWS, ("Ida\nB", "IT", None)]


@pytest.mark.parametrize(
    "coat", ["crlf", "bom", "sep_bom", "quoted", "utf16", "cp1252", "tab", "cr", "no_last_line_end"]
)
def test_large_files_in_many_coats(opened, monkeypatch, coat):
    monkeypatch.setattr(opening, "STREAM_FROM", 10)
    found = opened(COATS[coat])
    assert (found.columns, rows(found)) == (HEADERS, ROWS)


def test_a_line_without_end_is_not_read(tmp_path, monkeypatch, refused):
    with (tmp_path / "a.csv").open("wb") as file:
        file.truncate(3_000_000_000)
    monkeypatch.setattr(text, "found_in", None)
    export = EXPORT.model_copy(update={"encoding": "utf-8"})
    with refused(InputError, "a.csv: cannot be read as a table: its first line is longer than 100,000 characters."):
        open_file(tmp_path / "a.csv", export)


CELL = st.sampled_from(["", "Name", "Ort", "1", "01.05.2026", "a@example.com", "Summe", '"', "x\ny"])
LINES = st.lists(st.lists(CELL, max_size=5), max_size=9)


@given(grid=LINES, delimiter=st.sampled_from(";,\t|"))
def test_any_grid_gives_a_table_or_an_error(tmp_path_factory, grid, delimiter):
    path = tmp_path_factory.getbasetemp() / "grid.csv"
    path.write_bytes("\n".join(delimiter.join(row) for row in grid).encode())
    check(path, sum(any(row) for row in grid))


@given(grid=LINES)
def test_any_sheet_gives_a_table_or_an_error(tmp_path_factory, grid):
    path = tmp_path_factory.getbasetemp() / "grid.xlsx"
    path.write_bytes(book_of(Blatt=("visible", grid)))
    check(path, len(grid), is_exact=True)


def check(path, n_rows, *, is_exact=False):
    """Every row is in the table, in the count of those dropped, or the header; or there is one line that says why."""
    try:
        found = open_file(path, EXPORT)
    except InputError as error:
        assert str(error).startswith(f"{path.name}: ")
        assert "\n" not in str(error)
        return
    table = found.rows.collect()
    assert table.columns == found.columns
    assert all(dtype == "String" for dtype in map(str, table.dtypes))
    assert "" not in {cell for row in table.rows() for cell in row}
    n_dropped = sum(n for reason, n in found.dropped.items() if reason not in ("blank_row", "long_row"))
    if is_exact:
        assert table.height + n_dropped + 1 <= n_rows


@given(content=st.text(max_size=200), name=st.sampled_from(["a.csv", "a.xls", "a.txt"]))
def test_any_text_of_any_name(tmp_path_factory, content, name):
    path = tmp_path_factory.getbasetemp() / name
    path.write_bytes(content.encode("utf-8", "replace"))
    check(path, 0)


TEXTS = st.sampled_from(
    ["Anna Graf", "Müller; Jörg", "Ähre, Ida", "Summer", "Total Anna", 'sagt "so"', "a\nb", "x|y|z", "1,5"]
)
DAYS = st.sampled_from(["01.05.2026", "30.04.2026 08:15", None])
PEOPLE = st.lists(st.tuples(TEXTS, st.none() | TEXTS, TEXTS, DAYS), min_size=1, max_size=20)
BEFORE = st.sampled_from([[], ["Benutzerliste"], ["Stand", "31.05.2026"], ["Export; vom, 31.05.2026"]])
AFTER = st.sampled_from([[], ["Summe", "3"], ["Seite 1 von 1"], ["Gesamt: 3"]])


COAT = st.tuples(
    st.sampled_from(";,\t|"),
    st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "cp1252"]),
    st.sampled_from(["\n", "\r\n"]),
    st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]),
)


@given(people=PEOPLE, before=BEFORE, after=AFTER, coat=COAT)
def test_whatever_the_coat_the_people_are_the_same(tmp_path_factory, people, before, after, coat):
    delimiter, encoding, line_end, quoting = coat
    path = tmp_path_factory.getbasetemp() / "people.csv"
    columns = ["Name", "Notiz", "Team", "Letzte Anmeldung"]
    with path.open("w", encoding=encoding, newline="") as file:
        writer = csv.writer(file, delimiter=delimiter, lineterminator=line_end, quoting=quoting)
        writer.writerows([row for row in (before, columns, *people, after) if row])
    found = open_file(path, EXPORT)
    assert (found.columns, rows(found)) == (columns, people)


def test_line_ends_below_many_headers(opened, refused):
    message = "a.csv: is not read: 100,001 rows of 1,000 columns. Deliver it unpacked, or in parts."
    with refused(InputError, message):
        opened(";".join(f"c{n}" for n in range(1_000)) + "\n" * 100_001)


def test_a_web_page_of_few_letters_for_many_cells(opened):
    wide = "<tr>" + "".join(f"<th>c{n}</th>" for n in range(1_500)) + "</tr>"
    with pytest.raises(InputError, match="rows of 1,500 columns"):
        opened(f"<table>{wide}{'<tr><td>x' * 35_000}", "a.xls")
    with pytest.raises(InputError, match="more than 2,000 columns"):
        opened("<table><tr>" + "<td colspan=999>x" * 100_000 + "<tr><td>y", "a.xls")


@pytest.mark.parametrize(
    "cell", ["a@" + "." * 90_000 + " ", "Summe" + " " * 90_000 + "x", "1" * 90_000 + "x", "x:" * 45_000]
)
def test_a_long_cell_takes_no_time(opened, cell):
    assert len(rows(opened(f"Name;Ort;Tag\n{cell};b;c\n{cell};;\n"))) in (1, 2)
    with pytest.raises(InputError):
        opened(f"{cell};;\n")


@pytest.mark.parametrize("name", ["long.csv", "long.csv.gz"])
def test_a_line_without_end_in_the_middle(tmp_path, refused, name, monkeypatch):
    """A cell of hundreds of megabytes would be held in memory many times over."""
    monkeypatch.setattr(text, "LONGEST_LINE", 100_000)
    raw = b"Id;Name\n1;a\n2;" + b"x" * 250_000 + b"\n3;c\n"
    (tmp_path / name).write_bytes(gzip.compress(raw) if name.endswith(".gz") else raw)
    problem = "one of its lines is longer than 100,000 characters"
    with refused(InputError, f"{name}: cannot be read as a table: {problem}."):
        open_file(tmp_path / name, EXPORT)
    short = b"Id;Name\n1;a\n2;" + b"x" * 60_000 + b"\n3;c\n"
    (tmp_path / name).write_bytes(gzip.compress(short) if name.endswith(".gz") else short)
    assert open_file(tmp_path / name, EXPORT).rows.collect().height == 3


GROUPED = (
    "Benutzername;Name;Abteilung;Aktiv;Letzte Anmeldung\n"
    "Vertrieb Nord;;;;\nu1;Anna Berg;V;ja;01.06.2026\nu2;Mia Roth;V;ja;02.06.2026\nZwischensumme;2;;;\n"
    "Vertrieb Süd;;;;\nu3;Ben Haas;V;ja;03.06.2026\nu4;Cem Gül;V;ja;04.06.2026\nZwischensumme;2;;;\nGesamt;4;;;\n"
)


def test_groups_with_headings_and_subtotals(tmp_path):
    (tmp_path / "u.csv").write_text(GROUPED, encoding="utf-8")
    opened = open_file(tmp_path / "u.csv", EXPORT)
    assert [row[0] for row in opened.rows.collect().rows()] == ["u1", "u2", "u3", "u4"]
    assert opened.dropped == {"footer": 3, "group_heading": 2}


def test_people_who_are_called_like_totals_stay(tmp_path):
    text = "Name;Kennung;Abteilung;Logins\nSumme, Anna;as;V;3\nTotal;tt;V;2\n"
    text += "Gesamt Bernd;gb;V;1\nLena;;;\nMia Roth;mr;V;4\n"
    (tmp_path / "u.csv").write_text(text, encoding="utf-8")
    opened = open_file(tmp_path / "u.csv", EXPORT)
    assert opened.rows.collect().height == 5
    assert opened.dropped == {}
