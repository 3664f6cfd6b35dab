"""Chat widgets: made, changed, their secret renewed."""

from __future__ import annotations

import re
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.actor import Actor
from accounts.roles import Permission
from channels_in.accounts import forget_accounts
from channels_in.chat.errors import WidgetGone
from channels_in.models import Asking, ChannelAccount, ChatWidget
from core import clock
from core.crypto import seal, unseal
from core.storage import blobs
from core.text import storable
from tickets import policies
from tickets.errors import InvalidChange
from tickets.models import Channel

OLD_SECRET_LASTS = timedelta(hours=24)
TEXTS = {"heading": 80, "greeting": 400, "offline": 400}  # letters of each
QUESTIONS, CHOICES, SITES = 8, 20, 50
KINDS = ("text", "long", "choice")
AWAY = (15, 3600)  # seconds
_COLOR = re.compile(r"#[0-9a-f]{6}")
_HOST = r"(?:\*\.)?[a-z0-9](?:[a-z0-9.-]{0,250}[a-z0-9])?|\[[0-9a-f:.]+\]"
_PLACE = re.compile(rf"(?:{_HOST})(?::[0-9]{{1,5}})?")


@dataclass(frozen=True, slots=True)
class WidgetChanges:
    """All that can be set about a widget; what is saved is what is given."""

    name: str
    sites: Sequence[str] = ()
    group_id: int | None = None
    schedule_id: int | None = None
    language: str = ""
    color: str = ""
    side: str = ChatWidget.Side.END
    texts: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    questions: Sequence[Mapping[str, Any]] = ()
    asks_name: str = Asking.OPTIONAL
    asks_email: str = Asking.OPTIONAL
    offers_help: bool = True
    takes_files: bool = True
    away_seconds: int = 60
    reply_account_id: int | None = None
    is_active: bool = True


@transaction.atomic
def create_widget(*, actor: Actor, name: str, sites: Sequence[str] = ()) -> ChatWidget:
    """A widget with a key and a secret of its own. Raises NotPermitted, InvalidChange."""
    policies.require(actor, Permission.MANAGE_CHANNELS)
    now = clock.now()
    account = ChannelAccount.objects.create(
        channel=Channel.CHAT, address=secrets.token_hex(10), name=_name(name), created_at=now,
        updated_at=now,
    )  # fmt: skip
    widget = ChatWidget.objects.create(
        account=account, sites=clean_sites(sites), sealed_secret=seal(secrets.token_urlsafe(32)),
        created_at=now, updated_at=now,
    )  # fmt: skip
    transaction.on_commit(forget_accounts)
    return widget


@transaction.atomic
def update_widget(*, actor: Actor, widget_id: int, changes: WidgetChanges) -> ChatWidget:
    """Save all of it. Raises NotPermitted, WidgetGone, InvalidChange (naming the field)."""
    widget = _locked(actor, widget_id)
    account = widget.account
    account.name, account.is_active = _name(changes.name), changes.is_active
    account.group_id, account.schedule_id = changes.group_id, changes.schedule_id
    account.language, account.brand_color = changes.language, _color(changes.color)
    account.updated_at = widget.updated_at = clock.now()
    account.save(update_fields=["name", "is_active", "group", "schedule", "language",
                                "brand_color", "updated_at"])  # fmt: skip
    widget.sites, widget.side = clean_sites(changes.sites), _one_of(changes.side, "side")
    widget.texts, widget.questions = _texts(changes.texts), _questions(changes.questions)
    widget.asks_name = _asking(changes.asks_name)
    widget.asks_email = _asking(changes.asks_email)
    widget.offers_help, widget.takes_files = changes.offers_help, changes.takes_files
    if not AWAY[0] <= changes.away_seconds <= AWAY[1]:
        raise InvalidChange("away_seconds", _("Choose between 15 seconds and an hour."))
    widget.away_seconds = changes.away_seconds
    widget.reply_account_id = changes.reply_account_id
    widget.save()
    transaction.on_commit(forget_accounts)
    return widget


