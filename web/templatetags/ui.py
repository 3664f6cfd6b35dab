"""The small words of every page.

Plain functions with cached html: a list calls them hundreds of times.
"""

from __future__ import annotations

import json
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Any

from django import template
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, get_language_info, ngettext, pgettext
from django.utils.translation import gettext as _

from accounts.models import IdentityKind, User
from core import clock
from macros.models import Availability
from macros.routing.team import state_of
from tickets.models import Attachment, Channel, Priority, Status, Ticket
from web import icons

register = template.Library()

HUES = 10
_CHANNELS = dict(Channel.choices)


@register.simple_tag
@lru_cache(maxsize=512)
def icon(name: str, label: str = "", css: str = "") -> SafeString:
    """An icon of the sprite: a picture of that name with a label, decoration without one."""
    if name not in icons.NAMES:
        raise template.TemplateSyntaxError(f"There is no icon {name!r}; add it to web/icons.py.")
    meaning = format_html('role="img" aria-label="{}"', label) if label else 'aria-hidden="true"'
    return format_html(
        '<svg class="icon{}" {}><use href="{}#{}"></use></svg>',
        f" {css}" if css else "", mark_safe(meaning), static("vendor/lucide/icons.svg"), name,  # noqa: S308  built above
    )  # fmt: skip


@register.simple_tag
def avatar(person: User | None, size: str = "") -> SafeString:
    """A photo, or initials on the person's colour; hidden from readers, since the name stands
    beside it. A list that has not loaded the photo shows the initials: no query a row.
    """
    if person is None:
        return mark_safe("")
    photo = person.__dict__.get("photo", "") if type(person) is User else person.photo
    if photo and person.is_staff_member:
        return _photo(photo, size)
    return _avatar(person.initials, person.pk % HUES, size)


@register.simple_tag
def agent_avatar(person: User | None, size: str = "", state: str = "") -> SafeString:
    """The avatar with a dot for the agent's state; one query unless `agent_status` is loaded."""
    if person is None:
        return mark_safe("")
    state = state or state_of(person)
    words = Availability(state).label
    return format_html(
        '<span class="with-state" title="{}">{}<span class="state-dot is-{}"></span>'
        '<span class="sr-only">{}</span></span>',
        words, avatar(person, size), state, words,
    )  # fmt: skip


@lru_cache(maxsize=2048)
def _photo(photo: str, size: str) -> SafeString:
    return format_html(
        '<img class="avatar{}" src="{}" alt="" loading="lazy" decoding="async">',
        f" {size}" if size else "", reverse("photo", args=[photo]),
    )  # fmt: skip


@lru_cache(maxsize=2048)
def _avatar(initials: str, hue: int, size: str) -> SafeString:
    return format_html(
        '<span class="avatar{} hue-{}" aria-hidden="true">{}</span>',
        f" {size}" if size else "", hue, initials,
    )  # fmt: skip


@register.simple_tag
def status_pill(status: str) -> SafeString:
    """The status as a colour and as its word."""
    return _status_pill(status, get_language())


@lru_cache(maxsize=64)
def _status_pill(status: str, _language: str | None) -> SafeString:
    return format_html('<span class="pill {}">{}</span>', status, Status(status).label)


@register.simple_tag
def channel_icon(channel: str) -> SafeString:
    """The way a ticket came in, as an icon with its name."""
    return icon(icons.OF_CHANNEL.get(channel, "plug"), str(_CHANNELS.get(channel, channel)))


@register.simple_tag
def identity_icon(kind: str) -> SafeString:
    """A way to reach somebody, as an icon with its name."""
    return icon(icons.OF_IDENTITY.get(kind, "at-sign"), str(IdentityKind(kind).label))


@register.simple_tag
def priority_word(priority: str) -> SafeString:
    """The priority's word, bold when urgent; a dash where none was set."""
    return _priority_word(priority, get_language())


@lru_cache(maxsize=64)
def _priority_word(priority: str, _language: str | None) -> SafeString:
    if not priority:
        return mark_safe('<span class="hint">—</span>')
    return format_html('<span class="priority-{}">{}</span>', priority, Priority(priority).label)


@register.simple_tag
def ago(instant: datetime | None) -> SafeString:
    """How long ago, the exact time on hover; `<relative-times>` keeps it true in the browser."""
    if instant is None:
        return mark_safe('<span class="hint">—</span>')
    local = timezone.localtime(instant)
    # All three are made of digits and our own words.
    return mark_safe(  # noqa: S308
        f'<time datetime="{instant.isoformat(timespec="seconds")}" title="{exact(local)}">'
        f"{relative(clock.now() - instant, local)}</time>"
    )


