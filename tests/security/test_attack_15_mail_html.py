"""Attack 15: a corpus of hostile html through the real funnel, into every place that shows it.

Here what a page holds is read with a parser; tests/browser/test_hostile_mail.py opens it.
"""

from __future__ import annotations

import pytest
from lxml import html as lxml_html

from accounts.models import User
from channels_in.models import InboundItem
from core.html import sanitize
from tests.channels_in.conftest import account, arrive  # noqa: F401
from tests.factories import as_actor
from tests.security.hostile_html import BAIT, HOSTILE
from tests.security.test_attack_25_pages import browser_of
from tickets.actions import update_ticket
from tickets.drafts import CommentDraft, TicketChanges

ACTIVE = {
    "script", "style", "svg", "math", "iframe", "object", "embed", "applet", "base", "meta", "link",
    "form", "input", "button", "textarea", "select", "video", "audio", "source", "template",
    "noscript", "live-updates", "ticket-composer", "details",
}  # fmt: skip
FETCHING = {"src", "srcset", "poster", "background", "data", "ping", "action", "formaction"}


def mail_of(html: str) -> bytes:
    head = "From: carol@nordwind.example\r\nTo: support@example.com\r\nSubject: Offer\r\n"
    kind = "MIME-Version: 1.0\r\nContent-Type: text/html; charset=utf-8\r\n\r\n"
    return (head + kind).encode() + f"<p>Hello</p>{html}".encode()


def dangers_in(fragment: str) -> list[str]:
    """Everything in a piece of html that could run, fetch, or take part in our page."""
    found = []
    for node in lxml_html.fragment_fromstring(fragment, create_parent="article").iter("*"):
        if node.tag in ACTIVE:
            found.append(f"<{node.tag}>")
        for name, value in node.attrib.items():
            fetches = name in FETCHING and BAIT.split("/")[2] in value
            is_link = name == "href" and not value.startswith(("http:", "https:", "mailto:", "/"))
            ours = name in ("id", "class", "name", "style") or name.startswith(("hx-", "on"))
            if fetches or is_link or ours:
                found.append(f"{node.tag} {name}={value}")
    return found


def texts_of(page: str) -> list[str]:
    """What strangers wrote, as it stands in a page: the agents' and the customers' alike."""
    tree = lxml_html.document_fromstring(page)
    path = "//div[@data-whole] | //details[@data-whole]/div | //div[@class='letter-body']"
    nodes = tree.xpath(f"{path} | //div[@class='text']")
    return [
        (node.text or "") + "".join(lxml_html.tostring(child, encoding="unicode") for child in node)
        for node in nodes
    ]


@pytest.mark.django_db
@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_html_is_inert_on_every_page_that_shows_it(arrive, alice, name):  # noqa: F811
    item: InboundItem = arrive(mail_of(HOSTILE[name]))
    assert item.comment is not None, item.reason
    carol = User.objects.get(identities__value="carol@nordwind.example")
    for person, path in ((alice, "tickets"), (carol, "requests")):
        answer = browser_of(person).get(f"/{path}/{item.ticket_id}/")
        assert answer.status_code == 200
        assert "unsafe" not in answer["Content-Security-Policy"]
        texts = texts_of(answer.content.decode())
        assert texts
        assert [danger for text in texts for danger in dangers_in(text)] == []


@pytest.mark.parametrize("name", HOSTILE)
def test_what_is_stored_is_inert_by_itself(name):
    stored = sanitize(HOSTILE[name])
    dangers = [danger for danger in dangers_in(stored) if " style=" not in f" {danger}"]
    assert dangers == []
    assert "url(" not in stored
    assert sanitize(stored) == sanitize(sanitize(stored))


@pytest.mark.django_db
def test_hostile_html_is_inert_in_the_mail_that_quotes_it(arrive, alice, mailoutbox):  # noqa: F811
    from channels_in.actions import send_due

    item = arrive(mail_of("".join(HOSTILE.values())))
    reply = CommentDraft(author_id=alice.pk, body="We look into it.")
    update_ticket(
        actor=as_actor(alice), ticket_id=item.ticket_id, comment=reply,
        changes=TicketChanges(status="solved"),
    )  # fmt: skip
    send_due()
    assert mailoutbox
    for mail in mailoutbox:
        html = "".join(str(part[0]) for part in getattr(mail, "alternatives", []))
        for word in ("<script>alert", "onerror=", "javascript:alert", f'src="{BAIT}'):
            assert word not in html
