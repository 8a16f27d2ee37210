"""The consultant's own tables name no unit where units are not shown."""

import pandas as pd
import pytest

from crmkit import privacy
from crmkit.method import changes, parallel

LISTS = pd.DataFrame(
    {
        "process": ["Angebote"],
        "org_unit": ["Vertrieb/Nord"],
        "purpose": ["Preise"],
        "hours_month_min": [4.0],
        "hours_month_max": [8.0],
        "crm_lacks": ["Varianten"],
    }
)
CHANGES = pd.DataFrame(
    {"date": pd.to_datetime(["2026-03-01"]), "kind": ["technical"], "title": ["Neue Maske"], "org_unit": ["Vertrieb"]}
)


@pytest.mark.parametrize(
    ("n", "settings", "is_named"),
    [(60, "", True), (59, "", False), (60, "privacy: {totals_only: true}\n", False)],
)
def test_units_of_lists_and_changes(client_of, people_tables, n, settings, is_named):
    people = people_tables([f"u{i}" for i in range(n)])
    client = client_of(settings=settings, parallel_lists=LISTS, changes=CHANGES, **people)
    lists, log = parallel.inventory(client), changes.log(client)
    assert lists.frame["org_unit"].tolist() == (["Vertrieb/Nord"] if is_named else [""])
    assert log.frame["org_unit"].tolist() == (["Vertrieb"] if is_named else [""])
    assert (lists.frame["hours_month_max"].tolist(), log.frame["title"].tolist()) == ([8.0], ["Neue Maske"])
    assert len(privacy.protect(log).frame) == 1
    assert client.parallel_lists["org_unit"].tolist() == ["Vertrieb/Nord"]
