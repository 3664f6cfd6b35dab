"""Attack 22: what customers write is a value in the texts of rules, never a template."""

from __future__ import annotations

import pytest

from channels_in.email.compose import compose
from tests.macros.rules import CREATED, condition, effect, notice, submit, trigger
from tickets.actions import claim_deliveries
from tickets.models import Delivery

pytestmark = pytest.mark.django_db
HOSTILE = [
    "{{ ticket.requester.email }}", "{% for a in (1..9999999) %}x{% endfor %}", "{{", "{% if",
    "{{ ticket.__class__.__mro__ }}", "%00{{ settings.SECRET_KEY }}", "<script>alert(1)</script>",
    "{% include 'accounts' %}", "{{ 'x' | times: 99999999 }}", "{%- raw -%}{{ site.name }}",
]  # fmt: skip


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_words_in_subject_body_and_name_come_out_as_they_went_in(
    make_ticket, alice, carol, text
):
    carol.name = text
    carol.save()
    trigger("Tell", [CREATED], notice(
        alice.pk, "New: {{ticket.title}}",
        "{{ticket.requester.name}}|{{ticket.latest_public_comment}}",
    ), effect("current_tags", "seen"))  # fmt: skip
    ticket = make_ticket(requester=carol, subject=text, body=text)
    assert "seen" in ticket.tags
    delivery = Delivery.objects.get(recipient=alice)
    assert delivery.subject == f"New: {ticket.subject}"
    assert delivery.body == f"{carol.display_name}|{text}"
    claimed = next(row for row in claim_deliveries(channel="email", limit=9) if row == delivery)
    mail = compose(claimed)
    page = str(mail.alternatives[0][0])
    assert "<script>" not in page
    assert "\n" not in mail.subject


def test_filters_cannot_make_what_a_column_cannot_hold(make_ticket, alice):
    trigger("Tell", [CREATED], notice(alice.pk, "{{ticket.title | url_decode}}",
                                      "{{ticket.title | url_decode}}"))  # fmt: skip
    make_ticket(subject="a%00b%0d%0aBcc: x@example.com")
    delivery = Delivery.objects.get(recipient=alice)
    assert "\x00" not in delivery.subject + delivery.body
    assert "\n" not in delivery.subject


def test_a_rules_html_comment_shows_words_of_customers_as_text(make_ticket, alice, carol):
    trigger("Note", [condition("update_type", "is", "Change")],
            effect("comment_value_html", "<p>{{ticket.title}}</p>"))  # fmt: skip
    ticket = make_ticket(assignee_id=alice.pk, subject="<img src=x onerror=alert(1)>{{ticket.id}}")
    submit(ticket, alice, priority="high")
    comment = ticket.comments.latest("id")
    assert "<img" not in comment.html
    assert "{{ticket.id}}" in comment.html
    assert not comment.is_public
