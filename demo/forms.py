"""Ticket forms, pages for visitors, and what a few visitors wrote: some of it by machines."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from accounts.actor import Actor
from accounts.models import Group
from channels_in import funnel
from channels_in.actions.request_forms import RequestFormDraft, save_request_form
from channels_in.models import Fate, InboundItem, RequestForm
from channels_in.request_forms.signals import Signals
from channels_in.request_forms.storing import store
from channels_in.request_forms.submission import Submission
from core import clock
from tickets.actions import (
    ConditionDraft,
    FieldDraft,
    FormDraft,
    save_ticket_field,
    save_ticket_form,
)
from tickets.models import FieldType, TicketField

TOPICS = ("A parcel", "A return", "An invoice", "Something else")
REASONS = ("Too small", "Too large", "Damaged", "Not as shown", "Other")


@dataclass(frozen=True)
class Visit:
    """What somebody sent by the contact form, `hours` ago. Without `bits` no sum was done."""

    name: str
    email: str
    subject: str
    body: str
    hours: int
    topic: str = ""
    reason: str = ""
    order: str = ""
    bits: int = 18
    seconds: int = 95
    is_trapped: bool = False


VISITS = (
    Visit("Wilma Karlsson", "wilma.karlsson@post.example", "The lampshade has a crack",
          "Hello, the shade of my Vega lamp has a fine crack along the seam. I have not used it "
          "yet. Can you send a new shade without the foot?\n\nThank you\nWilma", 4,
          topic="A return", reason="Damaged", order="BC-58213"),
    Visit("Tomasz Zieliński", "t.zielinski@skrzynka.example", "Do you deliver to an island?",
          "I live on Hel, at the very end of the peninsula. Does the courier come here, and what "
          "does it cost for a bookcase?", 7, topic="A parcel"),
    Visit("Ada Nwosu", "ada@nwosu.example", "VAT number on our invoice",
          "Could you please put our VAT number on the invoice of last week? I wrote it into the "
          "order's comment.", 22, topic="An invoice", order="BC-57990", bits=0),
    Visit("SEO Growth Team", "growth@rank-higher.example", "Your site could rank higher",
          "We can bring your shop to page one. Reply today for a free check.", 26, seconds=14,
          is_trapped=True),
)  # fmt: skip


def make_ticket_forms(actor: Actor, fields: dict[str, TicketField]) -> dict[str, int]:
    """The usual form, and the one of customers with its conditions; ids by name."""
    topic = _field(actor, "Topic", FieldType.TAGGER, TOPICS, must=True)
    reason = _field(actor, "Why it comes back", FieldType.TAGGER, REASONS)
    damage = _field(actor, "What is damaged", FieldType.TEXTAREA)
    order = save_ticket_field(
        actor=actor,
        draft=FieldDraft("Order", FieldType.REGEXP, pattern="^BC-[0-9]{5}$",
                         description="It begins with BC- and stands in the confirmation.",
                         is_visible_to_customers=True),
    )  # fmt: skip
    fields |= {"topic": topic, "reason": reason, "damage": damage, "order": order}
    usual = [fields[name].pk for name in ("order_number", "product", "refund_amount")]
    draft = FormDraft("Usual", usual, is_default=True)
    forms = {"usual": save_ticket_form(actor=actor, draft=draft).pk}
    conditions = [
        ConditionDraft(topic.pk, "A return", reason.pk, is_required=True),
        *(ConditionDraft(topic.pk, each, order.pk) for each in TOPICS[:3]),
        ConditionDraft(reason.pk, "Damaged", damage.pk),
    ]
    ids = [topic.pk, order.pk, reason.pk, damage.pk, fields["refund_amount"].pk]
    draft = FormDraft(
        "Request from a page", ids, "Write to us", is_visible_to_customers=True,
        conditions=conditions,
    )  # fmt: skip
    return forms | {"request": save_ticket_form(actor=actor, draft=draft).pk}


def make_request_forms(
    actor: Actor, groups: Mapping[str, Group], forms: Mapping[str, int]
) -> RequestForm:
    """Two pages for visitors; returns the one for everybody."""
    contact = RequestFormDraft(
        "Write to us", "contact",
        intro="Parcels, returns, invoices: tell us what happened, and a person answers you.",
        thanks="We answer on working days from eight to six.",
        ticket_form_id=forms["request"], group_id=groups["Delivery"].pk, color="#17413a",
        sites=["https://www.brightcart.example", "http://localhost:*"],
    )  # fmt: skip
    press = RequestFormDraft(
        "Press and partners", "press", color="#8f3f71", difficulty=15,
        intro="For journalists and companies who want to work with us.", takes_files=False,
    )  # fmt: skip
    save_request_form(actor=actor, draft=press)
    return save_request_form(actor=actor, draft=contact)


def receive_visits(form: RequestForm, fields: Mapping[str, TicketField], now: datetime) -> None:
    """Store what visitors sent; the funnel makes tickets of it, or holds it."""
    for n, visit in enumerate(VISITS):
        values = {"topic": visit.topic, "reason": visit.reason, "order": visit.order}
        sent = Submission(
            visit.name, visit.email, visit.subject, visit.body, "en", form.ticket_form_id,
            {str(fields[name].pk): value for name, value in values.items() if value},
        )  # fmt: skip
        signals = Signals(
            visit.seconds, form.difficulty, visit.bits, visit.is_trapped, network="203.0.113.0/24"
        )
        with clock.frozen(now - timedelta(hours=visit.hours)):
            store(form, sent, signals, nonce=f"demo-visit-{n}")
            pending = InboundItem.objects.filter(account=form.account, fate=Fate.PENDING)
            funnel.process_items(list(pending.values_list("pk", flat=True)))


def _field(
    actor: Actor, title: str, kind: FieldType, options: tuple[str, ...] = (), *, must: bool = False
) -> TicketField:
    draft = FieldDraft(
        title, kind, options, is_visible_to_customers=True, is_required_of_customers=must
    )
    return save_ticket_field(actor=actor, draft=draft)
