"""Nothing of a person is left in prepared tables: every byte and every value is looked at."""

import re
import shutil
from pathlib import Path

import pandas as pd
import pyarrow.parquet as pq
import pytest

import crmkit

SAMPLE = Path(__file__).parents[2] / "data" / "sample"
ADDRESS = re.compile(r"[\w.+-]+@[\w-]+\.\w|(?<![\d.])\d{1,3}(?:\.\d{1,3}){3}(?![\d.])")
CLOCK = re.compile(r"(?<!\d)(?:[01]\d|2[0-3]):[0-5]\d")


def all_of(folder: Path) -> str:
    """Return everything that stands in prepared tables: packed bytes, metadata, and all values as text."""
    parts = []
    for file in sorted((folder / "prepared").iterdir()):
        parts.append(file.read_bytes().decode("latin-1"))
        parts.append(file.name)
        if file.suffix == ".parquet":
            table = pq.read_table(file)
            parts += [str(table.schema.metadata), str(pq.ParquetFile(file).metadata.to_dict())]
            parts += [str(value) for column in table.columns for value in set(column.to_pylist())]
    return "\n".join(parts)


def values_of(folder: Path) -> str:
    """Return all values; days as days, whose midnight is no time of day."""
    texts = []
    for file in sorted((folder / "prepared").glob("*.parquet")):
        rows = pd.read_parquet(file)
        for column in (rows[name] for name in rows):
            if pd.api.types.is_datetime64_any_dtype(column):
                assert (column.dropna() == column.dropna().dt.normalize()).all()
            else:
                texts += column.dropna().astype(str).unique().tolist()
    return "\n".join(texts)


def persons_in(exports: Path) -> set[str]:
    """Return names, addresses, logins, ids and IP addresses of the raw user lists and logs of a sample."""
    found: set[str] = set()
    for file in [*exports.glob("users*.csv"), *exports.glob("*.xlsx")]:
        is_excel = file.suffix == ".xlsx"
        rows = pd.read_excel(file, dtype=str, engine="openpyxl") if is_excel else pd.read_csv(file, dtype=str)
        for header, column in rows.items():
            if re.search(r"(?i)name|mail|^id$|user|kennung|login", str(header)) and "." not in str(header):
                found |= set(column.dropna().str.strip())
    for file in exports.glob("eventlog/*.gz"):
        found |= set(pd.read_csv(file, dtype=str)["USER_ID"].dropna())
    # Salesforce gives a machine this name, and a licence too
    found.discard("Integration User")
    return {text for text in found if len(text) > 5 and re.search(r"\s|@|\d|\.", text)}


@pytest.mark.parametrize("client", ["musterbau", "harbourfinch", "kleinod", "stadtwerke"])
def test_samples(tmp_path, client):
    folder = tmp_path / client
    shutil.copytree(SAMPLE / client, folder, ignore=shutil.ignore_patterns("prepared", "pseudonym.key"))
    crmkit.ingest.prepare(folder)
    persons = persons_in(folder / "exports")
    assert persons or client == "stadtwerke"
    held, values = all_of(folder), values_of(folder)
    assert {person for person in persons if person in held} == set()
    assert ADDRESS.findall(values) == []
    assert CLOCK.findall(values) == []


