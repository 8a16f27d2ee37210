"""The portfolio: every client beside the others, by its own rules, and none in the way of another."""

import datetime as dt
import re
from dataclasses import replace

import pandas as pd
import pytest

from crmkit import portfolio
from crmkit.client import open_client
from crmkit.errors import CallError, MethodError, PrivacyError, SettingsError
from crmkit.privacy import protect
from crmkit.report import charts
from crmkit.report.language import language
from crmkit.report.portfolio import NotOpened, Opened, Portfolio

TODAY = dt.date(2026, 9, 1)
SETTINGS = {
    "nord": """
retrospective: 2
next_date: 2026-12-10
privacy: {k: 7, legal_basis: Art. 6, purpose: Verbesserung, agreement: BV 7, delete_by: 2026-10-01,
  delete_prepared_by: 2029-12-31}
goals:
  - Wir wollen die Nutzungsquote bis 31.12.2026 auf 75 % steigern.
  - Wir wollen die Zahl der aktiven Nutzer bis 31.12.2026 um 20 % erhöhen.
""",
    "süd": "next_date: 2026-08-31\n",
    "west": "",
}


@pytest.fixture
def client_at(tmp_path, client_of, people_tables):
    """Return a function that makes a client folder of a name and opens it."""

    def make(folder: str, *, name: str, settings: str = "", tier: str = "A"):
        made = client_of(settings=settings, **people_tables(["a"], tier=tier)).folder
        place = tmp_path / "clients" / folder
        place.mkdir(parents=True)
        text = (made / "client.yml").read_text(encoding="utf-8").replace("Muster GmbH", name)
        (made / "client.yml").rename(place / "client.yml")
        (place / "client.yml").write_text(text, encoding="utf-8")
        (made / "prepared").rename(place / "prepared")
        return open_client(place)

    return make


@pytest.fixture
def three(client_at, made):
    """Return three clients: of tier A with everything, of tier C in francs, and with a licence list alone."""
    others = {
        "goals": made.empty(made.goals()), "licence_cost": made.empty(made.licence_cost()),
        "licence_use": made.empty(made.licence_use()), "usage_series": made.empty(made.series()),
    }  # fmt: skip
    francs = made.licence_use(price=100.0)
    francs.frame["currency"] = ["CHF", "EUR"]
    nord = {
        "standing": made.standing(58, 61, 71, 10), "usage_series": made.series(), "licence_use": made.licence_use(),
        "licence_cost": made.licence_cost(), "goals": made.goals(),
    }  # fmt: skip
    nord = {name: protect(table, k=7) for name, table in nord.items()}
    sued = others | {"standing": protect(made.bands(14, 9, 6, 7)), "licence_use": protect(francs)}
    west = others | {"standing": protect(made.standing(3, 60, 90, 10)), "usage_series": made.masked(made.series())}
    return (
        Opened(client_at("nord", name="Nord & Söhne", settings=SETTINGS["nord"]), nord),
        Opened(client_at("süd", name="Zwilling AG", settings=SETTINGS["süd"], tier="C"), sued),
        Opened(client_at("west", name="Zwilling AG", settings=SETTINGS["west"]), west),
    )


@pytest.fixture
def opened(three):
    """Return a function that makes a portfolio of the three clients in a language."""

    def make(code: str = "de", *, failed: tuple[NotOpened, ...] = (), clients: tuple[Opened, ...] = three) -> Portfolio:
        return Portfolio(clients, failed, TODAY, language(code))

    return make


def rows_of(block) -> list[str]:
    """Return the rows of a block's table, their cells parted by bars."""
    rows = (
        re.findall(r"<tr>\n(.*?)</tr>", block.html.split("<tbody>")[1], flags=re.S) if "<tbody>" in block.html else []
    )
    cells = [re.findall(r"<td[^>]*>(.*?)</td>", row, flags=re.S) for row in rows]
    plain = [[re.sub(r"<br>", " / ", cell) for cell in row] for row in cells]
    return [" | ".join(re.sub(r"<[^>]+>", "", cell).replace("\u00a0", " ") for cell in row) for row in plain]


