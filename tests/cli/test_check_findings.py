"""`crmkit check` names what is odd in the data, in one line each, with what to do."""

from crmkit.cli.checking.findings import MEANINGS
from crmkit.method import findings

SETTINGS = """
name: Muster GmbH
as_of: 2026-06-28
subdivision: BY
roles: {Vertrieb: {areas: [sales]}}
exports:
  - {file: exports/users.csv, reader: generic.users, exported: 2026-06-28}
  - {file: exports/log.csv, reader: generic.activity, covers: {from: 2026-04-20, to: 2026-06-28}}
"""
USERS = (
    "Kennung;Abteilung;Lizenz;Rolle;FTE;Bundesland;Eintritt;Austritt\n"
    "u1;Nord;Voll;Vertrieb;1,2;;01.01.2024;\n"
    "u2;Nord;Leicht;Einkauf;1;Tirol;01.01.2024;\n"
    "u3;Nord;Voll;Vertrieb;0;;01.05.2026;31.12.2025\n"
)


def test_what_is_odd_is_named(crmkit, tmp_path):
    (tmp_path / "exports").mkdir()
    (tmp_path / "client.yml").write_text(SETTINGS, encoding="utf-8")
    (tmp_path / "licences.csv").write_text("licence,n_purchased\nVoll,10\n")
    (tmp_path / "exports" / "users.csv").write_text(USERS, encoding="utf-8")
    (tmp_path / "exports" / "log.csv").write_text("Benutzer,Datum,Objekt,n_view\nu1,2026-06-22,Lead,3\n")
    code, out, _ = crmkit("check", tmp_path)
    assert code == 0
    lines = out.splitlines()
    assert lines[lines.index("  odd:") : -1][:9] == [
        "  odd:",
        "    1 of 3 accounts: a span ends before it starts: not assessed; correct the user list or people.csv",
        "    1 of 3 accounts: working time 0 %: these weeks do not count",
        "    1 of 3 accounts: working time above 100 %: taken as full time",
        "    1 of 3 accounts: the licence is not in licences.csv",
        "    1 of 3 accounts: the role has no areas in client.yml: `roles`",
        "    1 of 3 accounts: public holidays of the state are not known: nationwide ones are taken",
        "    2 of 12 weeks: weeks of the window without a complete log do not count",
        "  would lift the tier: nothing: this is the highest tier",
    ]


def test_every_finding_has_its_line():
    assert set(MEANINGS) == {*findings.OF_ACCOUNTS, *findings.OF_LOG}
