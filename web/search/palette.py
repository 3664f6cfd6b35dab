"""The command palette: pages, views, tickets, people, companies and macros by name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.http import urlencode
from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from accounts.actor import Actor
from accounts.roles import Permission
from accounts.selectors import search_organizations, search_users
from macros.selectors.macros import LIMIT as MACROS
from macros.selectors.macros import usable_macros
from tickets.conditions import InvalidCondition
from tickets.search.operators import read_query
from tickets.selectors.search import hits_of
from tickets.selectors.views import visible_views
from web.access import SignedInRequest, workspace
from web.agent.numbers import as_id
from web.templatetags.found import organization_url, person_url

EACH = 6  # of one kind
TICKETS = 5
SHORTEST = 2  # letters from which on tickets and people are looked for

Text = str | Promise


@dataclass(frozen=True, slots=True)
class Entry:
    """`kind` says what it is, in a word; `macro` is an id where choosing applies one."""

    icon: str
    words: str
    kind: Text
    href: str = ""
    macro: int | None = None
    hint: str = ""


# A page: its URL name, words, icon, and the permission it needs.
_PAGES: tuple[tuple[str, Text, str, str], ...] = (
    ("home_page", _("Home"), "house", Permission.VIEW_TICKETS),
    ("views", _("Views"), "inbox", Permission.VIEW_TICKETS),
    ("new_ticket", _("New ticket"), "plus", Permission.EDIT_TICKETS),
    ("new_view", _("New view"), "plus", Permission.VIEW_TICKETS),
    ("manage_views", _("Order and manage views"), "layout-list", Permission.VIEW_TICKETS),
    ("search", _("Search"), "search", Permission.VIEW_TICKETS),
    ("people:index", _("Customers"), "users", Permission.VIEW_TICKETS),
    ("people:organizations", _("Organizations"), "building-2", Permission.VIEW_TICKETS),
    ("knowledge:index", _("Knowledge"), "book-open", Permission.VIEW_TICKETS),
    ("macros:index", _("Macros"), "zap", Permission.COMMENT_INTERNALLY),
    ("suspended:index", _("Suspended messages"), "shield-alert", Permission.HANDLE_SUSPENDED),
    ("deleted_tickets", _("Deleted tickets"), "trash-2", Permission.HANDLE_SUSPENDED),
    ("reports:index", _("Reports"), "chart-column", Permission.VIEW_REPORTS),
    ("reports:resolution_times", _("Resolution times"), "timer", Permission.VIEW_REPORTS),
    ("notifications:index", _("Notifications"), "bell", Permission.VIEW_TICKETS),
    ("settings:profile", _("Your settings"), "circle-user", Permission.USE_WORKSPACE),
    ("password_change", _("Change password"), "key-round", Permission.USE_WORKSPACE),
    ("admin:channels", _("E-mail addresses"), "mail", Permission.MANAGE_CHANNELS),
    ("admin:schedules", _("Business hours"), "calendar-clock", Permission.MANAGE_CHANNELS),
    ("admin:senders", _("Block and allow"), "shield-check", Permission.MANAGE_CHANNELS),
    ("admin:webhooks", _("Webhooks"), "webhook", Permission.MANAGE_CHANNELS),
    ("admin:ticket_fields", _("Ticket fields"), "list-checks", Permission.MANAGE_RULES),
    ("admin:ticket_forms", _("Ticket forms"), "file-text", Permission.MANAGE_RULES),
    ("admin:triggers", _("Triggers"), "zap", Permission.MANAGE_RULES),
    ("admin:automations", _("Automations"), "timer", Permission.MANAGE_RULES),
    ("admin:policies", _("SLA policies"), "gauge", Permission.MANAGE_RULES),
    ("admin:routing", _("Routing"), "git-branch", Permission.MANAGE_RULES),
    ("admin:contents", _("Dynamic content"), "languages", Permission.MANAGE_RULES),
)


@require_GET
@workspace()
def show(request: SignedInRequest) -> HttpResponse:
    """What fits `?q=`, as options; with nothing typed the pages and views.

    On a ticket (`?ticket=`) macros are offered too. A constant number of queries.
    """
    text = request.GET.get("q", "").replace("\x00", "").strip()[:200]
    is_on_ticket = as_id(request.GET.get("ticket", "")) is not None
    entries = list(entries_of(text, request.actor, is_on_ticket=is_on_ticket))
    return render(request, "agent/palette/_found.html", {"entries": entries, "query": text})


def entries_of(text: str, actor: Actor, *, is_on_ticket: bool = False) -> Iterator[Entry]:
    """Everything that fits, kind by kind; a ticket's number comes first."""
    if text.lstrip("#").isdecimal():
        yield from _tickets(text, actor)
    words = text.lower().split()
    yield from islice(_fitting(_pages(actor), words), EACH)
    yield from islice(_fitting(_views(actor), words), EACH)
    if is_on_ticket and words and actor.can(Permission.COMMENT_INTERNALLY):
        yield from islice(_fitting(_macros(actor), words), EACH)
    if len(text) < SHORTEST:
        return
    if not text.lstrip("#").isdecimal():
        yield from _tickets(text, actor)
    yield from _people(text, actor)
    href = f"{reverse('search')}?{urlencode({'q': text})}"
    yield Entry("search", say("Search for “%(text)s”") % {"text": text}, "", href)


def _fitting(entries: Iterable[Entry], words: list[str]) -> Iterator[Entry]:
    for entry in entries:
        low = entry.words.lower()
        if all(word in low for word in words):
            yield entry


def _pages(actor: Actor) -> Iterator[Entry]:
    for name, words, icon, permission in _PAGES:
        if not actor.can(permission):
            continue
        try:
            yield Entry(icon, str(words), _("page"), reverse(name))
        except NoReverseMatch:
            continue


def _views(actor: Actor) -> Iterator[Entry]:
    for view in visible_views(actor):
        title = view.title.replace("::", " · ")
        yield Entry("layout-list", title, _("view"), reverse("view", args=[view.pk]))


def _macros(actor: Actor) -> Iterator[Entry]:
    for macro in usable_macros(actor)[:MACROS]:
        yield Entry("zap", macro.title.replace("::", " · "), _("macro"), macro=macro.pk)


def _tickets(text: str, actor: Actor) -> Iterator[Entry]:
    try:
        hits = hits_of(read_query(text, actor), actor)
    except InvalidCondition:
        return
    for ticket in hits.tickets[:TICKETS]:
        words = f"#{ticket.pk} {ticket.subject_or_placeholder}"
        href = reverse("ticket", args=[ticket.pk])
        hint = f"{ticket.requester.display_name} · {ticket.get_status_display()}"
        yield Entry("ticket", words, _("ticket"), href, hint=hint)


def _people(text: str, actor: Actor) -> Iterator[Entry]:
    for person in search_users(text, actor)[:EACH]:
        hint = person.email or ""
        yield Entry("user", person.display_name, _("person"), person_url(person), hint=hint)
    for company in search_organizations(text, actor)[:EACH]:
        yield Entry("building-2", company.name, _("organization"), organization_url(company))
