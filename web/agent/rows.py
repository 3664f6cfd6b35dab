"""One row of the ticket table. Python, not a template: the fifty of a page are most of its cost.

Every value goes through `escape`: names, subjects and tags are text, never markup (attack 16).
"""

from __future__ import annotations

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from tickets.models import Ticket, View
from web.templatetags.ui import ago, avatar, channel_icon, priority_word, status_pill

TAGS_LETTERS = 18  # as many as fit the column beside each other

_NOTHING = '<span class="hint">—</span>'


def ticket_row(ticket: Ticket, view: View) -> SafeString:
    """The row with what the table shows; `data-version` tells the page whether it has changed."""
    number = ticket.pk
    subject = escape(ticket.subject_or_placeholder)
    preview = f"<small><bdi>{escape(ticket.preview)}</bdi></small>" if ticket.preview else ""
    shown_at = ticket.solved_at if view.sort_by == "solved" else ticket.updated_at
    waits = ' class="waits"' if ticket.waits_for_us else ""
    return mark_safe(  # noqa: S308  every piece is escaped or made by a tag that escapes
        f'<tr id="row-{number}" data-row="{number}" data-version="{ticket.version}"{waits}>'
        f'<td class="c-channel hint">{channel_icon(ticket.channel)}</td>'
        f'<td class="c-subject"><span class="subject">'
        f'<a href="/tickets/{number}/?view={view.pk}" data-open title="#{number} {subject}">'
        f"<bdi>{subject}</bdi></a>{preview}</span></td>"
        f'<td class="c-requester">{_requester(ticket)}</td>'
        f'<td class="c-status">{status_pill(ticket.status)}</td>'
        f'<td class="c-priority">{priority_word(ticket.priority)}</td>'
        f'<td class="c-assignee">{_assignee(ticket)}</td>'
        f'<td class="c-tags">{_tags(ticket.tags)}</td>'
        f'<td class="c-updated hint">{ago(shown_at)}</td></tr>'
    )


def _requester(ticket: Ticket) -> str:
    name = f"<bdi>{escape(ticket.requester.display_name)}</bdi>"
    if ticket.organization is None:
        return name
    return f'{name} <span class="hint"><bdi>{escape(ticket.organization.name)}</bdi></span>'


def _assignee(ticket: Ticket) -> str:
    if ticket.assignee is not None:
        name = escape(ticket.assignee.display_name)
        face = avatar(ticket.assignee, "s")
        return f'<span class="row">{face}<bdi class="dim clip">{name}</bdi></span>'
    if ticket.group is not None:
        return f'<bdi class="hint">{escape(ticket.group.name)}</bdi>'
    return _NOTHING


def _tags(tags: list[str]) -> str:
    """As many as fit, and how many more there are."""
    shown = 1 if sum(map(len, tags[:2])) > TAGS_LETTERS else 2
    html = " ".join(f'<span class="tag"><bdi>{escape(tag)}</bdi></span>' for tag in tags[:shown])
    if len(tags) <= shown:
        return html
    return f'{html} <span class="hint small">+{len(tags) - shown}</span>'
