"""Request forms: where visitors write to us, what is asked of them, which sites may show it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.core.validators import validate_slug
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.actor import Actor
from accounts.errors import NotPermitted
from accounts.models import Group
from accounts.roles import Permission
from channels_in.models import ChannelAccount, RequestForm
from core import clock
from core.text import storable
from tickets.errors import InvalidChange, TicketError
from tickets.models import Channel, TicketForm

DIFFICULTIES = (0, 15, 17, 19, 21)  # bits of the proof of work
MOST_SITES = 50
_COLOR = re.compile(r"#[0-9a-fA-F]{6}")
# A source of CSP's frame-ancestors: scheme, host (its first label may be "*"), port (or "*").
_SITE = re.compile(
    r"https?://(?:\*\.)?[a-z0-9](?:[a-z0-9.-]{0,250}[a-z0-9])?(?::(?:[0-9]{1,5}|\*))?",
    re.IGNORECASE,
)


class RequestFormGone(TicketError):
    """There is no such request form."""

    def __init__(self) -> None:
        super().__init__("This form no longer exists; somebody may have removed it.")


@dataclass(frozen=True, slots=True)
class RequestFormDraft:
    """A request form as it is written in the settings."""

    title: str
    slug: str
    intro: str = ""
    thanks: str = ""
    ticket_form_id: int | None = None
    group_id: int | None = None
    language: str = ""
    color: str = ""
    sites: Sequence[str] = ()
    difficulty: int = 17
    takes_files: bool = True


@transaction.atomic
def save_request_form(
    *, actor: Actor, draft: RequestFormDraft, form_id: int | None = None
) -> RequestForm:
    """Make a request form, or change one. Raises NotPermitted, RequestFormGone, InvalidChange
    (title, slug, sites, color, difficulty, ticket_form, group).
    """
    _require(actor)
    form = _lock(form_id) if form_id is not None else None
    now = clock.now()
    account = form.account if form else ChannelAccount(channel=Channel.WEB, created_at=now)
    account.name, account.address = _title(draft.title), _slug(draft.slug, account)
    account.group_id, account.language = _group(draft.group_id), draft.language[:35]
    account.brand_color, account.updated_at = _color(draft.color), now
    account.save()
    if form is None:
        form = RequestForm(account=account, created_at=now)
    form.ticket_form_id = _ticket_form(draft.ticket_form_id)
    form.intro = storable(draft.intro).strip()[:1000]
    form.thanks = storable(draft.thanks).strip()[:1000]
    form.sites = clean_sites(draft.sites)
    if draft.difficulty not in DIFFICULTIES:
        raise InvalidChange("difficulty", _("Choose a difficulty from the list."))
    form.difficulty, form.takes_files, form.updated_at = draft.difficulty, draft.takes_files, now
    form.save()
    return form


@transaction.atomic
def activate_request_form(*, actor: Actor, form_id: int, is_active: bool) -> RequestForm:
    """Switch a form and its page on or off. Raises NotPermitted, RequestFormGone."""
    form = _lock_for(actor, form_id)
    form.account.is_active, form.account.updated_at = is_active, clock.now()
    form.account.save(update_fields=["is_active", "updated_at"])
    return form


@transaction.atomic
def remove_request_form(*, actor: Actor, form_id: int) -> None:
    """Remove a form that nobody has used. Raises NotPermitted, RequestFormGone, InvalidChange."""
    form = _lock_for(actor, form_id)
    if form.account.items.exists():
        raise InvalidChange("form", _("Requests came by this form. Switch it off instead."))
    form.account.delete()


def clean_sites(given: Sequence[str]) -> list[str]:
    """Origins in lower case, without doubles. Raises InvalidChange for what is none."""
    sites = list(dict.fromkeys(site.strip().rstrip("/").lower() for site in given if site.strip()))
    for site in sites:
        if not _SITE.fullmatch(site) or len(site) > 200:
            words = _("“%(site)s” is not a site. Write it as https://www.example.com.")
            raise InvalidChange("sites", words % {"site": site[:60]})
    if len(sites) > MOST_SITES:
        raise InvalidChange("sites", _("There can be at most %(n)d sites.") % {"n": MOST_SITES})
    return sites


def _title(given: str) -> str:
    title = " ".join(storable(given).split())[:100]
    if not title:
        raise InvalidChange("title", _("Give this form a name."))
    return title


def _slug(given: str, account: ChannelAccount) -> str:
    slug = given.strip().lower()
    try:
        validate_slug(slug)
    except ValidationError as error:
        words = _("Write letters, digits and dashes only, such as contact.")
        raise InvalidChange("slug", words) from error
    if len(slug) > 60:
        raise InvalidChange("slug", _("Write at most 60 letters."))
    others = ChannelAccount.objects.filter(channel=Channel.WEB, address=slug)
    if others.exclude(pk=account.pk).exists():
        raise InvalidChange("slug", _("Another form has this address."))
    return slug


def _color(given: str) -> str:
    color = given.strip().lower()
    if color and not _COLOR.fullmatch(color):
        raise InvalidChange("color", _("Write a colour as #17413a."))
    return color


def _group(pk: int | None) -> int | None:
    if pk is not None and not Group.objects.filter(pk=pk).exists():
        raise InvalidChange("group", _("Choose a group from the list."))
    return pk


def _ticket_form(pk: int | None) -> int | None:
    if pk is not None and not TicketForm.objects.filter(pk=pk).exists():
        raise InvalidChange("ticket_form", _("Choose a ticket form from the list."))
    return pk


def _lock_for(actor: Actor, form_id: int) -> RequestForm:
    _require(actor)
    return _lock(form_id)


def _lock(form_id: int) -> RequestForm:
    forms = RequestForm.objects.select_for_update(of=("self",)).select_related("account")
    form = forms.filter(pk=form_id).first()
    if form is None:
        raise RequestFormGone
    return form


def _require(actor: Actor) -> None:
    if not actor.can(Permission.MANAGE_CHANNELS):
        raise NotPermitted
