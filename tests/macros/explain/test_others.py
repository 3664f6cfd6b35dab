"""Why a mail was sent, why a ticket stands where it does, what an update came to"""

from __future__ import annotations

import pytest

from macros.actions import set_routing
from macros.explain import why_mail, why_place, why_sla, why_update
from macros.routing.needs import ROUTING
from tests.factories import SETUP, as_actor
from tests.macros.rules import CREATED, condition, effect, notice, submit, trigger
from tickets.actions import create_view
from tickets.models import Audit, Delivery, Ticket

pytestmark = pytest.mark.django_db


def fresh(ticket: Ticket) -> Ticket:
    return Ticket.objects.get(pk=ticket.pk)


def test_a_mail_names_the_rule_and_the_update(make_ticket, carol):
    trigger("Tell them", [CREATED], notice("requester", subject="Hello there"))
    ticket = make_ticket()
    delivery = Delivery.objects.get(ticket=ticket, subject="Hello there")
    answer = why_mail(ticket, delivery.pk)
    assert answer.title == "Why did Carol Customer get this mail?"
    assert answer.headline.startswith(
        "Carol Customer got this mail because the trigger “Tell them” (revision 1) sent it on "
    )
    (link,) = answer.links
    assert link.held == ["The ticket is created"]
    assert link.submit.words == "Carol Customer made the ticket by e-mail"


def test_a_reply_names_the_rule_that_sends_replies(make_ticket, alice):
    ticket = make_ticket()
    submit(ticket, alice, "We look into it.")
    delivery = Delivery.objects.get(ticket=ticket, kind="comment")
    answer = why_mail(ticket, delivery.pk)
    assert answer.headline.startswith("Carol Customer got this reply because the trigger ")
    assert answer.headline.endswith("when Alice Archer replied.")


def test_a_mail_of_another_ticket_or_of_no_rule_is_not_made_up(make_ticket):
    ticket, other = make_ticket(), make_ticket(subject="Other")
    theirs = Delivery.objects.filter(ticket=other).first()
    assert why_mail(ticket, theirs.pk) is None
    mine = Delivery.objects.filter(ticket=ticket).first()
    Delivery.objects.filter(pk=mine.pk).update(audit=None, cause={})
    answer = why_mail(ticket, mine.pk)
    assert answer.headline == "What sent this mail was not noted at the time."
    assert answer.links == []


def test_an_update_tells_rule_by_rule_what_they_did(make_ticket, billing):
    trigger("To Billing", [CREATED], effect("group_id", billing.pk), effect("priority", "high"))
    trigger("Mark", [condition("group_id", "is", billing.pk)], effect("current_tags", ["money"]))
    ticket = make_ticket()
    answer = why_update(ticket, ticket.audits.get().pk)
    by_title = {link.rule.title: link for link in answer.links}
    assert by_title["To Billing"].what == ["Priority: empty → High", "Group: empty → Billing"]
    assert by_title["Mark"].what == ["Tags: + money"]
    assert by_title["Mark"].earlier[0].words == "Group: empty → Billing"
    assert why_update(make_ticket(), ticket.audits.get().pk) is None


def test_an_update_without_rules_says_so(make_ticket, alice):
    ticket = make_ticket()
    submit(ticket, alice, priority="low")
    answer = why_update(ticket, Audit.objects.filter(ticket=ticket).latest("id").pk)
    assert answer.links == []
    assert answer.facts == ["No rule changed anything in this update, or sent a mail."]


def view_of(admin, **more):
    conditions = {"all": [{"field": "status", "operator": "less_than", "value": "solved"}]}
    return create_view(actor=as_actor(admin), title="Unsolved", conditions=conditions, **more)


def test_the_place_in_a_view_names_its_order_and_the_ticket_s_own_value(make_ticket, admin):
    view = view_of(admin, sort_by="created", sort_order="asc")
    tickets = [make_ticket(subject=str(n)) for n in range(3)]
    answer = why_place(as_actor(admin), tickets[1], view)
    assert answer.headline == "It is number 2 of 3 in “Unsolved”."
    assert answer.facts[0] == "The order is by when it was made, the earliest first."
    assert answer.facts[1].startswith("Of this ticket that is: ")
    assert answer.facts[-2:] == [
        "It is in the view because: Status comes before Solved.",
        "It is in the view because: Snooze is not set.",
    ]


def test_the_place_under_headings_counts_those_above(make_ticket, admin):
    view = view_of(admin, group_by="priority", group_order="desc", sort_by="created")
    low, high = make_ticket(priority="low"), make_ticket(priority="high")
    answer = why_place(as_actor(admin), low, view)
    assert answer.headline == "It is number 2 of 2 in “Unsolved”."
    assert "this one is under “Low”" in answer.facts[0]
    assert why_place(as_actor(admin), high, view).headline.startswith("It is number 1 of 2")


def test_a_ticket_that_has_left_the_view_says_which_condition(make_ticket, alice, admin):
    view = view_of(admin)
    ticket = make_ticket()
    submit(ticket, alice, status="solved")
    answer = why_place(as_actor(admin), fresh(ticket), view)
    assert answer.headline == "It is not in “Unsolved” any more."
    assert answer.facts == ["The view asks: Status comes before Solved. That is not so."]


def test_the_place_in_the_queue_of_a_group(make_ticket, support, alice):
    from macros.explain import why_field

    set_routing(actor=SETUP, group_id=support.pk, mode="round_robin", reassigns_on_offline=False)
    first = make_ticket(group_id=support.pk, priority="low")
    make_ticket(group_id=support.pk, priority="urgent")
    answer = why_field(fresh(first), "assignee_id")
    assert answer.facts[0].startswith("It has waited for an agent of Support since ")
    assert "number 2 of 2" in answer.facts[0]
    assert ROUTING.is_system


def test_a_ticket_without_promises_has_no_answer_about_them(make_ticket):
    assert why_sla(make_ticket()) is None


def test_a_promise_names_policy_revision_and_how_the_ticket_came_under_it(make_ticket):
    from macros.actions.sla import SlaPolicyDraft, create_sla_policy

    create_sla_policy(
        actor=SETUP,
        draft=SlaPolicyDraft(
            title="Gold", conditions={"all": [condition("current_tags", "includes", "vip")]},
            targets=[{"priority": "urgent", "metric": "first_reply_time", "target": 240,
                      "business_hours": False}],
        ),
    )  # fmt: skip
    ticket = make_ticket(tags=("vip",), priority="urgent")
    answer = why_sla(fresh(ticket))
    assert answer.facts[0].startswith(
        "First reply within 4 h: the SLA policy “Gold” (revision 1) promises that to tickets "
        "whose priority is urgent. It counts since "
    )
    assert answer.links[0].held == ["Tags contain at least one of vip"]
    assert answer.headline.startswith(
        "The ticket has been under the SLA policy “Gold” (revision 1) since "
    )
