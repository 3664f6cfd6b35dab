"""Ticket fields and forms: their settings, the portal, and programs."""

from __future__ import annotations

import pytest

from tests.factories import api_client, as_actor
from tickets.actions import FieldDraft, FormDraft, save_ticket_field, save_ticket_form
from tickets.errors import NotPermitted
from tickets.models import Ticket, TicketField, TicketForm

pytestmark = pytest.mark.django_db


@pytest.fixture
def returns(admin) -> TicketForm:
    """A form that customers choose: an order number they must give, a cause they do not see."""
    actor = as_actor(admin)
    order = save_ticket_field(
        actor=actor,
        draft=FieldDraft("Order", is_visible_to_customers=True, is_required_of_customers=True),
    )
    cause = save_ticket_field(actor=actor, draft=FieldDraft("Cause"))
    draft = FormDraft("Return", [order.pk, cause.pk], is_visible_to_customers=True)
    return save_ticket_form(actor=actor, draft=draft)


def test_fields_are_made_changed_ordered_and_switched_off(browser_of, admin):
    browser = browser_of(admin)
    new = {"title": "Size", "type": "tagger", "options": "small\nlarge\n"}
    assert browser.post("/admin/tickets/fields/new/", new).status_code == 302
    browser.post("/admin/tickets/fields/new/", {"title": "Story", "type": "textarea"})
    size, story = TicketField.objects.order_by("id")
    assert size.options == ["small", "large"]
    path = f"/admin/tickets/fields/{size.pk}/"
    browser.post(f"{path}position/", {"move": "down"})
    browser.post(f"{path}activation/", {"active": "0"})
    assert list(TicketField.objects.order_by("position")) == [story, size]
    page = browser.get("/admin/tickets/fields/").content.decode()
    assert page.index(">Story<") < page.index(">Size<")
    refused = browser.post(path, {"title": "Size", "options": ""})
    assert refused.status_code == 422
    assert "Write at least one option" in refused.content.decode()
    assert browser.post(f"{path}removal/").status_code == 302
    assert browser.get(path).status_code == 404


def test_a_form_keeps_the_order_in_which_its_fields_are_sent(browser_of, admin, returns):
    one, two = TicketField.objects.order_by("id")
    path = f"/admin/tickets/forms/{returns.pk}/"
    browser = browser_of(admin)
    browser.post(path, {"title": "Return", "field": [two.pk, one.pk], "is_default": "on"})
    returns.refresh_from_db()
    places = returns.places.order_by("position").values_list("field_id", flat=True)
    assert (list(places), returns.is_default) == ([two.pk, one.pk], True)
    page = browser.get(path).content.decode()
    assert page.index("Cause") < page.index("Order")
    browser.post(path, {"title": ""})
    assert browser.post(path, {"title": ""}).status_code == 422


def test_a_request_asks_for_what_its_form_shows_to_customers(browser_of, carol, returns):
    browser = browser_of(carol)
    order, cause = TicketField.objects.order_by("id")
    page = browser.get(f"/requests/new/?form={returns.pk}").content.decode()
    assert "Order" in page
    assert "Cause" not in page
    given = {"subject": "Broken", "body": "It broke.", "form": returns.pk}
    refused = browser.post("/requests/new/", given)
    assert refused.status_code == 422
    assert "Please fill this in." in refused.content.decode()
    given |= {f"field_{order.pk}": "BC-1", f"field_{cause.pk}": "mine"}
    assert browser.post("/requests/new/", given).status_code == 302
    ticket = Ticket.objects.get()
    assert (ticket.form, ticket.custom_fields) == (returns, {str(order.pk): "BC-1"})


def test_customers_cannot_set_what_is_not_theirs(make_ticket, carol, returns, admin):
    cause = TicketField.objects.get(title="Cause")
    hidden = save_ticket_form(actor=as_actor(admin), draft=FormDraft("Hidden"))
    actor = as_actor(carol)
    for draft in ({"custom_fields": {str(cause.pk): "x"}}, {"form_id": hidden.pk},
                  {"custom_fields": {"9" * 30 + "x": "y"}}):  # fmt: skip
        with pytest.raises(NotPermitted):
            make_ticket(actor=actor, author=carol, **draft)
    assert not Ticket.objects.exists()


def test_new_tickets_get_the_usual_form(make_ticket, admin):
    draft = FormDraft("Usual", is_default=True)
    form = save_ticket_form(actor=as_actor(admin), draft=draft)
    assert make_ticket().form_id == form.pk


def test_programs_read_forms_and_set_a_tickets_form(make_ticket, alice, carol, admin, returns):
    hidden = save_ticket_form(actor=as_actor(admin), draft=FormDraft("Hidden"))
    found = api_client(alice).get("/api/v2/ticket_forms.json").json()["ticket_forms"]
    assert [form["id"] for form in found] == [returns.pk, hidden.pk]
    order, cause = TicketField.objects.order_by("id")
    assert found[0]["ticket_field_ids"] == [order.pk, cause.pk]
    own = api_client(carol).get("/api/v2/ticket_forms.json").json()["ticket_forms"]
    assert [form["name"] for form in own] == ["Return"]
    assert api_client(carol).get(f"/api/v2/ticket_forms/{hidden.pk}.json").status_code == 404
    ticket = make_ticket()
    answer = api_client(alice).put(
        f"/api/v2/tickets/{ticket.pk}.json", {"ticket": {"ticket_form_id": returns.pk}}
    )
    assert answer.json()["ticket"]["ticket_form_id"] == returns.pk
    wrong = {"ticket": {"ticket_form_id": 10**9}}
    assert api_client(alice).put(f"/api/v2/tickets/{ticket.pk}.json", wrong).status_code == 422


@pytest.mark.parametrize("path", ["fields/", "forms/", "fields/new/", "forms/new/"])
def test_the_settings_are_for_who_manages_rules(browser_of, alice, lead, path):
    assert browser_of(alice).get(f"/admin/tickets/{path}").status_code == 403
    assert browser_of(lead).get(f"/admin/tickets/{path}").status_code == 200
