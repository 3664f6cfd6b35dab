"""Attack 16: words of strangers and colleagues that are html, in every page that shows them.

Everything that has a name is given one that closes attributes, scripts and comments, and opens an
element that exists nowhere else. Then all pages are read with a parser by everybody; the last test
of tests/browser/test_hostile_words.py opens them.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.http import HttpResponse
from lxml import html as lxml_html

from accounts.actions import UserChanges, update_user
from accounts.models import User
from channels_in.actions.accounts import AccountChanges, update_account
from channels_in.models import Fate, InboundItem
from channels_in.receive import RawMessage, receive
from macros.actions import (
    AutomationDraft,
    MacroDraft,
    TriggerDraft,
    create_automation,
    create_macro,
    create_trigger,
)
from tests.channels_in.conftest import account, arrive  # noqa: F401
from tests.factories import SETUP, as_actor, make_group, make_organization, make_user
from tests.security.test_attack_25_pages import ROUTES, browser_of, content_of
from tickets.actions import (
    create_ticket_field,
    create_view,
    install_stock_views,
    keep_upload,
    update_ticket,
)
from tickets.drafts import CommentDraft, TicketChanges
from tickets.models import Delivery, Ticket, View

EVIL = "'\"></script></title></textarea>--><xss onxss=1 href=javascript:x>${7*7}{{7*7}}{% now %}"
SHORT = "\"'><xss onxss=1>"
CREATED = {"all": [{"field": "update_type", "operator": "is", "value": "Create"}]}

pytestmark = pytest.mark.django_db


@dataclass
class Desk:
    ticket: Ticket
    ids: dict[str, Any]
    people: dict[str, User]


@pytest.fixture
def desk(arrive, account, alice, admin, support) -> Desk:  # noqa: F811
    """A desk where every name is evil."""
    install_stock_views(actor=SETUP)
    group = make_group(f"Group {SHORT}")
    make_organization(f"Organisation {EVIL}", domains=["evil.example"])
    agent = make_user(f"Agent {EVIL}", "agent", groups=[support, group], email="agent@example.com")
    fields = {}
    for kind in ("text", "textarea", "tagger"):
        fields[kind] = create_ticket_field(
            actor=as_actor(admin), key=f"evil_{kind}", title=f"Field {EVIL}", type=kind,
            options=[SHORT] if kind == "tagger" else (), is_visible_to_customers=True,
        )  # fmt: skip
    raw = (
        "From: =?utf-8?Q?" + quoted(f"Name {EVIL}") + "?= <carol@evil.example>\r\n"
        "To: support@example.com\r\nCc: =?utf-8?Q?" + quoted(SHORT) + "?= <dave@evil.example>\r\n"
        "Subject: =?utf-8?Q?" + quoted(f"Subject {EVIL}") + "?=\r\n"
        'Content-Type: multipart/mixed; boundary="b"\r\n\r\n--b\r\n\r\n' + f"Text {EVIL}\r\n"
        "--b\r\nContent-Type: image/png\r\n"
        f"Content-Disposition: attachment; filename*=utf-8''{percent(f'File {EVIL}.png')}\r\n\r\nx"
        "\r\n--b--\r\n"
    ).encode()
    item = arrive(raw)
    assert item.ticket, item.reason
    ticket = item.ticket
    values = {str(fields[kind].pk): EVIL for kind in ("text", "textarea")}
    values[str(fields["tagger"].pk)] = SHORT
    upload = keep_upload(actor=as_actor(agent), file=ContentFile(b"x"), filename=f"Up {EVIL}.txt")
    update_ticket(
        actor=as_actor(agent), ticket_id=ticket.pk,
        comment=CommentDraft(author_id=agent.pk, body=f"Reply {EVIL}", upload_ids=(upload.pk,)),
        changes=TicketChanges(
            tags=(SHORT.replace(" ", "_"), "'><xss>"), custom_fields=values, group_id=group.pk,
            assignee_id=agent.pk, subject=f"Other subject {EVIL}",
        ),
    )  # fmt: skip
    carol = User.objects.get(identities__value="carol@evil.example")
    update_user(actor=as_actor(admin), user_id=agent.pk, changes=UserChanges(signature=EVIL))
    update_account(
        actor=as_actor(admin), account_id=account.pk,
        changes=AccountChanges(name=f"Address {EVIL}", group_id=group.pk, signature=EVIL),
    )  # fmt: skip
    receive([RawMessage(account, b"From: x@evil.example\r\n\r\nx", {"via": "smtp", "to": []})])
    InboundItem.objects.exclude(pk=item.pk).update(
        fate=Fate.SUSPENDED, reason="spam", detail=f"Detail {EVIL}", subject=f"Held {EVIL}",
        sender=f"{SHORT}@evil.example"[:250], preview=f"Preview {EVIL}",
    )  # fmt: skip
    Delivery.objects.filter(ticket=ticket).update(state="failed", error=f"550 {EVIL}")
    words = [{"field": "comment_value", "value": {"mode": "append", "text": EVIL}}]
    raised = [{"field": "priority", "value": "high"}]
    hours = {"all": [{"field": "SOLVED", "operator": "is", "value": "24"}]}
    actor = as_actor(admin)
    macro = create_macro(
        actor=actor, draft=MacroDraft(f"Macro {EVIL}", words, description=EVIL, scope="everyone")
    )
    trigger = create_trigger(
        actor=actor, draft=TriggerDraft(f"Trigger {EVIL}", CREATED, raised, description=EVIL)
    )
    automation = create_automation(
        actor=actor, draft=AutomationDraft(f"Automation {EVIL}", hours, raised, description=EVIL)
    )
    view = create_view(
        actor=actor, title=f"View {EVIL}", description=EVIL,
        conditions={"all": [{"field": "status", "operator": "less_than", "value": "closed"}]},
    )  # fmt: skip
    ticket.refresh_from_db()
    held = InboundItem.objects.exclude(pk=item.pk).get()
    ids = {
        "number": ticket.pk, "view_id": view.pk, "macro_id": macro.pk, "trigger_id": trigger.pk,
        "automation_id": automation.pk, "item_id": held.pk, "account_id": account.pk,
        "comment_id": ticket.comments.order_by("id").first().pk, "attachment_id": upload.pk,
        "category_id": trigger.category_id, "filename": "x", "table": "weeks", "what": "people",
    }  # fmt: skip
    return Desk(ticket, ids, {"agent": agent, "admin": admin, "customer": carol})


def quoted(text: str) -> str:
    return "".join(f"={byte:02X}" for byte in text.encode())


def percent(text: str) -> str:
    return "".join(f"%{byte:02X}" for byte in text.encode())


def path_of(route: str, desk: Desk) -> str:
    def value(found: re.Match[str]) -> str:
        return str(desk.ids.get(found[1], 1))

    return "/" + re.sub(r"<(?:\w+:)?(\w+)>", value, route)


def injected(page: str) -> list[str]:
    """What of the evil words became markup."""
    tree = lxml_html.document_fromstring(f"<html><body>{page}</body></html>")
    found = []
    for node in tree.iter("*"):
        if "xss" in node.tag or any("xss" in name for name in node.attrib):
            found.append(lxml_html.tostring(node, encoding="unicode")[:200])
        links = (node.get(name, "") for name in ("href", "src", "action", "hx-get", "hx-post"))
        found += [link for link in links if link.strip().lower().startswith("javascript:")]
        if node.tag == "script" and "json" in node.get("type", ""):
            json.loads(node.text)  # whole, and nothing after it
        if (
            node.tag == "script"
            and "json" not in node.get("type", "")
            and "xss" in (node.text or "")
        ):
            found.append("words of strangers in a script")
    return found


def test_no_page_makes_markup_of_words(desk):
    findings, shown_on = [], set()
    browsers = {person: browser_of(user) for person, user in desk.people.items()}
    for route in ROUTES:
        for person, browser in browsers.items():
            path = path_of(route, desk)
            answer = browser.get(path, {"q": EVIL, "word": EVIL})
            page = content_of(answer)
            findings += [(route, person, danger) for danger in dangers_in(answer, page)]
            if "&lt;xss" in page:
                shown_on.add(route)
    assert findings == []
    assert shown_on >= SHOW_WORDS, "there the words should stand, escaped"


def dangers_in(answer: HttpResponse, page: str) -> list[str]:
    found = [name for name, value in answer.headers.items() if "<xss" in value]
    kind = answer.headers.get("Content-Type", "")
    if answer.status_code >= 500:
        found.append(f"status {answer.status_code}")
    if kind.startswith("text/html") and page.strip():
        found += injected(page)
    if "json" in kind and answer.headers.get("X-Content-Type-Options") != "nosniff":
        found.append("JSON that a browser may sniff")
    return found


SHOW_WORDS = {
    "tickets/<int:number>/", "views/<int:view_id>/", "requests/<int:number>/", "requests/",
    "suspended/", "suspended/<int:item_id>/", "admin/channels/", "macros/<int:macro_id>/",
    "admin/channels/<int:account_id>/details/", "macros/", "search/",
}  # fmt: skip


def test_what_the_desk_says_after_a_submit_is_one_json_header(desk):
    browser = browser_of(desk.people["agent"])
    answer = browser.post(
        f"/tickets/{desk.ticket.pk}/comments/",
        {"body": EVIL, "kind": "internal", "version": desk.ticket.version, "submit": "open"},
        HTTP_HX_REQUEST="true",
    )
    said = answer.headers.get("HX-Trigger", "{}")
    assert said.isascii()
    assert "<xss" not in said
    if said.startswith("{"):
        json.loads(said)


def test_the_api_answers_as_json_and_nothing_else(desk):
    from tests.factories import api_client

    client = api_client(desk.people["admin"])
    for path in ("tickets", f"tickets/{desk.ticket.pk}", "views", "macros", "triggers", "users"):
        answer = client.get(f"/api/v2/{path}.json", HTTP_ACCEPT="text/html,*/*")
        if answer.status_code == 200:
            assert answer["Content-Type"].startswith("application/json"), path
            assert answer["X-Content-Type-Options"] == "nosniff"


def test_mail_about_evil_words_holds_them_escaped(desk, mailoutbox):
    from channels_in.actions import send_due

    update_ticket(
        actor=as_actor(desk.people["agent"]), ticket_id=desk.ticket.pk,
        comment=CommentDraft(author_id=desk.people["agent"].pk, body=f"Again {EVIL}"),
    )  # fmt: skip
    Delivery.objects.filter(ticket=desk.ticket).update(state="queued", error="")
    send_due()
    assert mailoutbox
    for mail in mailoutbox:
        for part in getattr(mail, "alternatives", []):
            assert injected(str(part[0])) == []
        assert "\n" not in mail.subject


def test_evil_words_are_shown_as_they_are(desk):
    """Escaped, not cut out: nothing is censored."""
    shown = content_of(browser_of(desk.people["agent"]).get(f"/tickets/{desk.ticket.pk}/"))
    assert "&lt;xss" in shown
    assert View.objects.filter(title__contains="<xss").exists()
