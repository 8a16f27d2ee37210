"""Closed retrospectives: sealed, tied to the one before, and refused where they are not what was sealed."""

import datetime as dt

import pytest
import yaml

from crmkit import history
from crmkit.errors import HistoryError

DECISIONS = [{"decision": "Log sichern", "owner_role": "IT", "by": "2025-09-30"}, {"decision": "Liste ablösen"}]
SEALED = (
    "is not what was sealed when the retrospective was closed. Restore it from a backup; what became of decisions "
    "belongs into became.yml."
)


def said(number: int, day: str, **more) -> dict:
    return {"number": number, "client": "Muster GmbH", "as_of": day, "decisions": DECISIONS, "next_date": None} | more


@pytest.fixture
def folder(tmp_path):
    """Return a client folder with two closed retrospectives."""
    history.keep_closed(tmp_path, said(1, "2025-06-29", next_date="2025-12-11"), {"tables.json": "{}\n"})
    history.keep_closed(tmp_path, said(2, "2025-12-28"), {"tables.json": '{"standing": {}}\n'})
    return tmp_path


def by_hand(folder, number: int, text: str):
    place = folder / "history" / f"R{number}"
    place.mkdir(parents=True, exist_ok=True)
    (place / "retrospective.yml").write_text(text, encoding="utf-8")
    return folder


def test_what_was_sealed_is_read_again(folder):
    first, second = history.closed(folder, names=["Muster  GmbH"])
    assert [(one.number, one.as_of, one.is_sealed) for one in (first, second)] == [
        (1, dt.date(2025, 6, 29), True),
        (2, dt.date(2025, 12, 28), True),
    ]
    assert (first.next_date, second.next_date) == (dt.date(2025, 12, 11), None)
    assert second.said["previous"] == first.sha256 != ""
    assert second.tables == {"standing": {}}
    assert first.decisions == [
        history.Decided("Log sichern", "IT", dt.date(2025, 9, 30)),
        history.Decided("Liste ablösen"),
    ]


def test_nothing_kept(tmp_path):
    assert history.closed(tmp_path) == []
    (tmp_path / "history" / "R1").mkdir(parents=True)
    (tmp_path / "history" / "Rx").mkdir()
    assert history.closed(tmp_path) == []


def test_a_closed_one_is_not_written_over(folder, refused):
    before = (folder / "history/R2/retrospective.yml").read_bytes()
    with refused(HistoryError, "history/R2: cannot be written: directory not empty."):
        history.keep_closed(folder, said(2, "2026-01-04"), {"tables.json": "{}\n"})
    assert (folder / "history/R2/retrospective.yml").read_bytes() == before
    assert sorted(place.name for place in (folder / "history").iterdir()) == ["R1", "R2"]


def test_what_has_become_of_decisions(folder):
    (folder / "history/R1/became.yml").write_text(
        "- {decision: log SICHERN, status: done, note: seit Juli}\n- {decision: Liste ablösen, status: dropped}\n"
    )
    first = history.closed(folder)[0]
    assert [(one.status, one.note, one.owner_role) for one in first.decisions] == [
        ("done", "seit Juli", "IT"), ("dropped", "", ""),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("- {decision: Log scihern, status: done}", '"Log scihern" was not decided then. Did you mean "Log sichern"?'),
        ("- {decision: Log sichern, status: dnoe}",
         'status `dnoe` is not known. Did you mean "done"? Known: done, open, dropped.'),
        ("- {decision: Log sichern, Status: done}",
         'key `Status` is not known. Did you mean "status"? Known: `decision`, `note`, `status`.'),
        ("Log sichern: done", "every entry needs `decision`, and may have `status` and `note`."),
        ("- 7", "every entry needs `decision`, and may have `status` and `note`."),
        ("[", "no valid YAML in UTF-8: line 1: expected the node content, but found '<stream end>'."),
    ],
)  # fmt: skip
def test_what_is_noted_wrongly(folder, refused, text, message):
    (folder / "history/R1/became.yml").write_text(text, encoding="utf-8")
    with refused(HistoryError, f"history/R1/became.yml: {message}"):
        assert history.closed(folder)[0].decisions


@pytest.mark.parametrize("file", ["retrospective.yml", "tables.json"])
def test_what_was_edited_is_named(folder, refused, file):
    path = folder / "history/R2" / file
    path.write_text(path.read_text(encoding="utf-8").replace("standing", "stalling").replace("Liste", "Lust"))
    with refused(HistoryError, f"history/R2/{file}: {SEALED}"):
        history.closed(folder)


