"""Who changed what about a person or an organization: one page of it, in words."""

from __future__ import annotations

from dataclasses import dataclass

from accounts.models import Organization, PeopleEvent, PersonField, User
from core.pages import Keyset, keyset_page
from web.people.words import Told, told

_BY_AGE = Keyset("id")


@dataclass(frozen=True, slots=True)
class HistoryPage:
    rows: list[Told]
    next_cursor: str | None
    previous_cursor: str | None


def page_of_history(about: User | Organization, *, cursor: str = "") -> HistoryPage:
    """Latest first: three queries. Raises core.pages.BadCursor."""
    page = keyset_page(
        about.people_events.select_related("author"), _BY_AGE, cursor=cursor, size=30
    )
    titles = dict(PersonField.objects.values_list("key", "title"))
    companies = dict(
        Organization.objects.filter(pk__in=_companies(page.rows)).values_list("pk", "name")
    )
    rows = [told(event, titles, companies) for event in page.rows]
    return HistoryPage(rows, page.next_cursor, page.previous_cursor)


def _companies(events: list[PeopleEvent]) -> set[int]:
    named = [event for event in events if event.field_name == "organization_id"]
    return {pk for event in named for pk in (event.previous_value, event.value) if pk}
