"""Where a found person or company is shown."""

from __future__ import annotations

from django import template
from django.urls import NoReverseMatch, reverse
from django.utils.http import urlencode

from accounts.models import Organization, User

register = template.Library()


@register.simple_tag
def person_url(person: User) -> str:
    """The person's page; of staff, what they have worked on."""
    if person.is_staff_member:
        return _search(f"assignee:{person.pk}")
    try:
        return reverse("people:person", args=[person.pk])
    except NoReverseMatch:
        return _search(f"requester:{person.pk}")


@register.simple_tag
def organization_url(company: Organization) -> str:
    """The company's page."""
    try:
        return reverse("people:organization", args=[company.pk])
    except NoReverseMatch:
        return _search(f"organization:{company.pk}")


def _search(query: str) -> str:
    return f"{reverse('search')}?{urlencode({'q': query})}"