def exact(local: datetime) -> str:
    """`21 Nov 2026, 16:04` in the reader's time zone (already applied)."""
    return f"{_day(local.date(), get_language())}, {local:%H:%M}"


@lru_cache(maxsize=2048)
def _day(day: date, _language: str | None) -> str:
    """`21 Nov 2026`: a list says the same few days again and again.

    Translators order the parts: `j. M Y`, `Y年n月j日`, `M j, Y`.
    """
    return date_format(day, pgettext("format of a date", "j M Y"))


def relative(age: timedelta, local: datetime) -> str:
    """`now`, `5 min`, `3 h`, `yesterday`, `4 d`, `12 Nov`, `12 Nov 2025`."""
    minutes = int(age.total_seconds() // 60)
    if minutes < 1:
        return _("now")
    if minutes < 60:
        return _("%(minutes)d min") % {"minutes": minutes}
    if minutes < 24 * 60:
        return _("%(hours)d h") % {"hours": minutes // 60}
    if minutes < 7 * 24 * 60:
        return _("%(days)d d") % {"days": minutes // 1440}
    same_year = local.year == clock.now().year
    if same_year:
        return date_format(local, pgettext("format of a date of this year", "j M"))
    return date_format(local, pgettext("format of a date", "j M Y"))


@register.simple_tag
def dom_id(*parts: object) -> str:
    """The id of a thing on the page: `{% dom_id ticket "sidebar" %}` → `ticket-42-sidebar`."""
    return "-".join(_id_part(part) for part in parts)


def _id_part(part: object) -> str:
    if isinstance(part, Ticket):
        return f"ticket-{part.pk}"
    pk = getattr(part, "pk", None)
    return f"{type(part).__name__.lower()}-{pk}" if pk is not None else str(part)


@register.simple_tag(takes_context=True)
def querystring_with(context: template.Context, **changes: Any) -> str:
    """The page's own query string with some values set, or removed when None or empty."""
    query = context["request"].GET.copy()
    for name, value in changes.items():
        if value in (None, ""):
            query.pop(name, None)
        else:
            query[name] = str(value)
    return "?" + query.urlencode() if query else "."


@register.filter
def file_size(size: int) -> str:
    """`182 kB`: decimal units, as file managers show them."""
    if size < 1_000:
        return ngettext("%(n)d byte", "%(n)d bytes", size) % {"n": size}
    if size < 1_000_000:
        return f"{size / 1_000:.0f} kB"
    return f"{size / 1_000_000:.1f} MB"


@register.simple_tag
def file_url(file: Attachment) -> str:
    """Where an attachment is served (web.files); its name is in the address for people only."""
    return reverse("file", args=[file.pk, file.filename or "file"])


@register.simple_tag
def property_form(ticket: Ticket, name: str) -> SafeString:
    """Attributes of a form that saves one property as soon as it changes, or one is chosen of a
    list box (<people-suggest>).

    Enter fires `change` and `submit`: hx-sync lets the first through and drops the second.
    """
    return format_html(
        'autocomplete="off" hx-post="{}" '
        'hx-trigger="change, submit, person-chosen" hx-sync="this:drop" '
        'hx-target="#ticket-{}-properties" hx-swap="outerHTML" '
        "hx-vals='{}'",
        reverse("ticket_properties", args=[ticket.pk]), ticket.pk,
        json.dumps({"property": name, "version": ticket.version}),
    )  # fmt: skip


@register.simple_tag
def assignment_option(group_id: int, agent_id: int, chosen: str | None) -> SafeString:
    """The start tag of an agent's option in a list of groups and agents."""
    value = f"{group_id}/{agent_id}"
    selected = mark_safe(" selected") if value == chosen else ""
    return format_html('<option value="{}"{}>', value, selected)


@register.simple_tag
def language_name(tag: str) -> str:
    """`Spanish` for `es` or `es-MX`; the tag itself where Django knows no name."""
    return _language_name(tag, get_language())


@lru_cache(maxsize=256)
def _language_name(tag: str, _language: str | None) -> str:
    try:
        return str(get_language_info(tag.lower())["name_translated"])
    except KeyError:
        return tag


@register.filter
def may(actor: Any, permission: str) -> bool:
    """Whether an actor has a permission: links that lead nowhere for somebody are not shown."""
    return bool(actor) and actor.can(permission)
