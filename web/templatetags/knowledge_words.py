from __future__ import annotations

from django import template

from knowledge.models import Category, Section

register = template.Library()


@register.simple_tag
def name_in(row: Category | Section, language: str) -> str:
    """A heading's own name in a language; empty where it has none."""
    return str(row.names.get(language, ""))
