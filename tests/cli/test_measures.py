"""`crmkit measures`: the catalogue in lines, by hurdle in detail, and as the page in docs."""

from pathlib import Path

from crmkit.measures import hurdles, measures, measures_against

PAGE = Path(__file__).parents[2] / "docs" / "measures.md"


def test_all_are_listed_under_their_hurdles(crmkit):
    code, out, _ = crmkit("measures")
    assert code == 0
    lines = out.splitlines()
    assert [line.split(":")[0] for line in lines if not line.startswith(" ")] == list(hurdles())
    assert {line.split()[0] for line in lines if line.startswith(" ")} == set(measures())
    assert "  keep_on_purpose           Bewusst behalten" in crmkit("measures", "--language", "de").out


def test_a_hurdle_in_detail_by_code_or_name(crmkit):
    code, out, _ = crmkit("measures", "double_entry", "--language", "de")
    assert code == 0
    assert out == crmkit("measures", "Doppelerfassung", "--language", "de").out
    assert out.splitlines()[:5] == [
        "connect_the_mailbox: E-Mail und Kalender anbinden",
        "  Was zu tun ist: Nachrichten und Termine mit Kunden erscheinen ohne Abtippen beim Kontakt.",
        "  Aufwand: mittel (Wochen)",
        "  Meist verantwortlich: IT-Leitung",
        "  Erstes Zeichen: Termine stehen im CRM, ohne dass jemand sie einträgt.",
    ]
    assert out.count("Erstes Zeichen") == len(measures_against("double_entry"))


def test_slips_are_named(crmkit):
    known = ", ".join(f"`{code}`" for code in hurdles())
    message = f'error: no hurdle `trainig`. Did you mean "training"? Known: {known}.\n'
    assert crmkit("measures", "trainig") == (2, "", message)
    assert crmkit("measures", "--language", "fr") == (
        2, "", "error: --language: `fr` is not known. Known: `de`, `en`.\n"
    )  # fmt: skip


def test_the_page_is_todays(crmkit):
    """`crmkit measures --page > docs/measures.md` after every change of the catalogue."""
    assert PAGE.read_text(encoding="utf-8") == crmkit("measures", "--page").out
