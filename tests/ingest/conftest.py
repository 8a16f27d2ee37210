"""Client folders written by hand."""

import pytest

SETTINGS = """
name: Muster GmbH
as_of: 2026-06-28
subdivision: BY
exports:
"""


@pytest.fixture
def folder_of(tmp_path):
    """Return a function that writes exports and client.yml and returns the folder."""

    def make(exports: list[str], files: dict[str, str | bytes], *, settings: str = ""):
        (tmp_path / "exports").mkdir(exist_ok=True)
        lines = "".join(f"  - {export}\n" for export in exports)
        (tmp_path / "client.yml").write_text(SETTINGS + lines + settings, encoding="utf-8")
        for name, content in files.items():
            raw = content if isinstance(content, bytes) else content.encode("utf-8")
            (tmp_path / name).write_bytes(raw)
        return tmp_path

    return make
