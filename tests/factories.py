"""People and tickets for tests, made through actions as everything is."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import Any

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.test import Client
from rest_framework.test import APIClient

from accounts.actions import (
    add_to_group,
    create_api_token,
    create_group,
    create_organization,
    create_user,
)
from accounts.actor import Actor, actor_for, system_actor
from accounts.models import Group, Organization, User
from accounts.roles import Role
from knowledge.actions import create_article, save_category, save_section
from knowledge.drafts import ArticleDraft, SectionDraft
from knowledge.models import ArticleTranslation, Section
from tickets.actions import create_ticket
from tickets.drafts import CommentDraft, TicketDraft
from tickets.models import Ticket

PASSWORD = "correct horse battery"
SETUP = system_actor("tests")


def as_actor(user: User, *, channel: str = "web") -> Actor:
    """The actor of a person, with the rights they have at this moment."""
    return actor_for(User.objects.get(pk=user.pk), channel=channel)


def make_user(
    name: str,
    role: str = Role.CUSTOMER,
    *,
    groups: Sequence[Group] = (),
    domain: str = "example.com",
    **overrides: Any,
) -> User:
    """A person whose address is their first name; staff may be put into groups at once."""
    user = create_user(
        **{
            "actor": SETUP,
            "name": name,
            "email": f"{name.split()[0].lower()}@{domain}",
            "role": role,
            "password": PASSWORD,
            "organization_id": _organization_of(domain),
            "is_verified": True,
            **overrides,
        }
    )
    for group in groups:
        add_to_group(actor=SETUP, user=user, group=group)
    return user


def _organization_of(domain: str) -> int | None:
    found = Organization.objects.filter(domains__contains=[domain])
    return found.values_list("pk", flat=True).first()


def make_group(name: str) -> Group:
    return create_group(actor=SETUP, name=name)


def make_organization(name: str, *, domains: Sequence[str] = ()) -> Organization:
    return create_organization(actor=SETUP, name=name, domains=domains)


class Cast:
    """The people, groups and company of the tests; each is made when it is first asked for."""

    @cached_property
    def support(self) -> Group:
        return make_group("Support")

    @cached_property
    def billing(self) -> Group:
        return make_group("Billing")

    @cached_property
    def nordwind(self) -> Organization:
        """The company carol and dave work for."""
        return make_organization("Nordwind", domains=["nordwind.example"])

    @cached_property
    def alice(self) -> User:
        """An agent in Support."""
        return make_user("Alice Archer", Role.AGENT, groups=[self.support])

    @cached_property
    def bob(self) -> User:
        """An agent in Billing."""
        return make_user("Bob Baker", Role.AGENT, groups=[self.billing])

    @cached_property
    def lead(self) -> User:
        return make_user("Lena Lead", Role.LEAD, groups=[self.support])

    @cached_property
    def admin(self) -> User:
        return make_user("Ada Admin", Role.ADMIN, groups=[self.support])

    @cached_property
    def lightly(self) -> User:
        """A light agent in Support: reads, writes internal notes, nothing else."""
        return make_user("Lightly Lightfoot", Role.LIGHT_AGENT, groups=[self.support])

    @cached_property
    def carol(self) -> User:
        """A customer of Nordwind."""
        return self._of_nordwind("Carol Customer")

    @cached_property
    def dave(self) -> User:
        """Carol's colleague in the same organisation."""
        return self._of_nordwind("Dave Colleague")

    @cached_property
    def mallory(self) -> User:
        """A customer who tries what customers should not."""
        return make_user("Mallory Meddler", domain="elsewhere.example")

    def _of_nordwind(self, name: str) -> User:
        return make_user(name, domain=self.nordwind.domains[0])


def make_ticket(
    *,
    requester: User,
    actor: Actor | None = None,
    author: User | None = None,
    subject: str = "The parcel did not arrive",
    body: str = "I have been waiting for two weeks.",
    is_public: bool = True,
    channel: str = "email",
    comment: dict[str, Any] | None = None,
    **draft: Any,
) -> Ticket:
    """A ticket as it comes in by mail from `requester`; `draft` goes into the TicketDraft.

    Without an actor the system makes it, as the mail funnel does.
    """
    first = CommentDraft(
        author_id=(author or requester).pk, body=body, is_public=is_public, channel=channel,
        **(comment or {}),
    )  # fmt: skip
    return create_ticket(
        actor=actor or system_actor("mail", channel=channel),
        draft=TicketDraft(
            subject=subject, comment=first, requester_id=requester.pk, channel=channel, **draft
        ),
    )


def make_article(
    title: str = "Send something back",
    *,
    body: str = "<p>Print the label and bring the parcel to a shop.</p>",
    language: str = "en",
    visibility: str = "everyone",
    state: str = "published",
    section: Section | None = None,
    actor: Actor = SETUP,
) -> ArticleTranslation:
    """An article in the section Returns of the category Orders, which are made once."""
    if section is None:
        section = Section.objects.filter(name="Returns").first()
    if section is None:
        category = save_category(actor=SETUP, draft=SectionDraft("Orders"))
        section = save_section(actor=SETUP, draft=SectionDraft("Returns", category_id=category.pk))
    draft = ArticleDraft(section.pk, language, title, body, visibility)
    return create_article(actor=actor, draft=draft, state=state)


def sign_in(browser: Client, user: User) -> Client:
    """As Client.force_login, which needs a dozen queries for it."""
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.save(must_create=True)
    browser.cookies[settings.SESSION_COOKIE_NAME] = session.session_key
    return browser


def api_client(user: User | None = None) -> APIClient:
    """A program with a token of this person's, or without any."""
    client = APIClient()
    if user:
        _, secret = create_api_token(actor=SETUP, user=user, name="tests")
        client.credentials(HTTP_AUTHORIZATION=f"Bearer {secret}")
    return client
