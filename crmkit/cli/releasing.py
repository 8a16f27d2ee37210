"""`crmkit release` and `crmkit lens`: what has been handed out, and what would be at another k."""

from __future__ import annotations

from pathlib import Path

from crmkit.cli.paths import short_path


def note_release(folder: Path, *, as_of: str) -> str:
    """Keep what the report of a client told.

    Parameters
    ----------
    folder
        The client folder, prepared.
    as_of
        Day of the retrospective; empty: as in the settings.

    Returns
    -------
    str
        The path of the file.
    """
    from crmkit import open_client, privacy
    from crmkit.batch.preparing import prepare_if_needed
    from crmkit.method import retrospective
    from crmkit.privacy import releases

    prepare_if_needed(folder)
    client = open_client(folder, as_of=as_of)
    shown = privacy.protect(retrospective.tables(client), k=client.k, releases=releases.of_client(client))
    return str(short_path(releases.keep(folder, shown, as_of=client.as_of)))


def lens_of(folder: Path) -> list[str]:
    """Return a table of how many numbers are shown at several k, as lines.

    Parameters
    ----------
    folder
        The client folder, prepared.
    """
    from crmkit import open_client, privacy
    from crmkit.batch.preparing import prepare_if_needed
    from crmkit.method import retrospective
    from crmkit.privacy import releases

    prepare_if_needed(folder)
    client = open_client(folder)
    shown = privacy.lens(retrospective.tables(client), releases=releases.of_client(client))
    numbers = shown.pivot_table(index="table", columns="k", values="n_shown").astype("int64")
    numbers.loc["all tables"] = numbers.sum()
    width = max(len(name) for name in numbers.index)
    heads = "".join(f"{f'k={k}':>7}" for k in numbers.columns)
    rows = (f"{name:<{width}}" + "".join(f"{n:>7}" for n in row) for name, *row in numbers.itertuples())
    return [f"{client.settings.name}: numbers shown", f"{'':<{width}}{heads}", *rows]
