"""The recipes for a client's IT: what they deliver is what the kit reads, and their formulas do what they say."""

import datetime as dt
import hashlib
import re
from pathlib import Path

import pytest
import yaml

import crmkit

RECIPES = Path(__file__).parents[2] / "docs" / "recipes"
FILES = re.compile(r"```(csv|yaml) (\S+)(?: (\w+))?\n(.*?)```", re.DOTALL)
SQL = re.compile(r"```sql\n(.*?)```", re.DOTALL)
#: Recipe and variant → accounts, sources, person-days, writes and logins that come out.
EXPECTED = {
    ("tsql.md", ""): (3, {"generic.weeks"}, 12, 22, 0),
    ("tsql.md", "dataverse"): (1, {"generic.activity:changes"}, 2, 4, 0),
    ("soql.md", ""): (2, {"generic.activity:changes", "generic.activity:logins"}, 5, 3, 4),
    ("excel.md", ""): (3, {"generic.weeks:logins"}, 9, 0, 15),
}


@pytest.mark.parametrize(("recipe", "variant"), EXPECTED)
def test_what_a_recipe_delivers_is_read(tmp_path, recipe, variant):
    (tmp_path / "exports").mkdir()
    head = "name: Muster GmbH\nas_of: 2026-06-28\n"
    for _, name, of, text in FILES.findall((RECIPES / recipe).read_text(encoding="utf-8")):
        if of == variant:
            content = head + text if name == "client.yml" else text
            (tmp_path / name).write_text(content, encoding="utf-8")
    made = crmkit.ingest.prepare(tmp_path)
    logs = made.activity
    found = len(made.users), set(logs["source"]), len(logs), logs["n_write"].sum(), logs["n_login"].sum()
    assert found == EXPECTED[recipe, variant]
    assert set(made.ledger["step"]) == {"read"}
    assert (made.users["account_type"] == "person").all()


def test_pseudonyms_of_the_query_are_those_of_its_example():
    """`CONCAT` of nvarchar is UTF-16, `CONVERT(…, 2)` writes capital hexadecimal digits without `0x`."""
    text = (RECIPES / "tsql.md").read_text(encoding="utf-8")
    secret = re.search(r"N'(replace-me[^']*)'", text)[1]
    for user in ("ewinter", "psommer", "abee"):
        hashed = hashlib.sha256(f"{secret}|{user}".encode("utf-16-le")).hexdigest().upper()
        assert hashed[:32] in text


def test_mondays_of_the_queries():
    for n in range(800):
        day = dt.date(2025, 1, 1) + dt.timedelta(days=n)
        monday = day - dt.timedelta(days=day.weekday())
        # DATEADD(day, -(DATEDIFF(day, '19000101', day) % 7), day)
        assert day - dt.timedelta(days=(day - dt.date(1900, 1, 1)).days % 7) == monday
        # Excel's serial numbers: E2-WEEKDAY(E2,3), where Monday is 0
        serial = (day - dt.date(1899, 12, 30)).days
        assert dt.date(1899, 12, 30) + dt.timedelta(days=serial - (serial + 5) % 7) == monday


@pytest.mark.parametrize("recipe", ["tsql.md", "soql.md"])
def test_queries_are_whole(recipe):
    for query in SQL.findall((RECIPES / recipe).read_text(encoding="utf-8")):
        code = re.sub(r"--[^\n]*|'[^']*'", "", query)
        assert code.count("(") == code.count(")")
        assert "SELECT *" not in code
        assert not re.search(r"\b(INSERT|DELETE|UPDATE|DROP|INTO|EXEC)\b", code)
        assert not re.search(r"(?i)\b(email|firstname|lastname|fullname|subject)\b", code)


def test_settings_of_the_recipes_are_yaml():
    for recipe in {recipe for recipe, _ in EXPECTED}:
        blocks = [text for kind, _, _, text in FILES.findall((RECIPES / recipe).read_text()) if kind == "yaml"]
        assert all("exports" in yaml.safe_load(text) for text in blocks)


def test_links_lead_somewhere():
    for file in RECIPES.glob("*.md"):
        for target in re.findall(r"\]\(([^)#]+)\)", file.read_text(encoding="utf-8")):
            assert (RECIPES / target).is_file()
