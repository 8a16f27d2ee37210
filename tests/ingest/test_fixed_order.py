"""The order of the export does not reach the prepared tables, and who left is not forgotten."""

import pandas as pd

import crmkit
from crmkit.ingest.discretion.keys import read_key
from crmkit.ingest.discretion.pseudonyms import identity_digest
from crmkit.privacy.gate import Identities

LIST = "{file: exports/users.csv, reader: generic.users, exported: 2026-06-28}"
LOG = "{file: exports/log.csv, reader: generic.activity}"
NAMES = ["Anna Abel", "Bert Blum", "Cara Conrad", "Dora Dietz", "Emil Ernst", "Fritz Falk", "Gerd Graf"]
MAILS = [f"{name.lower().replace(' ', '.')}@x.example" for name in NAMES]
HEADERS = {
    "exports/users.csv": "E-Mail;Vorname;Nachname;Abteilung",
    "exports/log.csv": "Benutzer;Datum;Objekt;n_view",
    "availability.csv": "user_id;week;available_days",
    "people.csv": "user_id;fte",
    "survey.csv": "respondent;item;answer",
}
ROWS = {
    "exports/users.csv": [f"{mail};{name.replace(' ', ';')};Nord" for mail, name in zip(MAILS, NAMES, strict=True)],
    "exports/log.csv": [f"{mail};2026-06-{day};Lead;1" for mail in MAILS for day in (22, 23)],
    "availability.csv": [f"{mail};2026-06-22;3" for mail in MAILS],
    "people.csv": [f"{mail};0,5" for mail in MAILS],
    "survey.csv": [f"{mail.split('@')[0]};{item};{n % 5 + 1}" for n, mail in enumerate(MAILS) for item in (1, 2)],
}


def files(order):
    return {name: "\n".join([header, *order(ROWS[name])]) + "\n" for name, header in HEADERS.items()}


def written(folder):
    """Return the bytes of all tables; of those with digests of delivered files, which differ by design, the rest."""
    found = {}
    for file in sorted((folder / "prepared").glob("*.parquet")):
        rows = pd.read_parquet(file)
        if "delivery" in rows:
            assert rows["delivery"].str.fullmatch("[0-9a-f]{16}").all()
            order = [name for name in rows if name != "delivery"]
            found[file.name] = rows[order].sort_values(order).to_csv(index=False)
        else:
            found[file.name] = file.read_bytes()
    return found


def test_shuffled_input_gives_identical_bytes(folder_of):
    folder = folder_of([LIST, LOG], files(sorted))
    crmkit.ingest.prepare(folder)
    first = written(folder)
    orders = [lambda rows: rows[::-1], lambda rows: [*rows[3:], *rows[:3]]]
    for order in orders:
        crmkit.ingest.prepare(folder_of([LIST, LOG], files(order)))
        assert written(folder) == first
    assert {"users.parquet", "survey.parquet", "availability.parquet", "activity.parquet"} <= set(first)


def test_tables_of_persons_stand_in_order_of_their_pseudonyms(folder_of):
    folder = folder_of([LIST, LOG], files(sorted))
    crmkit.ingest.prepare(folder)
    for name in ("users", "assignments", "activity", "availability"):
        assert pd.read_parquet(folder / "prepared" / f"{name}.parquet")["user_id"].is_monotonic_increasing, name


def test_who_left_is_still_named_nowhere(folder_of):
    folder = folder_of([LIST, LOG], files(sorted))
    crmkit.ingest.prepare(folder)
    later = files(sorted)["exports/users.csv"].replace(ROWS["exports/users.csv"][0] + "\n", "")
    (folder / "exports" / "users.csv").write_text(later)
    (folder / "people.csv").unlink()
    for _ in range(2):
        crmkit.ingest.prepare(folder)
        assert Identities.of(folder).rule_for("anna abel") == "identity"
    digests = pd.read_parquet(folder / "prepared" / "identities.parquet")
    assert not digests.duplicated().any()
    assert ("email", identity_digest(read_key(folder), MAILS[0])) in set(digests.itertuples(index=False, name=None))
