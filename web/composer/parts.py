"""What a composer's markup needs to know: where it asks, and what is added to a reply."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Max
from django.urls import Resolver404, resolve, reverse

from accounts.actor import Actor
from accounts.models import User
from channels_in.accounts import account_of, email_accounts
from channels_in.email.sending.signatures import signature_text
from channels_in.models import ChannelAccount
from channels_in.social.openings import opening_of
from tickets.models import Comment, Ticket
from tickets.selectors.drafts import my_draft
from web.agent.moments import opening_words
from web.composer.drafts import shape

ARTICLES = "/knowledge/insert/"  # of the knowledge base, where there is one


@dataclass(frozen=True, slots=True)
class ComposerUrls:
    """`about`: inputs of a new ticket that say whose values are meant.

    `field` is the text's id on the page; `is_small`: fewer tools; `hint` stands in the empty text.
    """

    people: str = ""
    placeholders: str = ""
    articles: str = ""
    about: str = ""
    css: str = ""
    rows: int = 0
    text: str = ""
    html: str = ""
    field: str = "body"
    hint: str = ""
    is_small: bool = False


@dataclass(frozen=True, slots=True)
class Begun:
    """With what a composer is opened. `opening`: when the house opens next, in words.
    `first_words`: what begins the first public answer.
    """

    seen: int = 0  # the newest message there is
    draft_json: str = "null"
    signature: str = ""
    opening: str = ""
    first_words: str = ""


def begun_of(ticket: Ticket, actor: Actor, latest: Sequence[Comment]) -> Begun:
    """`latest` are the newest messages where they are loaded. Two or three queries."""
    return Begun(
        seen=_newest(ticket, latest),
        draft_json=json.dumps(shape(my_draft(actor, ticket.pk))),
        signature=signature_for(ticket, actor),
        opening=opening_words(ticket),
        first_words=opening_of(ticket, ticket.channel),
    )


def _newest(ticket: Ticket, latest: Sequence[Comment]) -> int:
    if latest:
        return max(comment.pk for comment in latest)
    return ticket.comments.aggregate(newest=Max("pk"))["newest"] or 0


def urls_of(number: int) -> ComposerUrls:
    """Those of a ticket's composer."""
    return ComposerUrls(
        people=reverse("composer:people", args=[number]),
        placeholders=reverse("composer:placeholders", args=[number]),
        articles=articles_url(),
    )


def urls_of_new(values: Mapping[str, str]) -> ComposerUrls:
    """Those of the form for a new ticket, with the text that comes back with a mistake."""
    return ComposerUrls(
        people=reverse("composer:people"), placeholders=reverse("composer:placeholders"),
        articles=articles_url(), about="requester requester_name subject assignment",
        css=" tall", rows=7, text=values.get("body", ""), html=values.get("html", ""),
    )  # fmt: skip


def articles_url() -> str:
    """Empty while there is no knowledge base: then nothing of it is offered."""
    try:
        resolve(ARTICLES)
    except Resolver404:
        return ""
    return ARTICLES


def signature_for(ticket: Ticket, actor: Actor) -> str:
    """What will stand beneath the actor's reply: shown, never put into the text."""
    is_own = ticket.assignee_id == actor.user_id
    agent = ticket.assignee if is_own else User.objects.filter(pk=actor.user_id).first()
    return signature_text(ticket, agent, _account(ticket)) if agent else ""


def _account(ticket: Ticket) -> ChannelAccount:
    """The address the reply will leave from; a page that is only read makes none."""
    accounts = email_accounts().values()
    written_to = account_of(ticket.recipient) if ticket.recipient else None
    return written_to or next((row for row in accounts if row.is_default), ChannelAccount())
