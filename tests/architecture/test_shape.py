"""The size and shape of files, views, tasks and templates (house-style.md)."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.architecture.source import (
    ROOT,
    functions,
    length_of,
    modules,
    name_of,
    templates,
    tree_of,
)

FILE_LINES = 400
VIEW_LINES = 25

# Longer than FILE_LINES, and why.
LONG_FILES = {
    "core/html.py": "one sanitiser: its allowlists and its passes are read together",
    "demo/people.py": "data",
}
# `|safe` shows stored HTML as it is; only where it was sanitised before it was stored.
SAFE_TEMPLATES = {
    "templates/email/notification.html": "a plain text of a rule, escaped and given paragraphs",
    "templates/email/reply.html": "the agent's html, sanitised on the way in",
    "templates/email/side_message.html": "the agent's html, sanitised on the way in",
}


def test_the_rooms_import_downwards_only():
    lint = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run(
        [lint, "--no-cache", "--no-logo"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_no_file_is_past_four_hundred_lines():
    files = [*modules(), *ROOT.glob("static/js/**/*.js"), *ROOT.glob("static/css/**/*.css")]
    long = {
        name_of(path): lines
        for path in files
        if (lines := path.read_text().count("\n")) > FILE_LINES
        and "/stories/" not in path.as_posix()  # data
    }
    assert long.keys() <= LONG_FILES.keys()


def is_view(node: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    return bool(node.args.args) and node.args.args[0].arg == "request"


def test_no_view_is_past_twenty_five_lines():
    long = [
        f"{name_of(path)}: {node.name} has {length_of(node)}"
        for path in modules("web", "api")
        for node in functions(path)
        if is_view(node) and length_of(node) > VIEW_LINES
    ]
    assert long == []


# Django's own view, whose handling of the one-time link is not to be written again.
CLASS_VIEWS = {"ChooseNewPassword"}


def test_pages_are_functions():
    found = {
        node.name
        for path in modules("web")
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.ClassDef)
        and any(ast.unparse(base).endswith("View") for base in node.bases)
    }
    assert found == CLASS_VIEWS


def tasks() -> list[tuple[Path, ast.FunctionDef, ast.expr]]:
    return [
        (path, node, decorator)
        for path in modules()
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.FunctionDef)
        for decorator in node.decorator_list
        if "shared_task" in ast.dump(decorator)
    ]


def test_tasks_take_ids_and_name_their_queue():
    assert tasks()
    for path, node, decorator in tasks():
        where = f"{name_of(path)}: {node.name}"
        assert isinstance(decorator, ast.Call), where
        assert {"name", "queue"} <= {keyword.arg for keyword in decorator.keywords}, where
        for arg in [*node.args.args, *node.args.kwonlyargs]:
            assert arg.arg.endswith(("_id", "_ids")), f"{where} takes {arg.arg}"
            assert arg.annotation is not None, where


def test_every_periodic_task_exists():
    from helpdesk.schedule import PERIODIC_TASKS

    names = {
        ast.unparse(keyword.value)
        for _, _, decorator in tasks()
        for keyword in decorator.keywords  # type: ignore[attr-defined]
        if keyword.arg == "name"
    }
    from importlib import import_module

    for entry in PERIODIC_TASKS.values():
        module, _, function = entry["task"].rpartition(".")
        assert hasattr(import_module(module), function), entry["task"]
    assert len(names) == len(tasks())


def test_wiring_names_what_exists():
    from django.utils.module_loading import import_string

    from helpdesk.wiring import OUTBOX_SUBSCRIBERS, TICKET_STEPS

    for name in [*TICKET_STEPS, *(n for names in OUTBOX_SUBSCRIBERS.values() for n in names)]:
        assert callable(import_string(name))


@pytest.mark.parametrize(
    ("pattern", "why"),
    [
        (
            r"<script(?![^>]*\bsrc=)(?![^>]*type=\"(?:importmap|application/json)\")",
            "inline script",
        ),
        (r"<style\b", "inline style sheet"),
        (r"<[a-z][^>{}]*\sstyle=", "style attribute"),
        (r"<[a-z][^>{}]*\son[a-z]+=", "inline event handler"),
        (r"javascript:", "javascript: address"),
        (r"(?:src|href)=\"(?:https?:)?//(?!www\.w3\.org)", "something from another host"),
    ],
)
def test_templates_need_no_exception_from_the_content_security_policy(pattern, why):
    pages = [path for path in templates() if path.suffix == ".html" and "email" not in path.parts]
    found = [name_of(path) for path in pages if re.search(pattern, path.read_text())]
    assert found == [], why


def test_templates_trust_no_stored_html():
    unsafe = {
        name_of(path)
        for path in templates()
        if re.search(r"\|\s*safe(?:seq)?\b", path.read_text())
        or (path.suffix == ".html" and "autoescape off" in path.read_text())
    }
    assert unsafe == set(SAFE_TEMPLATES)


def test_python_marks_nothing_safe_unseen():
    trusted = {
        name_of(path)
        for path in modules()
        if re.search(r"\bmark_safe\(|\bSafeString\(|\bSafeText\(", path.read_text())
    }
    assert trusted <= set(TRUSTED_PYTHON), "say why in TRUSTED_PYTHON"


# What may call HTML safe: after core.html.sanitize, or of its own fixed markup.
TRUSTED_PYTHON = {
    "web/agent/rows.py": "a table's row; every value is escaped piece by piece",
    "web/templatetags/ui.py": "icons of our own, and comments that core.html has sanitised",
    "web/icons.py": "icons of our own",
    "web/agent/message_html.py": "sanitised at the door; text through core.html.from_text",
    "web/search/marks.py": "escaped piece by piece",
    "web/dev/letters.py": "sanitised here",
    "web/portal/messages.py": "sanitised here",
    "web/knowledge/bodies.py": "sanitised here",
    "web/help_centre/searching.py": "escaped piece by piece",
}
