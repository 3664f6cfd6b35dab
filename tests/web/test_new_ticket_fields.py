"""Custom fields of a ticket that an agent opens."""

from __future__ import annotations

import pytest

from tests.factories import as_actor
from tickets.actions import (
    ConditionDraft,
    FieldDraft,
    FormDraft,
    save_ticket_field,
    save_ticket_form,
)
from tickets.models import Ticket

pytestmark = pytest.mark.django_db


@pytest.fixture
def form(admin):
    actor = as_actor(admin)
    topic = save_ticket_field(
        actor=actor, draft=FieldDraft("Topic", type="tagger", options=("Return", "Fault"))
    )
    reason = save_ticket_field(actor=actor, draft=FieldDraft("Reason"))
    amount = save_ticket_field(actor=actor, draft=FieldDraft("Amount", type="integer"))
    cause = save_ticket_field(
        actor=actor, draft=FieldDraft("Cause", type="multiselect", options=("Glue", "Paper"),
                                      is_required_to_solve=True),
    )  # fmt: skip
    conditions = [ConditionDraft(topic.pk, "Return", reason.pk)]
    ids = [topic.pk, reason.pk, amount.pk, cause.pk]
    return save_ticket_form(actor=actor, draft=FormDraft("Return", ids, conditions=conditions))


def names_of(form):
    return {place.field.title: f"field_{place.field_id}" for place in form.places.all()}


def sent(form, **more):
    return {"requester": "carol@example.com", "subject": "Broken", "body": "It broke.",
            "kind": "public", "form": form.pk, **more}  # fmt: skip


def test_a_new_ticket_has_the_fields_of_its_form(browser_of, alice, form):
    names = names_of(form)
    browser = browser_of(alice)
    shown = browser.post("/tickets/new/fields/", {"form": form.pk, names["Amount"]: "seven"})
    assert names["Cause"] in shown.content.decode()
    assert "seven" in shown.content.decode()
    answer = browser.post("/tickets/new/", sent(form, **{
        names["Topic"]: "Return", names["Reason"]: "Too small", names["Amount"]: "3",
        names["Cause"]: ["Paper", "Glue"],
    }))  # fmt: skip
    assert answer.status_code == 302
    ticket = Ticket.objects.get()
    by_title = {place.field.title: str(place.field_id) for place in form.places.all()}
    assert ticket.form_id == form.pk
    assert ticket.custom_fields == {
        by_title["Topic"]: "Return", by_title["Reason"]: "Too small", by_title["Amount"]: 3,
        by_title["Cause"]: ["Glue", "Paper"],
    }  # fmt: skip


def test_a_wrong_value_stands_beside_its_field_and_nothing_is_lost(browser_of, alice, form):
    names = names_of(form)
    given = sent(form, **{names["Topic"]: "Return", names["Reason"]: "kept", names["Amount"]: "x"})
    answer = browser_of(alice).post("/tickets/new/", given)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert f'id="{names["Amount"]}-error"' in page
    assert 'value="kept"' in page
    assert "It broke." in page
    assert not Ticket.objects.exists()


def test_a_field_that_is_not_asked_is_not_kept(browser_of, alice, form):
    names = names_of(form)
    given = sent(form, **{names["Topic"]: "Fault", names["Reason"]: "stray"})
    assert browser_of(alice).post("/tickets/new/", given).status_code == 302
    assert list(Ticket.objects.get().custom_fields.values()) == ["Fault"]


def test_a_ticket_that_is_opened_as_solved_needs_what_solving_needs(browser_of, alice, form):
    answer = browser_of(alice).post("/tickets/new/", sent(form, status="solved"))
    assert answer.status_code == 422
    assert f'id="{names_of(form)["Cause"]}-error"' in answer.content.decode()
    assert not Ticket.objects.exists()