def test_a_seal_that_was_taken_off(folder, refused):
    path = folder / "history/R2/retrospective.yml"
    content = yaml.safe_load(path.read_text(encoding="utf-8"))
    del content["sha256"]
    path.write_text(yaml.safe_dump(content), encoding="utf-8")
    with refused(HistoryError, f"history/R2/retrospective.yml: {SEALED}"):
        history.closed(folder)


def test_a_missing_table_and_a_missing_retrospective(folder, refused):
    (folder / "history/R2/tables.json").unlink()
    with refused(HistoryError, f"history/R2/tables.json: {SEALED}"):
        history.closed(folder)
    (folder / "history/R2/tables.json").write_text('{"standing": {}}\n')
    (folder / "history/R1").rename(folder / "history/old")
    with refused(
        HistoryError,
        "history/R2/retrospective.yml: retrospective 2 was closed after one that is not there, or not as it was. "
        "Restore history/ from a backup.",
    ):
        history.closed(folder)


def test_the_history_of_another_client(folder, refused):
    with refused(
        HistoryError,
        "history/R1/retrospective.yml: is the history of another client. Move the folder to where it belongs; if the "
        "client was renamed, add its earlier name to `former_names` in client.yml.",
    ):
        history.closed(folder, names=["Andere AG"])
    assert len(history.closed(folder, names=["Andere AG", "muster gmbh"])) == 2


def test_decisions_written_down_by_hand(tmp_path):
    by_hand(tmp_path, 1, "as_of: 2025-06-29\ndecisions: [{decision: Log sichern, status: done}, Liste ablösen]\n")
    [one] = history.closed(tmp_path, names=["Muster GmbH"])
    assert (one.is_sealed, one.tables, one.sha256, one.entries("goals")) == (False, {}, "", [])
    assert [(decided.decision, decided.status) for decided in one.decisions] == [
        ("Log sichern", "done"), ("Liste ablösen", "open"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("number: 1", "`as_of` is missing or no date, write it as YYYY-MM-DD."),
        ("as_of: gestern", "`as_of` is missing or no date, write it as YYYY-MM-DD."),
        ("just words", "`as_of` is missing or no date, write it as YYYY-MM-DD."),
        ("as_of: 2025-06-29\nnumber: 2", "`number` is not 1, as the folder says. Restore the folder from a backup."),
        ("as_of: [", "no valid YAML in UTF-8: line 1: expected the node content, but found '<stream end>'."),
    ],
)
def test_what_cannot_be_read(tmp_path, refused, text, message):
    with refused(HistoryError, f"history/R1/retrospective.yml: {message}"):
        history.closed(by_hand(tmp_path, 1, text))


@pytest.mark.parametrize("decisions", ["nothing", "{a: b}", "[7]", "[{status: open}]"])
def test_decisions_without_form(tmp_path, refused, decisions):
    by_hand(tmp_path, 1, f"as_of: 2025-06-29\ndecisions: {decisions}")
    [one] = history.closed(tmp_path)
    message = "history/R1/retrospective.yml: every entry needs `decision`, and may have `status` and `note`."
    with refused(HistoryError, message):
        assert one.decisions


def test_days_follow_each_other(tmp_path, refused):
    by_hand(by_hand(tmp_path, 1, "as_of: 2025-06-29"), 2, "as_of: 2025-06-29")
    message = "history/R2/retrospective.yml: its `as_of` is not later than that of retrospective 1."
    with refused(HistoryError, message):
        history.closed(tmp_path)


@pytest.mark.parametrize("by", ["30.09.2025", "[1]", "Herbst"])
def test_a_day_of_a_decision_that_is_none(tmp_path, refused, by):
    by_hand(tmp_path, 1, f"as_of: 2025-06-01\ndecisions: [{{decision: x, by: {by}}}]\n")
    [one] = history.closed(tmp_path)
    with refused(HistoryError, "history/R1/retrospective.yml: `by` is no date, write it as YYYY-MM-DD."):
        _ = one.decisions


def test_by_hand_nothing_is_kept_but_decisions(tmp_path):
    by_hand(tmp_path, 1, "as_of: 2025-06-01\nmeasures: 5\ngoals: [1, 2]\nlicences: x\ndecisions: [x]\n")
    [one] = history.closed(tmp_path)
    assert [one.entries(key) for key in ("measures", "goals", "licences")] == [[], [], []]
