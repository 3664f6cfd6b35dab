"""Jobs on many tickets in words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tickets.bulk import BulkRequest
from tickets.models import BulkJob, BulkKind, Priority, Status, TicketType
from tickets.selectors.bulk import Progress
from web.templatetags.report_words import thousands

_CHOICES = {"status": Status, "priority": Priority, "type": TicketType}


def title_of(job: BulkJob) -> str:
    """`Change 14 tickets`"""
    total = {"n": thousands(job.total)}
    match job.kind:
        case BulkKind.MERGE:
            words = ngettext("Merge %(n)s ticket", "Merge %(n)s tickets", job.total)
        case BulkKind.SPAM:
            words = ngettext("Mark %(n)s ticket as spam", "Mark %(n)s tickets as spam", job.total)
        case BulkKind.DELETE:
            words = ngettext("Delete %(n)s ticket", "Delete %(n)s tickets", job.total)
        case BulkKind.RESTORE:
            words = ngettext("Restore %(n)s ticket", "Restore %(n)s tickets", job.total)
        case BulkKind.UNDO:
            words = ngettext("Put %(n)s ticket back", "Put %(n)s tickets back", job.total)
        case _:
            words = ngettext("Change %(n)s ticket", "Change %(n)s tickets", job.total)
    return words % total


def headline_of(progress: Progress) -> str:
    """What the pill says: how far it is, or what came out."""
    job = progress.job
    if not job.is_finished:
        done = {"n": thousands(progress.processed), "total": thousands(job.total)}
        if job.kind == BulkKind.UNDO:
            return _("Putting back: %(n)s of %(total)s") % done
        return _("%(n)s of %(total)s tickets") % done
    if job.kind == BulkKind.UNDO:
        words = ngettext("%(n)s ticket put back", "%(n)s tickets put back", progress.done)
    else:
        words = ngettext("%(n)s ticket changed", "%(n)s tickets changed", progress.done)
    parts = [words % {"n": thousands(progress.done)}]
    if progress.failed:
        parts.append(_("%(n)s not") % {"n": thousands(progress.failed)})
    return ", ".join(parts)


def steps_of(job: BulkJob, names: Mapping[str, Mapping[int, str]]) -> list[str]:
    """What it does to each ticket, line by line; `names`: of groups, people, macros, fields."""
    request, lines = BulkRequest.from_json(job.request), []
    for name, value in request.fields.items():
        lines += _field(name, value, names)
    if request.add_tags:
        lines.append(_("Add tags: %(tags)s") % {"tags": ", ".join(request.add_tags)})
    if request.remove_tags:
        lines.append(_("Remove tags: %(tags)s") % {"tags": ", ".join(request.remove_tags)})
    if request.macro_id:
        title = names["macros"].get(request.macro_id, "").replace("::", " · ")
        lines.append(_("Apply the macro “%(title)s”") % {"title": title})
    if request.target:
        lines.append(_("Merge into #%(number)s") % {"number": request.target})
    if request.writes:
        public = _("Public reply: “%(text)s”")
        words = public if request.is_public else _("Internal note: “%(text)s”")
        lines.append(words % {"text": (request.text or request.html)[:300]})
    return lines


def _field(name: str, value: Any, names: Mapping[str, Mapping[int, str]]) -> list[str]:
    nobody = _("nobody")
    match name:
        case "status" | "priority" | "type":
            known = _CHOICES[name]
            word = str(known(value).label) if value in known.values else "—"
            title = {"status": _("Status"), "priority": _("Priority"), "type": _("Type")}[name]
            return [f"{title}: {word}"]
        case "group_id":
            return [_("Group: %(name)s") % {"name": names["groups"].get(value, nobody)}]
        case "assignee_id":
            return [_("Assignee: %(name)s") % {"name": names["people"].get(value, nobody)}]
        case "custom_fields":
            fields = names["fields"]
            return [f"{fields.get(int(key), f'#{key}')}: {each}" for key, each in value.items()]
    return [f"{name}: {value}"]
