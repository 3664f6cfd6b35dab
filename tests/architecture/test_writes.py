"""All writes go through actions (house-style.md, "Writing" 5): the source is walked."""

from __future__ import annotations

import ast

from tests.architecture.source import ROOT, calls, functions, modules, name_of, tree_of

WRITES = {
    "save", "create", "update", "delete", "bulk_create", "bulk_update", "get_or_create",
    "update_or_create", "acreate", "asave", "aupdate", "adelete", "abulk_create",
}  # fmt: skip

# Where else rows are written, and why that is right.
ELSEWHERE = {
    "core/outbox.py": "the outbox writes its own rows, inside the transaction of an action",
    "core/bulk.py": "the way in which actions insert many rows at once",
    "core/previews/process.py": "saves a picture into memory; there is no database there",
    "tickets/search/documents.py": "a part of the write path that tickets.actions calls",
    "channels_in/receive.py": "stores the raw message before anything else may happen",
    "channels_in/funnel.py": "notes the fate of the items it takes through, in their transaction",
    "channels_in/accounts.py": "makes the channel's own account on first use",
    "channels_in/email/local_outbox.py": "a mail backend: keeps what would have been sent",
    "macros/engine/step.py": "a step of the write path; notes what each trigger did",
    "reports/steps.py": "a step of the write path; writes only the facts of reports",
}
# `.update(` and the like on what is no model: dictionaries, hashes, progress bars, files.
NOT_A_MODEL = {
    "values", "digest", "hash", "hasher", "progress", "bar", "kwargs", "options", "mac", "environ",
    "params", "context", "counts", "headers", "seen", "attrs", "found", "cache", "_client",
    "storage", "default_storage", "blobs", "client", "sha", "form", "session", "square",
}  # fmt: skip


def is_write(call: ast.Call) -> bool:
    function = call.func
    if not isinstance(function, ast.Attribute) or function.attr not in WRITES:
        return False
    owner = function.value.func if isinstance(function.value, ast.Call) else function.value
    name = owner.id if isinstance(owner, ast.Name) else getattr(owner, "attr", "")
    if name in NOT_A_MODEL or isinstance(owner, ast.Constant | ast.Dict):
        return False
    # `rows.update(…)` with a mapping is a dictionary's; a queryset's takes keywords only.
    return not (function.attr == "update" and call.args)


def is_allowed(module: str) -> bool:
    return "/actions/" in module or module.endswith("/actions.py") or module in ELSEWHERE


def test_rows_are_written_by_actions_alone():
    found = [
        f"{name_of(path)}:{call.lineno} .{call.func.attr}("  # type: ignore[attr-defined]
        for path in modules()
        if not is_allowed(name_of(path))
        for call in calls(path)
        if is_write(call)
    ]
    assert found == []


def test_the_exceptions_still_exist_and_still_write():
    for module in ELSEWHERE:
        assert (ROOT / module).exists(), f"{module} is gone: take it off the list"


def test_there_are_no_signals_of_our_own():
    found = [
        f"{name_of(path)}:{node.lineno}"
        for path in modules()
        if not name_of(path).startswith(("helpdesk/", "demo/"))
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.ImportFrom)
        and (node.module or "").startswith(("django.db.models.signals", "django.dispatch"))
    ]
    assert found == []


def test_models_have_no_rules_in_save_or_delete():
    found = [
        f"{name_of(path)}: {node.name}"
        for path in modules()
        if "models" in path.parts or path.name == "models.py"
        for node in functions(path)
        if node.name in ("save", "delete", "full_clean")
    ]
    assert found == []