def test_standing(opened):
    block = portfolio.standing(opened())
    assert (block.kind, block.finding) == (
        "internal",
        "Das Portfolio hat 3 Auftraggeber. 2 Berichte sind noch Entwürfe.",
    )
    left_open = "offen: Rechtsgrundlage, Zweck, Vereinbarung, Löschdatum, Frist der pseudonymen Tabellen"
    assert rows_of(block) == [
        "Nord &amp; Söhne / nord | A | Nr. 2 | 28.06.2026 | 65 Tage | vollständig",
        f"Zwilling AG / süd | C | Nr. 1 | 28.06.2026 | 65 Tage | Entwurf / {left_open}",
        f"Zwilling AG / west | A | Nr. 1 | 28.06.2026 | 65 Tage | Entwurf / {left_open}",
    ]


def test_dates(opened):
    block = portfolio.dates(opened())
    assert (
        block.finding
        == "Ein Termin ist überfällig. Als Nächstes: Kündigungstermin der Lizenzen, Nord & Söhne, 30. September 2026."
    )
    assert rows_of(block) == [
        "31.08.2026 | Zwilling AG / süd | Retrospektive | überfällig / seit 1 Tag",
        "30.09.2026 | Nord &amp; Söhne / nord | Kündigungstermin der Lizenzen | in 29 Tagen",
        "30.09.2026 | Zwilling AG / süd | Kündigungstermin der Lizenzen | in 29 Tagen",
        "01.10.2026 | Nord &amp; Söhne / nord | Exporte löschen | in 30 Tagen",
        "10.12.2026 | Nord &amp; Söhne / nord | Retrospektive | in 100 Tagen",
        "– | Zwilling AG / west | Retrospektive | ohne Termin",
    ]


def test_a_day_of_deletion_that_has_passed_with_the_files_there(opened, three):
    (three[0].client.folder / "exports").mkdir()
    (three[0].client.folder / "exports" / "users.csv").write_text("x")
    late = replace(opened(), today=dt.date(2026, 10, 2))
    said = [row for row in rows_of(portfolio.dates(late)) if "Exporte" in row]
    assert said == ["01.10.2026 | Nord &amp; Söhne / nord | Exporte löschen | überfällig / seit 1 Tag"]


def test_usage(opened):
    block = portfolio.usage(opened())
    assert block.finding == (
        "Eine Nutzungsquote haben 2 von 3 Auftraggebern; bei den anderen reichen die Daten dafür nicht."
    )
    assert rows_of(block) == [
        "Nord &amp; Söhne / nord | 190 | 63 % / 119 von 190 | 31 % / 58 von 190",
        "Zwilling AG / süd · Bei 14 von 36 Konten (39 %) liegt die letzte Anmeldung höchstens 4 Wochen zurück. "
        "7 Konten waren noch nie angemeldet. | – | – | –",
        "Zwilling AG / west | 153 | · | ·",
    ]
    assert "weniger als 7 Personen, alle oder niemand einer Gruppe" in block.html


def test_usage_over_time(opened, three):
    tables = [one.shown["usage_series"] for one in three]
    chart = charts.client_series(tables, names=[one.name for one in three])
    assert chart.finding == "2 Auftraggeber haben Messwerte im Verlauf, von September 2025 bis Juni 2026."
    assert chart.alt.replace("\u00a0", " ") == (
        "Nutzungsquote im Verlauf, alle auf einer Zeitachse und nach den Regeln ihres Berichts: Nord & Söhne: "
        "September 2025 55 %, Juni 2026 63 %; Zwilling AG: September 2025 ·, Juni 2026 ·."
    )
    assert chart.finding in portfolio.usage(opened()).html
    none = charts.client_series(tables[1:2], names=["Süd"])
    assert none.kind == "absent"
    assert "<svg" not in portfolio.usage(opened(clients=three[1:2])).html


def test_usage_over_time_takes_protected_tables_alone(made, refused):
    message = "client_series: expected a ProtectedTable, found a Table. Pass it through `privacy.protect`."
    with refused(PrivacyError, message):
        charts.client_series([made.series()], names=["x"])


