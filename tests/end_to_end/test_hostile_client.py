"""A client whose every string is hostile: its report is safe and can be read.

Whoever fills a CRM with names, units and titles decides what stands in the exports; whoever writes
``client.yml`` may paste anything. Nothing of it may run, load, calculate, escape a folder or burst a page.
"""

import csv
import datetime as dt
from html.parser import HTMLParser
from pathlib import Path

import pytest
import yaml
from openpyxl import load_workbook
from playwright.sync_api import sync_playwright

from crmkit import batch
from crmkit.privacy import gate

LONG = "Langername" * 1000
HOSTILE = [
    "<script>alert(1)</script>",
    '=HYPERLINK("http://evil.example","x")',
    "../../up/and/away",
    "{0} {name} %s %(x)d {{ 7*7 }}",
    "\"'`&<>\\",
    "\u202eflip\u202c \u200fright\u200e",
    LONG,
    "nul\x00bell\x07esc\x1b[31m",
    "$x^2$ \\frac{a}{b} $",
    "two\nlines\r\n\ttab",
    "\U0001f600 ok \U0001f468\u200d\U0001f469\u200d\U0001f467",
    "</style></svg></title><img src=x onerror=alert(1)>",
    "@SUM(1+1)*cmd|' /C calc'!A0",
    "+1+1|cmd",
    "javascript:alert(1)",
    "[a](javascript:alert(1)) ![b](http://evil.example/b.png) **c** <b onclick=x>d</b>",
]
GOAL = "Wir wollen die Nutzungsquote bis 31.12.2026 auf 75 % steigern."
N_PEOPLE = 84
AS_OF = dt.date(2026, 6, 28)


def hostile(start: int, word: str) -> str:
    """Return a hostile text that stays itself in its place: the same text twice would be one unit."""
    return f"{HOSTILE[start % len(HOSTILE)]} {word}"


UNITS = [hostile(start, f"unit {start}").replace("/", "\u2044") for start in (0, 1, 6)]


def write_csv(file: Path, rows: list[dict[str, object]]) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)


def unit_of(person: int) -> str:
    return UNITS[person % len(UNITS)]


def people() -> list[dict[str, object]]:
    """Return users whose names share no two words with other texts, which would be refused: "and away"."""
    return [
        {
            "user_id": f"a{n}{HOSTILE[n % 6]}", "name": f"Per{n} Son{n} {HOSTILE[n % 6]}{n}",
            "email": f"p{n}@x.example", "org_unit": unit_of(n), "role": hostile(n % 3 + 1, f"role {n % 3}"),
            "licence": hostile(n % 2, "licence"), "first_active": "2024-01-01", "last_login": "2026-06-25",
        }
        for n in range(N_PEOPLE)
    ]  # fmt: skip


def person_days() -> list[dict[str, object]]:
    """Return half a year of use, from daily to never."""
    days = [AS_OF - dt.timedelta(days=5 + 7 * week) for week in range(26)]
    return [
        {"user_id": f"a{n}{HOSTILE[n % 6]}", "date": day.isoformat(), "object": hostile(n % 4, "object"), "n_view": 2,
         "n_write": n % 3}
        for n in range(N_PEOPLE)
        for week, day in enumerate(days)
        if week % (1 + n % 5) == 0 and n % 9
    ]  # fmt: skip


