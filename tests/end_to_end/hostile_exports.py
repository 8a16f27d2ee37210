"""A client whose files, headers and objects are called as nobody should call them, with gaps and guesses."""

import datetime as dt
from pathlib import Path

LIST = "Liste <neu> & 'alt' <script>alert(1)<script>.csv"
OBJECTS = (
    "<script>alert(1)</script>", '<img src=x onerror="alert(2)">', "A & B \"C\" 'D'", "Hof\u202egnulletS", "V" * 300,
    "{{ 7 * 7 }}", "key: [value] # no",
)  # fmt: skip
SETTINGS = """
name: "Hof & Söhne <b>GmbH</b>"
as_of: 2026-06-28
crm: eigenes CRM
exports:
  - file: "exports/Liste*.csv"
    reader: generic.users
    exported: 2026-06-28
  - {file: exports/log.csv, reader: generic.changes, covers: {from: 2026-03-02, to: 2026-06-07}}
"""
#: A week in the window on which the log is silent.
SILENT = {dt.date(2026, 5, 4) + dt.timedelta(days=n) for n in range(5)}


def make(folder: Path) -> Path:
    """Write the client folder and return it."""
    (folder / "exports").mkdir(parents=True)
    (folder / "client.yml").write_text(SETTINGS, encoding="utf-8")
    people = [f"u{n:03}" for n in range(1, 13)]
    header = "Login,E-Mail,Abteilung <b>oder</b> Team,Rolle oder <i>Funktion</i>,Stelle & Rolle,<svg onload=alert(3)>"
    rows = [f"{login},{login}@hof.example,Vertrieb,Verkauf,Verkauf,x" for login in people]
    (folder / "exports" / LIST).write_text("\n".join([header, *rows, "svc-sync,,,,,x"]), encoding="utf-8")
    (folder / "exports" / "log.csv").write_text(_log(people), encoding="utf-8")
    return folder


def _log(people: list[str]) -> str:
    days = [dt.date(2026, 3, 2) + dt.timedelta(days=n) for n in range(98)]
    working = [day for day in days if day.isoweekday() <= 5 and day not in SILENT]
    quoted = ['"' + name.replace('"', '""') + '"' for name in (*OBJECTS, "Leads")]
    rows = [
        f"{day} 09:{n:02}:00,{login},{quoted[(n + day.day) % len(quoted)]},update"
        for day in working
        for n, login in enumerate([*people, "stranger1", "stranger2"])
    ]
    return "\n".join(["Geändert am,Geändert von,Objekt,Aktion", *rows]) + "\n"
