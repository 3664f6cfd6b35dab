"""Rows of the ticket table. Python, not a template: the fifty of a page are most of its cost.

Every value goes through `escape`: names, subjects and tags are text, never markup (attack 16).
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.utils import timezone
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from tickets.conditions.custom import PREFIX
from tickets.models import Priority, Score, Status, Ticket, TicketType, View
from tickets.view_columns import shown_columns
from web.templatetags.sla import next_breach
from web.templatetags.ui import (
    ago,
    avatar,
    channel_icon,
    exact,
    icon,
    priority_word,
    status_pill,
)

TAGS_LETTERS = 18  # as many as fit the column beside each other

_NOTHING = '<span class="hint">—</span>'


@dataclass(slots=True)
class Table:
    """A view's columns with their headings, and its rows under the headings of its grouping.

    `place`: what the links carry, so that the ticket's page knows its neighbours. With `picks` a
    box stands in each row, to choose it. `news`: the tickets with something new for the reader.
    """

    view: View
    columns: list[tuple[str, str]]
    sections: list[Section] = field(default_factory=list)
    place: str = ""
    picks: bool = False
    news: Collection[int] = ()

    @property
    def width(self) -> int:
        """How many columns there are in all."""
        return len(self.columns) + 2 + self.picks

    def row(self, ticket: Ticket) -> SafeString:
        """One row; `data-version` tells the page whether it has changed."""
        names = [name for name, _title in self.columns]
        has_news = ticket.pk in self.news
        return ticket_row(ticket, names, place=self.place, picks=self.picks, has_news=has_news)


@dataclass(slots=True)
class Section:
    """Rows under one heading; no heading where nothing is grouped."""

    title: str
    rows: list[SafeString] = field(default_factory=list)


def table_of(
    view: View, tickets: Iterable[Ticket], *, place: str = "", picks: bool = False,
    has_headings: bool = True, news: Collection[int] = (),
) -> Table:  # fmt: skip
    """The table of one page; one query when a column is a custom field, else none."""
    table = Table(view, columns_of(view), place=place, picks=picks, news=news)
    for ticket in tickets:
        title = _heading(view.group_by, ticket) if has_headings else ""
        if not table.sections or table.sections[-1].title != title:
            table.sections.append(Section(title))
        table.sections[-1].rows.append(table.row(ticket))
    return table


def columns_of(view: View) -> list[tuple[str, str]]:
    """What the table shows besides channel and subject; the order's own column always."""
    columns = shown_columns(view.columns)
    if view.sort_by == "solved" and "solved" not in dict(columns):
        columns = [("solved", _("Solved")) if name == "updated" else (name, title)
                   for name, title in columns]  # fmt: skip
    return columns


def ticket_row(
    ticket: Ticket, columns: Sequence[str], *, place: str = "", picks: bool = False,
    has_news: bool = False,
) -> SafeString:  # fmt: skip
    """The row with these columns."""
    number = ticket.pk
    subject = escape(ticket.subject_or_placeholder)
    preview = f"<small><bdi>{escape(ticket.preview)}</bdi></small>" if ticket.preview else ""
    marks = [("waits", ticket.waits_for_us), ("has-news", has_news)]
    classes = " ".join(name for name, is_so in marks if is_so)
    looks = f' class="{classes}"' if classes else ""
    cells = "".join(
        f'<td class="c-{css_of(name)}">{_CELLS.get(name, _custom(name))(ticket)}</td>'
        for name in columns
    )
    pick = ""
    if picks:
        label = escape(_("Choose #%(number)s: %(subject)s")) % {
            "number": number,
            "subject": subject,
        }
        pick = (
            f'<td class="c-pick"><label><input type="checkbox" data-pick value="{number}" '
            f'aria-label="{label}"></label></td>'
        )
    return mark_safe(  # noqa: S308  every piece is escaped or made by a tag that escapes
        f'<tr id="row-{number}" data-row="{number}" data-version="{ticket.version}"{looks}>'
        f'{pick}<td class="c-channel hint">{channel_icon(ticket.channel)}</td>'
        f'<td class="c-subject"><span class="row-subject">{_dot() if has_news else ""}'
        f'<a href="/tickets/{number}/{escape(place)}" data-open title="#{number} {subject}">'
        f"<bdi>{subject}</bdi></a>{preview}</span></td>{cells}</tr>"
    )


def _dot() -> str:
    words = escape(_("Something new for you"))
    return f'<span class="row-new" title="{words}"><span class="sr-only">{words}: </span></span>'