def test_licences_in_their_own_currency(opened):
    block = portfolio.licences(opened())
    assert block.finding == "Preise der Lizenzen sind bei 2 von 3 Auftraggebern bekannt."
    assert rows_of(block) == [
        "Nord &amp; Söhne / nord | 220 | 353.520 € | 64.320 € | 30.09.2026",
        "Zwilling AG / süd | 220 | 234.000 CHF und 7.200 € | – | 30.09.2026",
        "Zwilling AG / west | – | – | – | –",
    ]


def test_a_price_that_is_missing_makes_no_sum_and_a_masked_one_is_marked(opened, three, made):
    half = made.licence_use()
    half.frame.loc[0, "cost_year"] = float("nan")
    few = made.licence_cost()
    few.frame.loc[0, "n"] = 3
    shown = three[0].shown | {"licence_use": protect(half), "licence_cost": protect(few)}
    block = portfolio.licences(opened(clients=(replace(three[0], shown=shown),)))
    assert rows_of(block) == ["Nord &amp; Söhne / nord | 220 | – | · | 30.09.2026"]
    assert "„·“ ist nicht gezeigt" in block.html


def test_an_amount_that_would_tell_too_much_is_masked_and_a_date_that_has_passed_is_said(opened, three, made):
    mixed = made.licence_cost()
    mixed.frame.loc[mixed.frame["kind"] == "without_use", "cost_year"] = float("nan")
    one = replace(three[0], shown=three[0].shown | {"licence_cost": protect(mixed)})
    block = portfolio.licences(replace(opened(clients=(one,)), today=dt.date(2026, 10, 1)))
    assert rows_of(block) == ["Nord &amp; Söhne / nord | 220 | 353.520 € | · | 30.09.2026 / verstrichen"]


def test_goals(opened):
    block = portfolio.goals(opened())
    assert block.finding == "2 Ziele sind vereinbart, bei 1 von 3 Auftraggebern."
    assert rows_of(block) == [
        "Nord &amp; Söhne / nord | 2 | 1 gefährdet und 1 auf Kurs",
        "Zwilling AG / süd | 0 | –",
        "Zwilling AG / west | 0 | –",
    ]


def test_goals_without_readings(opened, three, made):
    shown = three[0].shown | {"goals": made.empty(made.goals())}
    block = portfolio.goals(opened(clients=(replace(three[0], shown=shown),)))
    assert rows_of(block) == ["Nord &amp; Söhne / nord | 2 | noch ohne Messwert"]


def test_missing(opened):
    block = portfolio.missing(opened())
    assert block.finding == "Bei 3 von 3 Auftraggebern fehlt dem Bericht etwas."
    first, second, _ = rows_of(block)
    assert first.startswith("Nord &amp; Söhne / nord | Nutzung je Organisationseinheit; Genutzte CRM-Bereiche; ")
    assert first.endswith(" | –")
    assert second.endswith(" | ein Anmeldeverlauf oder ein Protokoll der Änderungen")


def test_not_opened(opened):
    failed = (NotOpened("ost", "not prepared yet, run `crmkit prepare ost`."), NotOpened("x", "<b>"))
    block = portfolio.not_opened(opened(failed=failed))
    assert block.finding == "2 Ordner ließen sich nicht öffnen."
    assert block.plain == "ost: not prepared yet, run `crmkit prepare ost`.\nx: <b>"
    assert "<b>" not in block.html
    assert portfolio.not_opened(opened()).plain == ""
    assert portfolio.not_opened(opened()).finding == "Alle Ordner ließen sich öffnen."


BLOCKS = ["standing", "dates", "usage", "goals", "licences", "missing"]


@pytest.mark.parametrize("name", BLOCKS)
def test_without_a_single_client(opened, name):
    block = getattr(portfolio, name)(opened(clients=()))
    assert (block.finding, "<table" in block.html) == ("Kein Auftraggeber ließ sich öffnen.", False)


@pytest.mark.parametrize("name", [*BLOCKS, "not_opened"])
def test_english_has_no_german(opened, name):
    failed = (NotOpened("x", "y"),)
    html = getattr(portfolio, name)(opened("en", failed=failed)).html
    assert not re.search(
        r"Auftraggeber|Datenstufe|Lizenz|Ziel|Termin|Tage|Ordner|überfällig|Konten|[äöüß](?!hne|d)", html
    )


