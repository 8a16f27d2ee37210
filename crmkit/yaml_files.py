"""YAML as the kit reads it: plain values only, of bounded size and depth, every key once.

A file of a few lines can stand for gigabytes (aliases of aliases) or for a stack without end (lists in lists);
a key that stands twice silently overrides itself. Such files are refused before anything is made of them.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

#: Bytes; the largest sample has 8,000.
MOST_BYTES = 200_000
#: Lists and mappings inside each other; client.yml needs six.
MOST_DEPTH = 30
#: Letters of a number; a year has four.
MOST_DIGITS = 100
_INTEGER = "tag:yaml.org,2002:int"


class YamlFaultError(Exception):
    """What is wrong with a YAML file, in one line."""


class _Loader(yaml.SafeLoader):
    """PyYAML's safe loader without aliases, deep nesting and repeated keys."""

    depth = 0

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        """Compose a node, one level below its parent."""
        if self.check_event(yaml.AliasEvent):
            raise YamlFaultError(f"{_line(self.peek_event())}aliases (`*name`) are not read, write the values out")
        if getattr(self.peek_event(), "tag", None) is not None:
            raise YamlFaultError(f"{_line(self.peek_event())}tags (`!name`) are not read, write the plain value")
        self.depth += 1
        if self.depth > MOST_DEPTH:
            raise YamlFaultError(f"{_line(self.peek_event())}lists or keys more than {MOST_DEPTH} deep")
        node = super().compose_node(parent, index)
        self.depth -= 1
        if node is not None and node.tag == _INTEGER and len(node.value) > MOST_DIGITS:
            raise YamlFaultError(f"{_line(node)}a number of more than {MOST_DIGITS} digits")
        return node

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        """Construct a mapping whose keys differ."""
        seen: set[tuple[str, str]] = set()
        for key, _ in node.value:
            if not isinstance(key, yaml.ScalarNode):
                raise YamlFaultError(f"{_line(key)}a key is no plain word")
            if (key.tag, key.value) in seen:
                raise YamlFaultError(f"{_line(key)}the key `{_short(key.value)}` stands here twice, keep it once")
            seen.add((key.tag, key.value))
        return super().construct_mapping(node, deep)


def read_yaml(file: Path) -> Any:
    """Read a YAML file.

    Parameters
    ----------
    file
        UTF-8, at most `MOST_BYTES` long.

    Returns
    -------
    Any
        Plain values: mappings, lists, texts, numbers, dates.

    Raises
    ------
    YamlFaultError
        With the line and what is wrong, in one line.
    OSError
        If the file cannot be read.
    """
    with file.open("rb") as stream:
        raw = stream.read(MOST_BYTES + 1)
    if len(raw) > MOST_BYTES:
        raise YamlFaultError(f"larger than {MOST_BYTES:,} bytes")
    loader = None
    try:
        loader = _Loader(raw.decode("utf-8-sig"))
        return loader.get_single_data()
    # what PyYAML raises when a value is not what its type says
    except (KeyError, TypeError, AttributeError):
        raise YamlFaultError("a value is not of the kind that it says it is") from None
    except (yaml.YAMLError, ValueError, OverflowError, RecursionError) as error:
        raise YamlFaultError(first_line(error)) from None
    finally:
        if loader is not None:
            loader.dispose()


def first_line(error: Exception) -> str:
    """Return what an error of this module or of the system says, in one line without a full stop."""
    if isinstance(error, OSError):
        return (error.strerror or type(error).__name__).lower()
    mark = getattr(error, "problem_mark", None)
    where = f"line {mark.line + 1}: " if mark else ""
    lines = str(getattr(error, "problem", None) or error).splitlines()
    return where + (lines[0].rstrip(".")[:200] if lines else type(error).__name__)


def _line(place: Any) -> str:
    return f"line {place.start_mark.line + 1}: "


def _short(text: str) -> str:
    return text if len(text) <= 40 else text[:40] + "…"  # noqa: PLR2004
