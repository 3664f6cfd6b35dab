"""The words of a search as a filter on tickets."""

from __future__ import annotations

from django.contrib.postgres.search import SearchQuery
from django.db.models import Q

from core.search_text import as_tsquery


def has_words(text: str) -> Q:
    """Tickets in which staff finds all of the words; none where there is nothing to look for."""
    query = as_tsquery(text)
    if not query:
        return Q(pk__in=[])
    return Q(search_document__everything=SearchQuery(query, config="helpdesk", search_type="raw"))
