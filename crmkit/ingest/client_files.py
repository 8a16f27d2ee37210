"""Which files of a client folder are read: those below it, and ordinary ones only."""

from __future__ import annotations

from glob import glob
from pathlib import Path

from crmkit.errors import SettingsError


def expand(path: Path) -> list[Path]:
    """Return the files that a path or pattern means, in order of their names.

    Raises
    ------
    SettingsError
        If there is none, or nothing but folders, pipes or devices.
    """
    return _ordinary(path, [path] if path.exists() else sorted(map(Path, glob(str(path)))))  # noqa: PTH207


def below(folder: Path, name: str) -> list[Path]:
    """Return the files below a client folder that a name or pattern of client.yml means.

    Raises
    ------
    SettingsError
        If there is none, or a link leads out of the folder.
    """
    # the folder's own name is no pattern, whatever it holds
    matching = sorted(folder / found for found in glob(name, root_dir=folder))  # noqa: PTH207
    files = _ordinary(folder / name, [folder / name] if (folder / name).exists() else matching)
    for file in files:
        _check_inside(folder, file)
    return files


def are_here(folder: Path, names: list[str]) -> bool:
    """Tell whether anything of what client.yml names is there."""
    return any((folder / name).exists() or glob(name, root_dir=folder) for name in names)  # noqa: PTH207


def _ordinary(path: Path, found: list[Path]) -> list[Path]:
    files = [file for file in found if file.is_file()]
    if found and not files:
        raise SettingsError.not_a_file(str(path))
    if not files:
        raise SettingsError.missing_file(
            str(path), "Check the path, or `file:` in client.yml (relative to its folder)."
        )
    return files


def beside(folder: Path, name: str) -> Path | None:
    """Return a file of the client folder that may be missing.

    Raises
    ------
    SettingsError
        If it is there but no ordinary file, or a link that leads out of the folder.
    """
    file = folder / name
    if not file.exists():
        return None
    if not file.is_file():
        raise SettingsError.not_a_file(str(file))
    _check_inside(folder, file)
    return file


def _check_inside(folder: Path, file: Path) -> None:
    if not file.resolve().is_relative_to(folder.resolve()):
        raise SettingsError.outside(str(file))