def own_tables() -> dict[str, list[dict[str, object]]]:
    return {
        "licences": [
            {"licence": hostile(n, "licence"), "n_purchased": 60, "unit_cost_month": "100", "currency": "EUR",
             "notice_date": "2026-09-30"} for n in (0, 1)
        ],
        "changes": [
            {"date": f"2026-0{1 + n % 6}-1{n % 10}", "kind": "technical", "title": hostile(n, "change"),
             "org_unit": unit_of(n)} for n in range(len(HOSTILE))
        ],
        "measures": [
            {"goal": hostile(n % 3 * 3, "goal")[:60], "measure": hostile(n, "measure"),
             "hurdle": hostile(n + 1, "hurdle"), "owner_role": hostile(n + 2, "owner"), "date": "2026-09-30",
             "status": "open", "note": hostile(n + 3, "note")} for n in range(len(HOSTILE))
        ],
        "parallel_lists": [
            {"process": hostile(n, "list"), "org_unit": unit_of(n), "purpose": hostile(n + 1, "purpose"),
             "hours_month_min": 2, "hours_month_max": 4, "crm_lacks": hostile(n + 2, "lack")}
            for n in range(len(HOSTILE))
        ],
        "voices": [
            {"source": hostile(n, "source"), "role_group": hostile(n + 1, "group"), "theme": hostile(n + 2, "theme"),
             "paraphrase": hostile(n + 3, "paraphrase"), "released": "true"} for n in range(len(HOSTILE))
        ],
        "outcomes": [
            {"outcome": hostile(3, "outcome"), "date": day, "value": value, "unit": hostile(0, "unit")}
            for day, value in (("2025-12-31", 50), ("2026-03-31", 52), ("2026-06-28", 55))
        ],
        "survey": [
            {"respondent": f"r{n}", "org_unit": unit_of(n), "item": str(item), "answer": str(1 + n % 5)}
            for n in range(N_PEOPLE) for item in (1, 2, 3)
        ],
    }  # fmt: skip


def settings(language: str) -> dict[str, object]:
    columns = {key: key for key in people()[0]}
    log = {key: key for key in person_days()[0]}
    span = {"from": "2025-12-29", "to": AS_OF.isoformat()}
    return {
        "name": "".join(HOSTILE),
        "as_of": AS_OF,
        "language": language,
        "crm": HOSTILE[0],
        "exports": [
            {"file": "exports/users.csv", "reader": "generic.users", "exported": AS_OF, "columns": columns},
            {"file": "exports/log.csv", "reader": "generic.activity", "columns": log, "covers": span},
        ],
        "areas": {hostile(n, "object"): area for n, area in enumerate(("sales", "marketing", "service", "shared"))},
        "roles": {hostile(n + 1, f"role {n}"): {"areas": ["sales", "shared"]} for n in range(3)},
        "reporting_units": [{"name": f"{HOSTILE[n + 2]} named {n}", "units": [unit]} for n, unit in enumerate(UNITS)],
        "privacy": {
            "k": 5, "legal_basis": HOSTILE[0] + LONG, "purpose": HOSTILE[1], "agreement": HOSTILE[3],
            "delete_by": dt.date(2026, 12, 31),
            "delete_prepared_by": dt.date(2028, 12, 31),
        },
        "goals": [
            {"id": hostile(n, "goal")[:60], "sentence": GOAL,
             "start": dt.date(2026, 1, 15), "owner_role": hostile(n, "owner"), "fit": "fits",
             "fit_reason": hostile(n, "reason"),
             "answers": {key: hostile(n + i, key) for i, key in enumerate(("needs", "gain", "value", "hurdles"))}}
            for n in (0, 3, 6)
        ],
        "decisions": [HOSTILE[0], LONG, HOSTILE[7]],
        "participants": HOSTILE,
        "next_date": dt.date(2026, 12, 10),
        "brand": {"consultant": HOSTILE[11] + LONG},
    }  # fmt: skip


class _WithoutAliases(yaml.SafeDumper):
    """Writes a date that stands twice twice."""

    def ignore_aliases(self, data):
        return True


def make_client(folder: Path, language: str) -> Path:
    """Write a client folder in which no string is harmless."""
    write_csv(folder / "exports" / "users.csv", people())
    write_csv(folder / "exports" / "log.csv", person_days())
    for table, rows in own_tables().items():
        write_csv(folder / f"{table}.csv", rows)
    (folder / "commentary").mkdir()
    for section in ("glance", "standing", "areas", "licences", "goals", "changes"):
        words = "\n\n".join(text.replace("\x00", "").replace("\x1b", "") for text in HOSTILE)
        (folder / "commentary" / f"{section}.md").write_text(f"# {HOSTILE[0]}\n\n{words}\n", encoding="utf-8")
    text = yaml.dump(settings(language), Dumper=_WithoutAliases, sort_keys=False)
    (folder / "client.yml").write_text(text, encoding="utf-8")
    return folder