@pytest.mark.parametrize("name", [*BLOCKS, "not_opened"])
def test_nothing_but_a_portfolio_is_taken(client_of, refused, name):
    message = (
        f"portfolio.{name}: expected what `portfolio.open_clients` returns, found a Client. "
        "The portfolio is internal and takes nothing that a report has."
    )
    with refused(PrivacyError, message):
        getattr(portfolio, name)(client_of())


# opening


def test_folders_in_order_and_failures_beside(client_at, tmp_path):
    client_at("b", name="Zwilling AG")
    client_at("a", name="Zwilling AG")
    clients = tmp_path / "clients"
    (clients / "c").mkdir()
    (clients / "c" / "client.yml").write_text("name: [")
    (clients / "d" / "exports").mkdir(parents=True)
    (clients / "e").mkdir()
    (clients / "e" / "client.yml").write_text((clients / "a" / "client.yml").read_text())
    client_at("f", name="Kaputt")
    (clients / "f" / "prepared" / "users.parquet").write_bytes(b"no parquet")
    (clients / "notes").mkdir()
    opened = portfolio.open_clients(clients, as_of="2026-09-01")
    assert [(one.folder, one.name) for one in opened.clients] == [("a", "Zwilling AG"), ("b", "Zwilling AG")]
    assert [(one.folder, one.reason) for one in opened.failed] == [
        ("c", "c/client.yml: no valid YAML in UTF-8: line 1: expected the node content, but found '<stream end>'."),
        ("d", "d/client.yml: no such file. `crmkit new d` makes a client folder."),
        ("e", "not prepared yet, run `crmkit prepare e`."),
        ("f", "ArrowInvalid: its prepared tables cannot be read, run `crmkit prepare f`."),
    ]
    assert (opened.today, opened.t.code) == (TODAY, "de")


def test_each_client_is_protected_by_its_own_k(client_at, tmp_path):
    client_at("a", name="A", settings="privacy: {k: 9}\n")
    client_at("b", name="B")
    opened = portfolio.open_clients(tmp_path / "clients")
    assert [{table.k for table in one.shown.values()} - {7} for one in opened.clients] == [{9}, {5}]


def test_one_client_is_a_portfolio_too(client_at):
    assert [one.name for one in portfolio.open_clients(client_at("a", name="A").folder).clients] == ["A"]


def test_wrong_calls(tmp_path, client_at, refused):
    with refused(
        CallError, f"{tmp_path}: no `client.yml` in it or in the folders below. `crmkit new DIR` makes a client folder."
    ):
        portfolio.open_clients(tmp_path)
    with refused(CallError, f"{tmp_path / 'x'}: no such folder. `crmkit new {tmp_path / 'x'}` makes a client folder."):
        portfolio.open_clients(tmp_path / "x")
    folder = client_at("a", name="A").folder
    with refused(SettingsError, 'language: "fr" is not known. Known: `de`, `en`.'):
        portfolio.open_clients(folder, language="fr")
    with pytest.raises(MethodError):
        portfolio.open_clients(folder, as_of="gestern")


def test_age_of_the_data(opened, three):
    from crmkit.report.portfolio.standing import last_day

    assert [last_day(one) for one in three] == [dt.date(2026, 6, 28)] * 3
    before = replace(opened(), today=dt.date(2026, 6, 27))
    assert " | – | " in rows_of(portfolio.standing(before))[0]


def test_age_of_delivered_aggregates(client_of, made):
    from crmkit.report.portfolio.standing import last_day

    aggregates = pd.DataFrame(
        {"org_unit": ["Nord"], "band": ["oft"], "n": [9], "from_date": pd.Timestamp("2026-01-05"),
         "to_date": pd.Timestamp("2026-03-29"), "definition": "x"}
    )  # fmt: skip
    assert last_day(Opened(client_of(), {})) is None
    assert last_day(Opened(client_of(aggregates=aggregates), {})) == dt.date(2026, 3, 29)