def css_of(name: str) -> str:
    """The class of a column; some columns share their looks."""
    if name.startswith(PREFIX):
        return "custom"
    return {"current_tags": "tags", "solved": "updated"}.get(name, name)


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


def _tags(ticket: Ticket) -> str:
    """As many as fit, and how many more there are."""
    tags = ticket.tags
    shown = 1 if sum(map(len, tags[:2])) > TAGS_LETTERS else 2
    html = " ".join(f'<span class="tag"><bdi>{escape(tag)}</bdi></span>' for tag in tags[:shown])
    if len(tags) <= shown:
        return html
    return f'{html} <span class="hint small">+{len(tags) - shown}</span>'


def _text(value: object) -> str:
    return f'<bdi class="dim">{escape(value)}</bdi>' if value not in (None, "") else _NOTHING


def _when(read: Callable[[Ticket], datetime | None]) -> Callable[[Ticket], str]:
    return lambda ticket: f'<span class="hint">{ago(read(ticket))}</span>'


def _moment(read: Callable[[Ticket], datetime | None]) -> Callable[[Ticket], str]:
    """What may lie ahead: its date, not how long ago."""

    def cell(ticket: Ticket) -> str:
        instant = read(ticket)
        return _text(exact(timezone.localtime(instant))) if instant else _NOTHING

    return cell


def _custom(name: str) -> Callable[[Ticket], str]:
    key = name.removeprefix(PREFIX)

    def cell(ticket: Ticket) -> str:
        value = ticket.custom_fields.get(key)
        if isinstance(value, bool):
            return _text(_("yes") if value else _("no"))
        return _text(value)

    return cell


def _asleep(ticket: Ticket) -> str:
    """A clock beside the status of a ticket that is snoozed, with the moment on hover."""
    if ticket.snoozed_until is None:
        return ""
    until = _("Snoozed until the customer replies")
    if not ticket.is_snoozed_until_reply:
        when = exact(timezone.localtime(ticket.snoozed_until))
        until = _("Snoozed until %(when)s") % {"when": when}
    words = escape(until)
    said = f'{icon("alarm-clock")}<span class="sr-only">{words}</span>'
    return f' <span class="asleep" title="{words}">{said}</span>'


_CELLS: dict[str, Callable[[Ticket], str]] = {
    "nice_id": lambda ticket: f'<span class="hint num">#{ticket.pk}</span>',
    "requester": _requester,
    "organization": lambda ticket: _text(ticket.organization.name if ticket.organization else ""),
    "status": lambda ticket: status_pill(ticket.status) + _asleep(ticket),
    "priority": lambda ticket: priority_word(ticket.priority),
    "type": lambda ticket: _text(_word(TicketType, ticket.type)),
    "group": lambda ticket: _text(ticket.group.name if ticket.group else ""),
    "assignee": _assignee,
    "current_tags": _tags,
    "created": _when(lambda ticket: ticket.created_at),
    "updated": _when(lambda ticket: ticket.updated_at),
    "updated_requester": _when(lambda ticket: ticket.requester_updated_at),
    "updated_assignee": _when(lambda ticket: ticket.assignee_updated_at),
    "assigned": _when(lambda ticket: ticket.assigned_at),
    "due_date": _moment(lambda ticket: ticket.due_at),
    "sla_next_breach_at": lambda ticket: next_breach(ticket.sla_next_breach_at),
    "solved": _when(lambda ticket: ticket.solved_at),
    "satisfaction_score": lambda ticket: _text(_word(Score, ticket.satisfaction)),
    "replies": lambda ticket: f'<span class="num dim">{ticket.replies}</span>',
    "reopens": lambda ticket: f'<span class="num dim">{ticket.reopens}</span>',
    "locale": lambda ticket: _text(ticket.language),
}


def _heading(group_by: str, ticket: Ticket) -> str:
    """Under which heading a ticket stands."""
    match group_by:
        case "status":
            return _word(Status, ticket.status)
        case "priority":
            return _word(Priority, ticket.priority) or _("No priority")
        case "type":
            return _word(TicketType, ticket.type) or _("No type")
        case "group":
            return ticket.group.name if ticket.group else _("No group")
        case "assignee":
            return ticket.assignee.display_name if ticket.assignee else _("Nobody")
        case "requester":
            return ticket.requester.display_name
        case "organization":
            return ticket.organization.name if ticket.organization else _("No organization")
    return ""


def _word(choices: type[Status | Priority | TicketType | Score], value: str) -> str:
    return str(choices(value).label) if value in choices.values else ""