@pytest.fixture(scope="module", params=["de", "en"])
def report(request, tmp_path_factory) -> Path:
    """Return the folder of the report of a hostile client, in a hostile folder."""
    place = tmp_path_factory.mktemp("hostile")
    client = make_client(place / "clients" / f"{{0}} %s ' <b> {request.param}", request.param)
    (result,) = batch.render([client], output=place / "reports", jobs=1)
    assert (result.status, result.message, {finding.rule for finding in result.findings}) == ("ok", "", set())
    return result.files[0].parent


def test_nothing_is_written_outside_the_folder_of_reports(report):
    output = report.parents[1]
    assert report == output / report.parent.name / "2026-06-28"
    assert sorted(place.name for place in output.parent.iterdir()) == ["clients", "reports"]
    assert sorted(file.name for file in output.iterdir() if not file.name.startswith(".")) == sorted(
        ["index.html", "manifest.json", report.parent.name]
    )


class Elements(HTMLParser):
    """Collects elements and attributes."""

    def __init__(self):
        super().__init__()
        self.tags, self.attributes = set(), {}

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        self.attributes |= dict(attrs)


def test_what_a_client_wrote_is_text(report):
    page = (report / "retrospective.html").read_text(encoding="utf-8")
    seen = Elements()
    seen.feed(page)
    assert not seen.tags & {"script", "img", "iframe", "object", "form", "base", "link"}
    assert not {name for name in seen.attributes if name.startswith("on") or name == "src"}
    assert "&lt;script&gt;alert(1)&lt;/script&gt; change" in page
    assert "{0} {name} %s %(x)d {{ 7*7 }}" in page
    assert "\x00" not in page
    assert "\u202e" not in page


def test_no_cell_is_calculated(report):
    book = load_workbook(report / "tables.xlsx")
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells} <= {"s", "n", "d", "b"}
    texts = [cell.value for cell in cells if cell.data_type == "s" and cell.value]
    assert [text for text in texts if text[0] in "=+-@\t\r"] == []
    assert """'=HYPERLINK("http://evil.example","x") change""" in texts
    assert [cell.hyperlink.target for cell in cells if cell.hyperlink and cell.hyperlink.target] == []
    assert max(map(len, texts)) <= 1001


def test_every_file_passes_the_gate_as_a_page_of_its_own(report):
    output = report.parents[1]
    client = output.parent / "clients" / report.parent.name
    for file in [*report.iterdir(), output / "index.html", output / "manifest.json"]:
        found = gate.check_file(file, kind=gate.kind_of(file), identities=gate.Identities.of(client))
        assert {finding.rule for finding in found if finding.severity == "block"} == set()


@pytest.mark.browser
@pytest.mark.parametrize("name", ["report", "index"])
def test_it_opens_quietly_and_fits_the_window(report, chromium, name):
    file = report / "retrospective.html" if name == "report" else report.parents[1] / "index.html"
    said: list[str] = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_context(offline=True).new_page()
        page.on("request", lambda request: None if request.url.startswith(("file:", "data:")) else said.append("asks"))
        page.on("console", lambda message: said.append(message.text))
        page.on("pageerror", lambda error: said.append(str(error)))
        page.on("dialog", lambda dialog: said.append(dialog.message))
        widths = []
        for width in (1280, 390):
            page.set_viewport_size({"width": width, "height": 900})
            page.goto(file.as_uri())
            widths.append(page.evaluate("document.documentElement.scrollWidth - window.innerWidth"))
        shown = page.evaluate("document.body.innerText")
        browser.close()
    assert (said, widths) == ([], [0, 0])
    assert "<script>alert(1)</script>" in shown
    assert "Langername" * 20 not in shown
