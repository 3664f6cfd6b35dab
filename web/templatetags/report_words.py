from django import template

register = template.Library()


@register.filter
def thousands(count: int) -> str:
    """`3,482`."""
    return f"{count:,}"
