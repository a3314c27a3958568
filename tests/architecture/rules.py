"""The rules of the code that no linter knows, each as a function from a parsed file to what breaks it."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import PurePosixPath

LONGEST_MODULE = 400
LONGEST_FUNCTION = 60
EMPTY_NAMES = {"utils", "util", "helpers", "helper", "misc", "common", "manager"}
WRITES = {
    "create", "acreate", "bulk_create", "bulk_update", "get_or_create", "update_or_create", "save", "delete", "update",
}  # fmt: skip
PUBLIC_INDEXES = {"pypi.org", "files.pythonhosted.org"}


def too_long(text: str) -> list[str]:
    """A module or a function that nobody can keep in mind."""
    lines = len(text.splitlines())
    found = [f"{lines} lines"] if lines > LONGEST_MODULE else []
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            length = (node.end_lineno or node.lineno) - node.lineno + 1
            if length > LONGEST_FUNCTION:
                found.append(f"{node.name}: {length} lines")
    return found


def empty_names(path: str) -> list[str]:
    """A module or folder whose name says nothing of what it holds."""
    return [part for part in PurePosixPath(path).with_suffix("").parts if part in EMPTY_NAMES]


def without_docstring(text: str) -> list[str]:
    """A module that does not say what it is for; an empty one needs no words."""
    module = ast.parse(text)
    return [] if ast.get_docstring(module) or not module.body else ["no docstring"]


def silent_zeros(text: str) -> list[str]:
    """``x or 0``: a missing value taken as zero."""
    return [
        ast.unparse(node)
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.BoolOp)
        and isinstance(node.op, ast.Or)
        and isinstance(last := node.values[-1], ast.Constant)
        and not isinstance(last.value, bool | str)
        and last.value == 0
    ]


def writes(text: str) -> list[str]:
    """Calls that change rows of the database: of a manager, of a query set or of a row."""
    return [
        ast.unparse(node.func)
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in WRITES
        and (_is_of_objects(node.func.value) or node.func.attr in {"save", "bulk_create", "update_or_create"})
    ]


def _is_of_objects(node: ast.AST) -> bool:
    """Whether a chain of calls begins at ``objects``."""
    while isinstance(node, ast.Call | ast.Attribute):
        if isinstance(node, ast.Attribute) and node.attr == "objects":
            return True
        node = node.func if isinstance(node, ast.Call) else node.value
    return False


def machine_paths(text: str) -> list[str]:
    """Folders of one machine: a path that begins at its root."""
    return re.findall(r"(?<![\w.$}/~-])/(?:home|root|tmp|work|Users)/[\w.-]+", text)


def other_indexes(lock: str) -> set[str]:
    """Hosts a lock of Python packages names besides the public index."""
    return set(re.findall(r"https?://([^/\"]+)", lock)) - PUBLIC_INDEXES


def modules(paths: list[str]) -> Iterator[str]:
    """Those of the paths that are source code of the package, but no generated migration."""
    return (path for path in paths if path.startswith("src/") and path.endswith(".py") and "/migrations/" not in path)
