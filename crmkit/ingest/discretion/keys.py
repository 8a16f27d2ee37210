"""The key of a client's pseudonyms: made once, kept apart from ``prepared/``, never changed unnoticed.

It lies in the client folder, or where ``CRMKIT_KEY_FILE`` or `crmkit prepare --key` says: on a drive of the client's
data protection officer, say. Settings cannot name its place: who may choose it is who runs the kit.
"""

from __future__ import annotations

import json
import os
import secrets
import stat
import tempfile
from pathlib import Path

from crmkit.client import PREPARED
from crmkit.errors import SettingsError
from crmkit.ingest.discretion.pseudonyms import KEY_BYTES, key_check

KEY_FILE = "pseudonym.key"
#: Names a key file, or a folder in which every client has its own, ``<client folder>.key``.
KEY_VARIABLE = "CRMKIT_KEY_FILE"
STAMP = "prepared.json"
#: Fewer different bytes than this nobody has drawn at random.
_LEAST_BYTES = 8
_OTHERS = stat.S_IRWXG | stat.S_IRWXO


def key_file(folder: str | Path, given: str | Path | None = None) -> Path:
    """Return where a client's key lies, or is to lie.

    Parameters
    ----------
    folder
        The client folder.
    given
        A file, or a folder of keys; None: as ``CRMKIT_KEY_FILE`` says, else ``pseudonym.key`` in the client folder.

    Raises
    ------
    SettingsError
        If the place is inside ``prepared/``, which is handed on.
    """
    folder = Path(folder)
    stated = given or os.environ.get(KEY_VARIABLE)
    file = Path(stated).expanduser() if stated else folder / KEY_FILE
    if stated and file.is_dir():
        file = file / f"{folder.resolve().name}.key"
    if file.resolve().is_relative_to((folder / PREPARED).resolve()):
        raise SettingsError.key_place(str(file), f"`{PREPARED}/` is handed on without it")
    return file


def read_key(folder: str | Path, given: str | Path | None = None) -> bytes:
    """Read a client's key, and make it first where there is none yet.

    Parameters
    ----------
    folder, given
        As for `key_file`.

    Returns
    -------
    bytes
        32 random bytes, kept as hexadecimal text with mode 0600.

    Raises
    ------
    SettingsError
        If the file is there but holds no key or may be read by others, or if ``prepared/`` was made with
        another key: pseudonyms of two keys must never stand in one table.
    """
    file = key_file(folder, given)
    if not file.exists():
        if _check_of_prepared(folder):
            raise SettingsError.no_key(str(file))
        _make(file)
    return _checked(file, folder)


def existing_key(folder: str | Path, given: str | Path | None = None) -> bytes | None:
    """Return a client's key, or None where it is not at hand; nothing is written.

    Raises
    ------
    SettingsError
        As `read_key`.
    """
    file = key_file(folder, given)
    return _checked(file, folder) if file.exists() else None


def _checked(file: Path, folder: str | Path) -> bytes:
    key, made_with = _stored(file), _check_of_prepared(folder)
    if made_with and made_with != key_check(key):
        raise SettingsError.other_key(str(file))
    return key


def _check_of_prepared(folder: str | Path) -> str:
    """Return the check of the key that the prepared tables were made with, empty if there are none."""
    try:
        stored = json.loads((Path(folder) / PREPARED / STAMP).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return ""
    return str(stored.get("key") or "") if isinstance(stored, dict) else ""


def _stored(file: Path) -> bytes:
    try:
        # never a pipe or device, which would not end
        text = file.read_bytes()[: 10 * KEY_BYTES] if file.is_file() else b""
        key = bytes.fromhex(text.decode("ascii").strip())
    except OSError as error:
        raise SettingsError.key_place(str(file), (error.strerror or "cannot be read").lower()) from None
    except ValueError:
        key = b""
    if len(key) != KEY_BYTES or len(set(key)) < _LEAST_BYTES:
        raise SettingsError.wrong_key(str(file))
    mode = stat.S_IMODE(file.stat().st_mode)
    if os.name == "posix" and mode & _OTHERS and _keeps_modes(file.parent):
        raise SettingsError.open_key(str(file), mode)
    return key


def _keeps_modes(folder: Path) -> bool:
    """Tell whether a drive keeps file modes at all: a USB stick or a Windows drive does not."""
    try:
        with tempfile.NamedTemporaryFile(dir=folder) as probe:
            return not stat.S_IMODE(os.fstat(probe.fileno()).st_mode) & _OTHERS
    except OSError:
        return True


def _make(file: Path) -> None:
    """Write a new key whole or not at all; of two runs that start together one makes it, both read it."""
    try:
        descriptor, name = tempfile.mkstemp(prefix=".key-", dir=file.parent)  # mode 0600
        with os.fdopen(descriptor, "w", encoding="ascii") as stream:
            stream.write(secrets.token_hex(KEY_BYTES) + "\n")
            stream.flush()
            os.fsync(stream.fileno())
        try:
            _put(Path(name), file)
        finally:
            Path(name).unlink(missing_ok=True)
    except FileExistsError:
        return
    except OSError as error:
        raise SettingsError.key_place(str(file), (error.strerror or "cannot be written").lower()) from None


def _put(new: Path, file: Path) -> None:
    """Give a file its name unless that is taken: by a link, or on drives without links by making it anew."""
    try:
        file.hardlink_to(new)
    except FileExistsError:
        raise
    except OSError:
        descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as stream:
            stream.write(new.read_bytes())