TELLING = "Eva Winter (eva.winter@muster.example) rief um 08:47 von 10.20.30.40 bei Kunde Ottokar Zebra an"
MARKS = (
    "Winter",
    "Eva",
    "muster.example",
    "08:47",
    "10.20.30",
    "Zebra",
    "Ottokar",
    "secretlogin",
    "PN-4711",
    "ewinter",
)
EXPORTS = """
  - {file: exports/Liste_von_Eva_Winter.csv, reader: generic.users, exported: 2026-06-28}
  - {file: exports/sf_users.csv, reader: salesforce.users, exported: 2026-06-28}
  - {file: exports/log.csv, reader: generic.changes}
  - {file: exports/days.csv, reader: generic.activity}
  - {file: exports/weeks.csv, reader: generic.weeks}
  - {file: exports/logins.csv, reader: generic.logins}
  - {file: exports/sf_logins.csv, reader: salesforce.login_history}
  - {file: exports/events.csv, reader: salesforce.event_log}
"""
EVENT_COLUMNS = (
    "EVENT_TYPE,TIMESTAMP,USER_ID,CLIENT_IP,PAGE_ENTITY_TYPE,PAGE_URL,URI,BROWSER_TYPE,SESSION_KEY,REQUEST_ID,LOGIN_KEY"
)
T = TELLING
FILES = {
    "Liste_von_Eva_Winter.csv": "Kennung;Vorname;Nachname;E-Mail;Benutzername;Personalnummer;Abteilung;Rolle;Lizenz;"
    "Notiz;Letzte Anmeldung\n"
    f"ewinter;Eva;Winter;eva.winter@muster.example;secretlogin;PN-4711;Nord;Leitung;Voll;{T};22.06.2026 08:47\n",
    "sf_users.csv": "Id,Username,Name,Department,Title,IsActive,CreatedDate,LastLoginDate,AboutMe\n"
    "005E00000012345IAA,secretlogin.sf,Eva Winter,Nord,Leitung,true,2024-01-01T08:47:00.000Z,"
    f"2026-06-22T08:47:00.000Z,{T}\n",
    "log.csv": "Benutzer,Zeitpunkt,Objekt,Bereich,Kanal,Betreff,IP,Kunde,Ereignis-ID\n"
    f"ewinter,2026-06-22 08:47,{T},{T},{T},{T},10.20.30.40,Ottokar Zebra,{T}\n",
    "days.csv": f"Benutzer,Datum,area,channel,action,Betreff\newinter,2026-06-22 08:47,{T},{T},{T},{T}\n"
    f"ewinter,2026-06-22 08:47,{T},{T},gelesen,{T}\n",
    "weeks.csv": f"Benutzer,Woche,area,channel,n_view,Notiz\newinter,2026-W26,{T},{T},3,{T}\n",
    "logins.csv": f"Benutzer,Anmeldezeit,Kanal,IP\newinter,2026-06-22 08:47,{T},10.20.30.40\n",
    "sf_logins.csv": "Username,Login Time,Status,Application,Login Type,Source IP\n"
    f"secretlogin.sf,2026-06-22T08:47:00Z,Success,{T},{T},10.20.30.40\n",
    "events.csv": f"{EVENT_COLUMNS}\n"
    f"LightningPageView,20260622084700.000,005E00000012345IAA,10.20.30.40,{T},/{T},/{T},{T},{T},{T},{T}\n"
    f"Report,20260622084700.000,005E00000012345IAA,10.20.30.40,{T},,,,,,\n"
    f"Eva Winter,20260622084700.000,005E00000012345IAA,10.20.30.40,{T},,,,,,\n",
}


def test_telling_text_in_every_column(tmp_path, monkeypatch):
    monkeypatch.setattr("crmkit.ingest.bookkeeping.MOST_DROPPED", 1.0)
    (tmp_path / "exports").mkdir()
    (tmp_path / "client.yml").write_text(f"name: Muster\nas_of: 2026-06-28\nexports:{EXPORTS}", encoding="utf-8")
    for name, text in FILES.items():
        (tmp_path / "exports" / name).write_text(text, encoding="utf-8")
    (tmp_path / "people.csv").write_text(f"user_id;fte;Notiz\newinter;0,5;{TELLING}\n", encoding="utf-8")
    text = f"user_id,week,available_days,Sonstiges\newinter,2026-06-22,3,{TELLING}\n"
    (tmp_path / "availability.csv").write_text(text, encoding="utf-8")
    made = crmkit.ingest.prepare(tmp_path)
    assert len(made.activity) >= len(("log", "days", "weeks", "logins", "sf_logins", "page", "report"))
    held = all_of(tmp_path)
    assert [mark for mark in MARKS if mark.lower() in held.lower()] == []
    assert "005E00000012345" not in held
    assert CLOCK.findall(values_of(tmp_path)) == []
    assert set(made.ledger["source"]) >= {"salesforce.event_log:?"}
