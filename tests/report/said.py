"""Which texts a page can say: found in the source, by following what its functions name."""

import ast
from functools import lru_cache
from importlib import import_module
from pathlib import Path

#: Here the search ends: which of these words a page says depends on the kinds of codes it asks for.
_TABLES_OF_WORDS = "crmkit.report.text.words"
Text = str | tuple[str, str]


def texts_reachable_from(module: str, function: str) -> set[Text]:
    """Return every text marked for the catalogue in a function and in all that it names, however far."""
    return {text for node in _reachable_from(module, function) for text in _texts_in(node)}


def kinds_reachable_from(module: str, function: str) -> set[str]:
    """Return the kinds of codes that a function, and all that it names, puts into words with `word`."""
    nodes = _reachable_from(module, function)
    calls = [call for node in nodes for call in ast.walk(node) if isinstance(call, ast.Call)]
    asked = [call.args[1] for call in calls if isinstance(call.func, ast.Name) and call.func.id == "word"]
    return {kind.value for kind in asked if isinstance(kind, ast.Constant)}


def _reachable_from(module: str, function: str) -> list[ast.stmt]:
    seen: set[tuple[str, str]] = set()
    found: list[ast.stmt] = []
    waiting = [(module, function)]
    while waiting:
        place = waiting.pop()
        if place in seen or not place[0].startswith("crmkit.report") or place[0] == _TABLES_OF_WORDS:
            continue
        seen.add(place)
        node = _defined_in(place[0]).get(place[1])
        if node is not None:
            found.append(node)
            waiting += _named_in(node, place[0])
    return found


@lru_cache
def _tree(module: str) -> ast.Module:
    return ast.parse(Path(str(import_module(module).__file__)).read_text(encoding="utf-8"))


@lru_cache
def _defined_in(module: str) -> dict[str, ast.stmt]:
    """Return the functions, classes and constants of a module."""
    found: dict[str, ast.stmt] = {}
    for node in _tree(module).body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            found[node.name] = node
        targets = (
            node.targets if isinstance(node, ast.Assign) else [node.target] if isinstance(node, ast.AnnAssign) else []
        )
        found |= {target.id: node for target in targets if isinstance(target, ast.Name)}
    return found


@lru_cache
def _imported_in(module: str) -> dict[str, tuple[str, str]]:
    """Return name → module and name there; an empty one for a module itself."""
    found: dict[str, tuple[str, str]] = {}
    for node in ast.walk(_tree(module)):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("crmkit"):
            for alias in node.names:
                inner = f"{node.module}.{alias.name}"
                is_module = (Path(*inner.split(".")).with_suffix(".py")).is_file() or Path(*inner.split(".")).is_dir()
                found[alias.asname or alias.name] = (inner, "") if is_module else (node.module, alias.name)
    return found


def _named_in(node: ast.AST, module: str) -> list[tuple[str, str]]:
    imported, named = _imported_in(module), []
    for inner in ast.walk(node):
        if isinstance(inner, ast.Attribute) and isinstance(inner.value, ast.Name):
            home, name = imported.get(inner.value.id, ("", "-"))
            if not name:
                named.append((home, inner.attr))
        if isinstance(inner, ast.Name):
            home, name = imported.get(inner.id, (module, inner.id))
            named.append((home, name))
    return named


def _texts_in(node: ast.AST) -> set[Text]:
    found: set[Text] = set()
    for call in (inner for inner in ast.walk(node) if isinstance(inner, ast.Call)):
        name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
        said = [arg.value for arg in call.args if isinstance(arg, ast.Constant) and isinstance(arg.value, str)]
        if name in ("gettext", "N_") and said:
            found.add(said[0])
        elif name == "ngettext" and len(said) == 2:
            found.add((said[0], said[1]))
    return found
