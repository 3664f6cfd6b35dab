"""The house's own files, read as text and as syntax trees."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
ROOMS = ("core", "accounts", "knowledge", "tickets", "notifications", "macros", "channels_in",
         "reports", "demo", "web", "api", "helpdesk")  # fmt: skip


@cache
def modules(*rooms: str) -> tuple[Path, ...]:
    """Every Python file of these rooms (all when none is named), without migrations."""
    return tuple(
        path
        for room in rooms or ROOMS
        for path in sorted((ROOT / room).rglob("*.py"))
        if "migrations" not in path.parts and "__pycache__" not in path.parts
    )


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@cache
def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text())


def calls(path: Path) -> Iterator[ast.Call]:
    return (node for node in ast.walk(tree_of(path)) if isinstance(node, ast.Call))


def functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef)
    return (node for node in ast.walk(tree_of(path)) if isinstance(node, kinds))


def length_of(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Lines of a function without its decorators and docstring."""
    body = node.body
    skip = 0
    if ast.get_docstring(node, clean=False) is not None:
        docstring = body[0]
        skip = (docstring.end_lineno or 0) - docstring.lineno + 1
    return (node.end_lineno or 0) - node.lineno + 1 - skip


def templates() -> tuple[Path, ...]:
    return tuple(sorted(p for p in (ROOT / "templates").rglob("*") if p.is_file()))