@transaction.atomic
def rotate_widget_secret(*, actor: Actor, widget_id: int, at_once: bool = False) -> str:
    """A new secret, which is returned. The old one counts for another day, so that the site can be
    changed meanwhile; not with `at_once`, for a secret that others know. Raises as update_widget.
    """
    widget = _locked(actor, widget_id)
    secret = secrets.token_urlsafe(32)
    widget.sealed_old_secret = "" if at_once else widget.sealed_secret
    widget.old_secret_ends_at = None if at_once else clock.now() + OLD_SECRET_LASTS
    widget.sealed_secret, widget.updated_at = seal(secret), clock.now()
    widget.save(update_fields=["sealed_old_secret", "old_secret_ends_at", "sealed_secret",
                               "updated_at"])  # fmt: skip
    return secret


def widget_secret(*, actor: Actor, widget: ChatWidget) -> str:
    """The secret, for who may manage channels. Raises NotPermitted, CannotUnseal."""
    policies.require(actor, Permission.MANAGE_CHANNELS)
    return unseal(widget.sealed_secret)


@transaction.atomic
def set_widget_logo(*, actor: Actor, widget_id: int, picture: bytes | None) -> ChatWidget:
    """Keep a picture that was cleaned already (core.pictures), or take it away."""
    widget = _locked(actor, widget_id)
    before, widget.logo = widget.logo, blobs.keep(picture) if picture else ""
    widget.save(update_fields=["logo"])
    if before:
        transaction.on_commit(lambda: blobs.discard(before))
    return widget


def clean_sites(sites: Sequence[str]) -> list[str]:
    """Origins, `https://shop.example` or `https://*.shop.example`, each once.

    Raises InvalidChange (sites). Plain HTTP is for this machine only.
    """
    found = []
    for site in sites:
        text = site.strip().lower().rstrip("/")
        if not text:
            continue
        scheme, _sep, place = (text if "://" in text else f"https://{text}").partition("://")
        host = place.rsplit(":", 1)[0]
        is_local = host in ("localhost", "127.0.0.1", "[::1]") or host.endswith(".localhost")
        is_known = scheme == "https" or (scheme == "http" and is_local)
        if not is_known or not _PLACE.fullmatch(place):
            raise InvalidChange(
                "sites", _("%(site)s is no address of a site, such as https://shop.example.")
                % {"site": site.strip()[:100]},
            )  # fmt: skip
        found.append(f"{scheme}://{place}")
    if len(found) > SITES:
        raise InvalidChange("sites", _("There can be at most 50 sites."))
    return list(dict.fromkeys(found))


def _locked(actor: Actor, widget_id: int) -> ChatWidget:
    policies.require(actor, Permission.MANAGE_CHANNELS)
    widgets = ChatWidget.objects.select_for_update(of=("self",)).select_related("account")
    widget = widgets.filter(pk=widget_id).first()
    if widget is None:
        raise WidgetGone
    return widget


def _name(name: str) -> str:
    name = " ".join(storable(name).split())[:100]
    if not name:
        raise InvalidChange("name", _("Give it a name; visitors see it."))
    return name


def _color(color: str) -> str:
    color = color.strip().lower()
    if color and not _COLOR.fullmatch(color):
        raise InvalidChange("color", _("Choose a colour, such as #1f6feb."))
    return color


def _one_of(side: str, name: str) -> str:
    if side not in ChatWidget.Side.values:
        raise InvalidChange(name, _("Choose one of the list."))
    return side


def _asking(value: str) -> str:
    return value if value in Asking.values else Asking.OPTIONAL


def _texts(texts: Mapping[str, Mapping[str, str]]) -> dict[str, dict[str, str]]:
    kept = {}
    for language, words in texts.items():
        own = {name: storable(str(words.get(name, ""))).strip()[:n] for name, n in TEXTS.items()}
        if any(own.values()):
            kept[language[:8]] = {name: text for name, text in own.items() if text}
    return kept


def _questions(questions: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    kept: list[dict[str, Any]] = []
    for question in questions[:QUESTIONS]:
        label = " ".join(storable(str(question.get("label", ""))).split())[:100]
        kind = question.get("kind") if question.get("kind") in KINDS else "text"
        raw = question.get("choices") or []
        choices = [" ".join(storable(str(each)).split())[:80] for each in raw]
        choices = list(dict.fromkeys(filter(None, choices)))[:CHOICES]
        if not label:
            continue
        if kind == "choice" and len(choices) < 2:
            raise InvalidChange("questions", _("“%(q)s” needs two choices.") % {"q": label})
        kept.append({
            "label": label, "kind": kind, "choices": choices if kind == "choice" else [],
            "is_required": bool(question.get("is_required")),
        })  # fmt: skip
    return kept
