"""`crmkit readers`: what can be read, in a line each, in detail, and as the page in docs."""

from pathlib import Path

from crmkit.readers import readers

PAGE = Path(__file__).parents[2] / "docs" / "readers.md"


def test_all_are_listed(crmkit):
    code, out, _ = crmkit("readers")
    assert code == 0
    assert [line.split()[0] for line in out.splitlines()] == sorted(readers())
    assert "tier B" in next(line for line in out.splitlines() if line.startswith("salesforce.login_history"))


def test_a_system_in_detail(crmkit):
    code, out, _ = crmkit("readers", "salesforce.login_history")
    assert code == 0
    assert out.splitlines()[0].startswith("salesforce.login_history: ")
    for label in ("tier: B", "ask for: ", "auf Deutsch: ", "needs: ", "reads: ", "shows: ", "cannot show: ",
                  "the log lives: 180 days", "known from: "):  # fmt: skip
        assert f"  {label}" in out
    assert crmkit("readers", "dynamics").out.count("known from: ") == 4


def test_a_slip_is_named(crmkit):
    assert crmkit("readers", "hubspt") == (
        2, "", 'error: no reader `hubspt`. Did you mean "hubspot"? `crmkit readers` lists all.\n'
    )  # fmt: skip


def test_the_page_is_todays(crmkit):
    """`crmkit readers --page > docs/readers.md` after every change of a reader."""
    assert PAGE.read_text(encoding="utf-8") == crmkit("readers", "--page").out


def test_every_reader_is_described():
    for name, reader in readers().items():
        assert len(reader.ask.de) > 40 and len(reader.ask.en) > 40, name
        assert reader.title.de != "" and reader.title.en != "", name
        assert reader.shows and reader.lacks, name
