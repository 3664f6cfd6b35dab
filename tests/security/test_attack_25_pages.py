"""Attack 25, the pages: every address × every kind of person, generated from the URL patterns.

What each page shows is tested with the page; here no address may be forgotten, answer an error,
show what its reader may not know, or change anything for who may not change it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from tests.factories import as_actor, sign_in
from tests.security.conftest import SECRET
from tickets.actions import SideDraft, open_side_conversation
from tickets.models import Comment, SideConversation, Ticket

PUBLIC = {
    "chat/widget.js", "healthz", "favicon.ico", "manifest.webmanifest", "service-worker.js",
    "offline/", "sign-in/",
    "password/reset/", "password/reset/sent/",
    "password/reset/<uidb64>/<token>/", "help/", "help/<slug:language>/",
    "help/<slug:language>/search/", "help/<slug:language>/suggestions/",
    "request/", "request/embed.js", "request/<slug:form_slug>/",
    "request/<slug:form_slug>/accent.css", "request/<slug:form_slug>/thanks/",
    "request/<slug:form_slug>/embed/", "request/<slug:form_slug>/embed/thanks/",
}  # fmt: skip
OUTSIDERS = ("anonymous", "stranger", "agent of another group")
CUSTOMERS = ("anonymous", "stranger", "cc", "customer")
SUBJECT = "The parcel did not arrive"


def page_routes(patterns=None, prefix: str = "") -> Iterator[str]:
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        route = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver) and not route.startswith("api/"):
            yield from page_routes(pattern.url_patterns, route)
        elif isinstance(pattern, URLPattern):
            yield route


ROUTES = sorted(set(page_routes()))


def address(route, world) -> str:
    values = {
        "<int:job_id>": 1, "<int:post_id>": 1, "<int:incident_id>": 1,
        "<int:person_id>": world.ticket.requester_id, "<int:identity_id>": 1,
        "<slug:verb>": "verify", "<int:organization_id>": 1,
        "<slug:name>": "notes",
        "<int:skill_id>": 1, "<int:group_id>": 1, "<int:user_id>": 1, "<slug:role>": "agent",
        "<int:number>": world.ticket.pk, "<int:view_id>": world.view.pk,
        "<int:attachment_id>": world.secret_file.pk, "<int:upload_id>": world.secret_file.pk,
        "<int:delivery_id>": world.ticket.deliveries.order_by("id").first().pk,
        "<int:comment_id>": world.ticket.comments.order_by("id").first().pk,
        "<path:filename>": "secret.txt", "<slug:table>": "weeks", "<uidb64>": "MQ",
        "<token>": "guess", "<int:item_id>": 1, "<int:mail_id>": 1, "<int:index>": 0,
        "<int:macro_id>": 1, "<int:content_id>": 1, "<int:webhook_id>": 1, "<int:invocation_id>": 1,
        "<int:account_id>": 1, "<int:schedule_id>": 1, "<int:rule_id>": 1, "<slug:token>": "guess",
        "<str:file_token>": "guess", "<str:hook_token>": "guess", "<str:hook_key>": "guess",
        "<slug:channel>": "x", "<int:connection_id>": 1,
        "<slug:provider>": "postmark",
        "<slug:kind>": "inbound", "<slug:what>": "person", "<slug:about>": "status",
        "<uuid:side_id>": side_of(world).uuid, "<int:side_file_id>": 1, "<int:awaited_id>": 1,
        "<int:run_id>": 1, "<int:rehearsal_id>": 1, "<int:category_id>": 1, "<int:link_id>": 1,
        "<int:field_id>": 1, "<int:form_id>": 1, "<int:merge_id>": 1,
        "<int:translation_id>": 1, "<int:section_id>": 1, "<int:revision>": 1,
        "<int:article_id>": 1, "<slug:language>": "en", "<slug:form_slug>": "contact",
        "<slug:slug>": "orders",
            "<int:message_id>": 1, "<int:audit_id>": 1, "<str:place>": "side-mail",
        "<slug:key>": "0" * 20, "<slug:chat_key>": "0" * 32, "<int:widget_id>": 1,
        "<slug:product>": "lamp", "<int:device_id>": 1, "<int:chat_id>": 1,
        "<slug:photo>": "0" * 32,
    }  # fmt: skip
    for placeholder, value in values.items():
        route = route.replace(placeholder, str(value))
    assert "<" not in route, f"say here what {route} stands for"
    return f"/{route}"


def side_of(world) -> SideConversation:
    """A side conversation of the ticket, with the secret in it."""
    found = SideConversation.objects.filter(ticket=world.ticket).first()
    return found or open_side_conversation(
        actor=as_actor(world.people["agent"]), ticket_id=world.ticket.pk, subject=SECRET,
        message=SideDraft(body=SECRET, to={"third@party.example": ""}),
    )  # fmt: skip


def browser_of(person) -> Client:
    browser = Client(raise_request_exception=False)
    return sign_in(browser, person) if person else browser


def window(world, person: str, **options: Any) -> Client:
    """A browser of one of the world's people, signed in as they are there."""
    browser = Client(raise_request_exception=False, **options)
    if user := world.people[person]:
        browser.cookies[settings.SESSION_COOKIE_NAME] = world.sessions[user.pk]
    return browser


def content_of(answer) -> str:
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return body.decode(errors="replace")


def state(ticket) -> tuple[object, ...]:
    ticket.refresh_from_db()
    return ticket.version, ticket.status, ticket.deleted_at, Comment.objects.count()


def test_the_routes_are_found():
    assert len(ROUTES) > 30
    assert set(ROUTES) > PUBLIC


@pytest.mark.parametrize("route", ROUTES)
def test_no_page_fails_or_tells_too_much(world, route):
    path = address(route, world)
    for person in world.people:
        answer = window(world, person).get(path, {"q": "zebra", "ids": world.ticket.pk})
        shown = content_of(answer)
        assert answer.status_code < 500, person
        if person in CUSTOMERS:
            assert SECRET not in shown, person
        if person in OUTSIDERS:
            assert SUBJECT not in shown, person
        if person == "anonymous" and route not in PUBLIC:
            assert answer.status_code in (302, 401, 403, 404, 405)


@pytest.mark.parametrize("route", ROUTES)
def test_outsiders_change_nothing(world, route):
    path = address(route, world)
    before = state(world.ticket)
    data = {
        "body": "intruder", "comment": "intruder", "status": "solved", "priority": "urgent",
        "property": "priority", "user": world.people["stranger"].pk, "is_good": "1",
        "score": "good", "version": 1, "submit": "solved", "kind": "public",
    }  # fmt: skip
    for send in (Client.post, Client.put, Client.delete):
        for person in OUTSIDERS:
            answer = send(window(world, person), path, data)
            assert answer.status_code < 500, person
            if answer.status_code == 405:
                break  # whoever asks
    assert state(world.ticket) == before
    assert Ticket.objects.filter(subject__contains="intruder").count() == 0


@pytest.mark.parametrize("route", ROUTES)
def test_every_change_needs_a_csrf_token(world, route):
    path = address(route, world)
    before = state(world.ticket)
    for person in ("agent", "customer"):
        browser = window(world, person, enforce_csrf_checks=True)
        answer = browser.post(path, {"body": "forged", "status": "solved"})
        assert answer.status_code in (403, 404, 405), route
    assert state(world.ticket) == before
