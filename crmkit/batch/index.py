"""`index.html`: the consultant's own page over all reports, marked as internal."""

from __future__ import annotations

from importlib.resources import files
from typing import Any
from urllib.parse import quote

from crmkit.letters import legible
from crmkit.privacy.gate import Finding

#: Letters of a client's name or of a message.
_LONGEST = 400

#: Status → what the page says.
WORDS = {
    "ok": "rendered", "failed": "failed", "blocked": "blocked by the gate", "timed_out": "timed out",
    "kernel_died": "kernel died",
}  # fmt: skip


def index_page(manifest: dict[str, Any]) -> str:
    """Return the page for a manifest.

    Parameters
    ----------
    manifest
        As `manifest.read_manifest` returns it.

    Returns
    -------
    str
        HTML without script and without anything from outside.
    """
    from jinja2 import Environment, StrictUndefined

    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    environment.filters["address"] = lambda name: quote(name, safe="/")
    template = files("crmkit.batch") / "index.html.j2"
    page = environment.from_string(template.read_text(encoding="utf-8"))
    rows = [_row(client, entry) for client, entry in manifest["clients"].items()]
    n_ok = sum(row["status"] == "ok" for row in rows)
    return page.render(rows=rows, n_ok=n_ok, version=manifest["crmkit"]) + "\n"


def _row(client: str, entry: dict[str, Any]) -> dict[str, Any]:
    last_run, reports = entry["last_run"], entry["reports"]
    newest = max(reports, default="")
    name, message = (legible(text, longest=_LONGEST) for text in (entry["name"], last_run["message"]))
    return {
        "client": client, "name": name, "status": last_run["status"], "word": WORDS[last_run["status"]],
        "message": message, "cell": last_run["cell"], "seconds": last_run["seconds"],
        "finished": last_run["finished"].replace("T", " ").removesuffix("+00:00"), "newest": newest,
        "report": reports.get(newest),
        "earlier": {day: reports[day]["files"] for day in sorted(reports, reverse=True) if day != newest},
        "warnings": [_said(f) for f in last_run["findings"] if f["severity"] == "warning"],
        "is_old": bool(newest) and last_run["status"] != "ok",
    }  # fmt: skip


def _said(finding: dict[str, Any]) -> str:
    return Finding(finding["rule"], finding["severity"], finding["where"], finding["n"]).message
